// Resources as JSON and XML: nothing is lost between them.
#include "musubi/fhir/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "json_equality.h"

namespace musubi::fhir {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string shown(const base::Error& error) {
  std::string text = error.code();
  for (const auto& [name, value] : error.arguments()) text += " " + name + "=" + value;
  return text;
}

/// The document, or the code of the error and its arguments.
std::string converted(const std::string& bytes, Format from, Format to) {
  const auto resource = read_resource(bytes, "test", from, {});
  if (resource.has_error()) return shown(resource.error());
  const auto written = write_resource(*resource, to);
  return written.has_error() ? shown(written.error()) : *written;
}
std::string json_again(const std::string& json) { return converted(json, Format::json, Format::json); }
std::string to_xml(const std::string& json) { return converted(json, Format::json, Format::xml); }
std::string to_json(const std::string& xml) { return converted(xml, Format::xml, Format::json); }

constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

TEST(Codec, elements_come_in_the_order_of_their_definition) {
  EXPECT_EQ(json_again(R"({"birthDate":"1990-01-01","id":"a","resourceType":"Patient"})"),
            R"({"resourceType":"Patient","id":"a","birthDate":"1990-01-01"})");
  EXPECT_EQ(
      to_xml(R"({"birthDate":"1990-01-01","id":"a","resourceType":"Patient"})"),
      std::string(kHead) +
          R"(<Patient xmlns="http://hl7.org/fhir"><id value="a"/><birthDate value="1990-01-01"/></Patient>)"
          "\n");
}

TEST(Codec, primitives_keep_their_ids_and_extensions_at_their_places) {
  const std::string json =
      R"({"resourceType":"Patient","name":[{"given":["花",null,"子"],"_given":[null,{"extension":[{"url":"http://a.test/why","valueCode":"unknown"}]},{"id":"g3"}]}],"_birthDate":{"extension":[{"url":"http://a.test/x","valueBoolean":true}]}})";
  EXPECT_EQ(json_again(json), json);
  EXPECT_EQ(
      to_xml(json),
      std::string(kHead) +
          R"(<Patient xmlns="http://hl7.org/fhir"><name><given value="花"/><given><extension url="http://a.test/why"><valueCode value="unknown"/></extension></given><given value="子" id="g3"/></name><birthDate><extension url="http://a.test/x"><valueBoolean value="true"/></extension></birthDate></Patient>)"
          "\n");
  EXPECT_EQ(to_json(to_xml(json)), json);
}

TEST(Codec, names_that_come_twice_are_refused_also_with_something_beside_them) {
  const std::string once = R"("active":true,"_active":{"id":"a","shoe":1})";
  EXPECT_THAT(json_again(R"({"resourceType":"Patient",)" + once + "," + once + "}"),
              HasSubstr("json.duplicate_name"));
  const std::string apart = R"("active":true,"name":[],"_active":{"id":"a","shoe":1})";
  EXPECT_THAT(json_again(R"({"resourceType":"Patient",)" + apart + "," + once + "," + apart + "}"),
              HasSubstr("json.duplicate_name"));
}

TEST(Codec, a_name_may_come_once_wherever_it_is_known_from) {
  const auto twice = HasSubstr("json.duplicate_name");
  for (int again = 0; again < 2; ++again) {  // the second time the names are expected
    EXPECT_THAT(json_again(R"({"resourceType":"Patient","id":"a","active":true,"id":"b"})"), twice);
    EXPECT_THAT(json_again(R"({"resourceType":"Patient","id":"a","\u0069d":"b"})"), twice);
    EXPECT_THAT(json_again(R"({"resourceType":"Patient","resourceType":"Patient"})"), twice);
    EXPECT_THAT(json_again(R"({"resourceType":"Patient","shoe":1,"id":"a","shoe":1})"), twice);
    EXPECT_THAT(json_again(R"({"resourceType":"Patient","_id":{"id":"a"},"_id":{"id":"a"}})"), twice);
    const std::string basic =
        R"({"resourceType":"Basic","code":{"text":"a"},"extension":[{"url":"http://a.test")";
    EXPECT_THAT(json_again(basic + R"(,"valueCode":"a","valueCode":"a"}]})"), twice);
    EXPECT_THAT(json_again(basic + R"(,"valueCode":"a","_valueCode":{"id":"b"}}]})"), Not(twice));
    EXPECT_THAT(json_again(basic + R"(,"valueCode":"a","valueString":"a"}]})"), Not(twice)) << "another name";
  }
}

/// ElementDefinition has more names than fit into one word of bits.
TEST(Codec, names_of_large_types_may_come_once_as_well) {
  const std::string head =
      R"({"resourceType":"StructureDefinition","url":"http://a.test","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Patient","differential":{"element":[{"path":"Patient",)";
  const std::string end = "}]}}";
  for (int again = 0; again < 2; ++again) {
    for (const std::string member :
         {R"("defaultValueAddress":{"city":"a"})", R"("fixedUrl":"urn:a")", R"("patternUuid":"urn:a")",
          R"("minValueInteger":1)", R"("mapping":[{"identity":"a","map":"b"}])", R"("isSummary":true)"}) {
      EXPECT_EQ(json_again(head + member + end), head + member + end);
      EXPECT_THAT(json_again(head + member + R"(,"label":"a",)" + member + end),
                  HasSubstr("json.duplicate_name"))
          << member;
    }
  }
}

TEST(Codec, the_order_of_members_in_documents_before_changes_nothing) {
  std::vector<std::string> members = {R"("id":"a")",
                                      R"("active":true)",
                                      R"("name":[{"text":"結城 花子"}])",
                                      R"("gender":"female")",
                                      R"("birthDate":"1964-10-10")",
                                      R"("deceasedBoolean":false)",
                                      R"("managingOrganization":{"display":"病院"})"};
  const auto document = [&members] {
    std::string text = R"({"resourceType":"Patient")";
    for (const auto& member : members) text += "," + member;
    return text + "}";
  };
  const auto wanted = document();
  std::mt19937 random(7);
  for (int time = 0; time < 200; ++time) {
    std::shuffle(members.begin(), members.end(), random);
    EXPECT_EQ(json_again(document()), wanted);
  }
}

TEST(Codec, what_stands_beside_a_group_stays_as_it_was_written) {
  const std::string json =
      R"({"resourceType":"Bundle","type":"batch","entry":[{"_resource":{"resourceType":"Patient","shoe":1,"id":"a"}}],"_entry":[{"id":"b"}]})";
  EXPECT_EQ(json_again(json), json);
  EXPECT_EQ(to_xml(json), "fhir.element_unknown path=Bundle._entry");
  for (const std::string unknown : {R"("shoe":"x","_shoe":{"id":"y"})", R"("_shoe":{"id":"y"},"shoe":"x")",
                                    R"("shoe":["x"],"_shoe":[null,{"id":"y"}])", R"("_":{"a":1},"":2)"}) {
    const auto patient = R"({"resourceType":"Patient",)" + unknown + "}";
    EXPECT_EQ(json_again(patient), patient);
  }
}

TEST(Codec, what_ends_too_early_is_refused) {
  const std::string whole =
      R"({"resourceType":"Patient","id":"a","_birthDate":{"id":"b"},"name":[{"given":["花\n",null],"_given":[null,{"id":"c"}]}],"shoe" : {"a":[1]} })";
  for (int again = 0; again < 2; ++again) {
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_TRUE(read_resource(whole.substr(0, size), "test", Format::json, {}).has_error())
          << whole.substr(0, size);
    EXPECT_FALSE(read_resource(whole, "test", Format::json, {}).has_error());
  }
}

TEST(Codec, empty_elements_of_xml_leave_nothing_in_json) {
  EXPECT_EQ(
      to_json(
          R"(<Patient xmlns="http://hl7.org/fhir"><id value="a"/><id/><name><given/><given value="b" id="i"/><given id="j"/></name></Patient>)"),
      R"({"resourceType":"Patient","id":"a","name":[{"given":["b",null],"_given":[{"id":"i"},{"id":"j"}]}]})");
}

TEST(Codec, an_attribute_is_no_declaration_of_a_namespace_because_its_name_begins_like_one) {
  EXPECT_THAT(to_json(R"(<Patient xmlns="http://hl7.org/fhir"><id xmlnsvalue="a"/></Patient>)"),
              HasSubstr("fhir.element_unknown"));
}

TEST(Codec, numbers_stay_as_they_were_written) {
  const std::string json =
      R"({"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.500,"unit":"mg"},"referenceRange":[{"low":{"value":-0.10E+2}}]})";
  EXPECT_EQ(json_again(json), json);
  EXPECT_EQ(to_json(to_xml(json)), json);
}

