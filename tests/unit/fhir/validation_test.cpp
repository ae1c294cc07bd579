// What a validation finds. Cases: validation_cases.ndjson, one a line: a resource, and the errors that are
// found in it as "type element message". "loose": these and perhaps others.
#include "musubi/fhir/validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "musubi/fhir/codec.h"
#include "primitive_form.h"

namespace musubi::fhir {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAreArray;

const Validator& validator() {
  static const Validator kValidator;
  return kValidator;
}

std::vector<Issue> issues_of(const std::string& bytes, Format format = Format::json) {
  const auto resource = read_resource(bytes, "test", format, {});
  if (resource.has_error()) return {{Severity::fatal, IssueType::structure, resource.error()}};
  return validator().validate(*resource, bytes);
}

std::vector<std::string> errors_in(const std::string& bytes, Format format = Format::json) {
  std::vector<std::string> errors;
  for (const auto& each : issues_of(bytes, format))
    if (each.severity <= Severity::error)
      errors.push_back(std::string(name_of(each.type)) + " " + each.what.path() + " " + each.what.code());
  return errors;
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

class ValidationCase : public ::testing::TestWithParam<std::string> {};

TEST_P(ValidationCase, is_judged) {
  const auto example = boost::json::parse(GetParam()).as_object();
  SCOPED_TRACE(example.at("name").as_string().c_str());
  std::vector<std::string> wanted;
  for (const auto& each : example.at("found").as_array()) wanted.emplace_back(each.as_string());
  const auto found = errors_in(boost::json::serialize(example.at("resource")));
  if (example.contains("loose"))
    EXPECT_THAT(found, IsSupersetOf(std::vector<std::string>{wanted.back()}));
  else
    EXPECT_THAT(found, UnorderedElementsAreArray(wanted));
}

INSTANTIATE_TEST_SUITE_P(Cases, ValidationCase,
                         ::testing::ValuesIn(lines_of(MUSUBI_PROJECT_FOLDER
                                                      "/tests/unit/fhir/validation_cases.ndjson")),
                         [](const auto& example) {
                           std::string name(boost::json::parse(example.param).at("name").as_string());
                           for (auto& c : name)
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           return name;
                         });

TEST(Validation, says_where) {
  const auto issues = issues_of("{\"resourceType\": \"Patient\",\n  \"active\": true,\n  \"gender\": \"x\"}");
  ASSERT_EQ(issues.size(), 2U) << "and a remark: there is no narrative";
  const auto& place = issues[1].what.place();
  EXPECT_EQ(place.line, 3U);
  EXPECT_GT(place.column, 2U);
}

TEST(Validation, xml_has_an_order_and_no_text) {
  EXPECT_EQ(
      errors_in(
          R"(<Patient xmlns="http://hl7.org/fhir"><gender value="male"/><active value="true"/></Patient>)",
          Format::xml),
      std::vector<std::string>{"structure Patient.active fhir.element_order"});
  EXPECT_EQ(
      errors_in(R"(<Patient xmlns="http://hl7.org/fhir">hello<active value="true"/></Patient>)", Format::xml),
      std::vector<std::string>{"structure Patient fhir.text_between_elements"});
  EXPECT_EQ(errors_in(R"(<Patient xmlns="http://hl7.org/fhir"><activ value="true"/></Patient>)", Format::xml),
            std::vector<std::string>{"structure Patient.activ fhir.member_unknown_near"});
}

TEST(Validation, an_outcome_is_a_sound_resource_and_repeats_no_value) {
  const auto issues = issues_of(R"({"resourceType":"Patient","gender":"himitsu","birthDate":"himitsu"})");
  for (const auto language : {base::Language::japanese, base::Language::english}) {
    const auto outcome = operation_outcome(issues, language);
    EXPECT_THAT(outcome, HasSubstr(R"("expression":["Patient.gender"])"));
    EXPECT_EQ(outcome.find("himitsu"), outcome.npos);
    EXPECT_TRUE(errors_in(outcome).empty()) << outcome;
    EXPECT_TRUE(errors_in(operation_outcome({}, language)).empty());
  }
}

TEST(Validation, what_is_remarked_of_many_places_is_one_issue_of_the_outcome) {
  std::string bundle = R"({"resourceType":"Bundle","type":"collection","entry":[)";
  for (int number = 0; number < 30; ++number)
    bundle += std::string(number == 0 ? "" : ",") + R"({"fullUrl":"urn:example:)" + std::to_string(number) +
              R"(","resource":{"resourceType":"Patient","gender":")" + (number < 2 ? "x" : "male") + R"("}})";
  const auto issues = issues_of(bundle + "]}");
  ASSERT_GT(issues.size(), 30u) << "no narrative, thirty times, and two wrong codes";
  const auto outcome = operation_outcome(issues, base::Language::english);
  const auto issue = [&outcome](std::string_view what) {
    std::size_t count = 0;
    for (auto at = outcome.find(what); at != outcome.npos; at = outcome.find(what, at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(issue("dom-6"), 1u);
  EXPECT_THAT(outcome, HasSubstr("The same holds in more places: 29."));
  EXPECT_THAT(outcome, HasSubstr(R"("expression":["Bundle.entry[0].resource","Bundle.entry[1].resource",)"));
  EXPECT_EQ(issue(R"("severity":"error")"), 2u) << "each is to be mended";
  EXPECT_TRUE(errors_in(outcome).empty()) << outcome;
}

TEST(Validation, references_from_an_entry_without_a_full_url_are_looked_at_too) {
  const auto errors = errors_in(R"({"resourceType":"Bundle","type":"collection","entry":[
    {"fullUrl":"http://h.test/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
    {"fullUrl":"http://h.test/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
    {"fullUrl":"http://h.test/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
    {"resource":{"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"subject":{"reference":"Patient/1"}}},
    {"fullUrl":"http://h.test/Encounter/1","resource":{"resourceType":"Encounter","id":"1","status":"planned",
      "class":{"code":"AMB"},"subject":{"reference":"Patient/1"},"serviceProvider":{"reference":"Patient/1"}}}]})");
  EXPECT_THAT(errors, ::testing::UnorderedElementsAre(
                          "invariant Bundle fhir.invariant_broken",
                          "structure Bundle.entry[4].resource.serviceProvider fhir.reference_to_other_type"));
}

TEST(PrimitiveForm, is_that_of_the_standard) {
  struct Example {
    const char *type, *good, *bad;
  };
  for (const auto& [type, good, bad] :
       {Example{"date", "2020", "2020-13"},
        {"date", "2020-02-29", "2020-2-29"},
        {"dateTime", "2020-02-29T23:59:60.5+09:00", "2020-02-29T24:00:00Z"},
        {"instant", "2020-02-29T00:00:00Z", "2020-02-29"},
        {"time", "09:30:00", "9:30"},
        {"id", "a-B.9", "a_b"},
        {"code", "a b", "a  b"},
        {"code", "a", " a"},
        {"oid", "urn:oid:1.2.392", "urn:oid:1.02"},
        {"uuid", "urn:uuid:6e0f5a4c-98a5-4d9b-a7a7-4b8a0b1f3a11", "urn:uuid:6E0F5A4C"},
        {"uri", "http://a.test/b", "http://a.test/ b"},
        {"base64Binary", "QUJD RA==", "QUJ"},
        {"integer", "-2147483648", "2147483648"},
        {"positiveInt", "1", "0"},
        {"unsignedInt", "0", "-1"},
        {"decimal", "-0.10E+2", ".5"},
        {"decimal", "0", "01"},
        {"boolean", "true", "True"},
        {"string", "改行\nも", "\x01"},
        {"string", "a", " \t"}}) {
    EXPECT_TRUE(has_form_of(type, good)) << type << " " << good;
    EXPECT_FALSE(has_form_of(type, bad)) << type << " " << bad;
  }
}

// --- real resources

std::filesystem::path shared_data() {
  return std::filesystem::path(MUSUBI_PROJECT_FOLDER).parent_path() / "shared/data";
}

TEST(RealValidation, of_the_official_examples_hardly_one_has_an_error) {
  const auto examples = lines_of(shared_data() / "fhir-examples/examples.ndjson");
  if (examples.empty()) GTEST_SKIP() << "the official examples are not here";
  std::size_t sound = 0;
  for (const auto& each : examples) sound += errors_in(each).empty() ? 1 : 0;
  EXPECT_GE(sound * 100, examples.size() * 98) << sound << " of " << examples.size();
}

TEST(RealValidation, verdicts_agree_with_the_reference_validator) {
  const auto folder = shared_data() / "fhir-validation";
  std::ifstream file(folder / "expected.json");
  if (!file) GTEST_SKIP() << "the cases of the reference validator are not here";
  std::stringstream text;
  text << file.rdbuf();
  std::size_t agree = 0, all = 0;
  const auto cases = boost::json::parse(text.str());
  for (const auto& each : cases.as_array()) {
    const std::string name(each.at("file").as_string());
    std::stringstream bytes;
    bytes << std::ifstream(folder / name, std::ios::binary).rdbuf();
    const auto found = errors_in(bytes.str(), name.ends_with(".xml") ? Format::xml : Format::json);
    agree += found.empty() == each.at("valid").as_bool() ? 1 : 0;
    ++all;
  }
  EXPECT_GE(agree * 100, all * 90) << agree << " of " << all;
}

}  // namespace
}  // namespace musubi::fhir