TEST(Codec, what_xml_would_change_in_an_attribute_is_kept) {
  const std::string json = R"({"resourceType":"Basic","code":{"text":"a\n\tb\r<&>\"'"}})";
  EXPECT_EQ(to_json(to_xml(json)), json);
}

TEST(Codec, what_xml_cannot_say_is_refused_there) {
  EXPECT_EQ(to_xml(R"({"resourceType":"Basic","code":{"text":"a\u0001b"}})"), "fhir.text_not_xml");
  EXPECT_EQ(to_xml(R"({"resourceType":"Basic","code":{"text":"a\uffff"}})"), "fhir.text_not_xml");
}

TEST(Codec, resources_inside_resources_are_kept) {
  const std::string json =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"病院"}],"active":true}}]})";
  EXPECT_EQ(json_again(json), json);
  EXPECT_EQ(to_json(to_xml(json)), json);
}

TEST(Codec, an_element_may_be_named_as_the_type_of_a_resource_is) {
  const std::string json =
      R"({"resourceType":"ExampleScenario","status":"draft","instance":[{"resourceId":"a","resourceType":"Patient"}]})";
  EXPECT_EQ(json_again(json), json);
  EXPECT_EQ(to_json(to_xml(json)), json);
}

TEST(Codec, narrative_is_text_in_json_and_markup_in_xml) {
  const std::string json =
      R"({"resourceType":"Basic","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><b>A &amp; B</b><br/></div>"},"code":{"text":"x"}})";
  EXPECT_THAT(to_xml(json),
              HasSubstr("<div xmlns=\"http://www.w3.org/1999/xhtml\"><b>A &amp; B</b><br/></div>"));
  EXPECT_EQ(to_json(to_xml(json)), json);
  EXPECT_THAT(
      to_xml(
          R"({"resourceType":"Basic","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a&nbsp;b</div>"}})"),
      HasSubstr("a\u00A0b"));
}

TEST(Codec, a_narrative_that_is_no_xml_is_not_put_into_xml) {
  for (const char* div :
       {"", "plain", "<p/>", "<div>", "<div/><div/>", "<!DOCTYPE div><div/>", "<div>&foo;</div>"}) {
    boost::json::object resource{{"resourceType", "Basic"}, {"text", {{"status", "empty"}, {"div", div}}}};
    EXPECT_EQ(to_xml(boost::json::serialize(resource)), "fhir.narrative_not_xml") << div;
    EXPECT_EQ(boost::json::parse(json_again(boost::json::serialize(resource))), resource) << div;
  }
}

TEST(Codec, what_r4_does_not_know_stays_in_json_and_is_refused_elsewhere) {
  const std::string json =
      R"({"resourceType":"Patient","active":true,"nickname":["はな"],"contact":[{"gender":"female","shoe":{"size":[23.50,null]}}]})";
  EXPECT_EQ(boost::json::parse(json_again(json)), boost::json::parse(json));
  EXPECT_EQ(to_xml(json), "fhir.element_unknown path=Patient.nickname");
  EXPECT_EQ(
      to_json(R"(<Patient xmlns="http://hl7.org/fhir"><contact><shoe value="23"/></contact></Patient>)"),
      "fhir.element_unknown path=Patient.contact[0].shoe");
}

TEST(Codec, what_is_no_resource_is_refused) {
  EXPECT_EQ(json_again("{}"), "fhir.not_a_resource type= suggestion=");
  EXPECT_EQ(json_again("[]"), "fhir.not_a_resource type= suggestion=");
  EXPECT_EQ(json_again(R"({"resourceType":"Pateint"})"),
            "fhir.resource_unknown_near type=Pateint suggestion=Patient");
  EXPECT_EQ(json_again(R"({"resourceType":"HumanName"})"),
            "fhir.resource_unknown type=HumanName suggestion=");
  EXPECT_EQ(json_again(R"({"resourceType":"DomainResource"})"),
            "fhir.resource_unknown type=DomainResource suggestion=");
  EXPECT_EQ(to_json("<Patient/>"), "fhir.namespace_missing type=Patient suggestion=Patient");
}

TEST(Codec, indented_it_is_the_same_resource) {
  const std::string json =
      R"({"resourceType":"Patient","name":[{"given":["花"]}],"contact":[],"active":false})";
  const auto resource = read_resource(json, "test", Format::json, {}).value();
  const auto indented = write_resource(resource, Format::json, {.indented = true}).value();
  EXPECT_EQ(
      indented,
      "{\n  \"resourceType\": \"Patient\",\n  \"active\": false,\n  \"name\": [\n    {\n      \"given\": [\n"
      "        \"花\"\n      ]\n    }\n  ]\n}");
  const auto xml = write_resource(resource, Format::xml, {.indented = true}).value();
  EXPECT_EQ(to_json(xml), R"({"resourceType":"Patient","active":false,"name":[{"given":["花"]}]})");
}

// --- real resources

std::filesystem::path shared_data() {
  return std::filesystem::path(MUSUBI_PROJECT_FOLDER).parent_path() / "shared/data";
}

TEST(RealResources, the_official_examples_come_back_through_json_and_xml) {
  std::ifstream examples(shared_data() / "fhir-examples/examples.ndjson");
  if (!examples) GTEST_SKIP() << "the official examples are not here";
  std::size_t count = 0;
  for (std::string line; std::getline(examples, line); ++count) {
    SCOPED_TRACE("line " + std::to_string(count + 1));
    EXPECT_EQ(canonical_json(json_again(line)), canonical_json(line));
    const auto xml = to_xml(line);
    EXPECT_TRUE(xml.starts_with("<?xml")) << xml;
    EXPECT_EQ(canonical_json(to_json(xml)), canonical_json(line));
  }
  EXPECT_GT(count, 0U);
}

TEST(RealResources, reports_in_xml_come_back_through_json) {
  const auto folder = shared_data() / "fhir-reports";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the reports are not here";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    SCOPED_TRACE(entry.path().filename());
    ++count;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const auto json = to_json(bytes.str());
    EXPECT_EQ(canonical_json(to_json(to_xml(json))), canonical_json(json));
    const auto again = converted(bytes.str(), Format::xml, Format::xml);
    EXPECT_EQ(canonical_json(to_json(again)), canonical_json(json));
  }
  EXPECT_GT(count, 0U);
}

}  // namespace
}  // namespace musubi::fhir
