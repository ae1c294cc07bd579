// Typed models: what is read is written again, and what C++ programmers do with them.
#include "musubi/fhir/models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "json_equality.h"
#include "musubi/fhir/models/extensions.h"
#include "musubi/fhir/r4/all.h"
#include "musubi/fhir/validation.h"

namespace musubi::fhir::r4 {
namespace {

std::string shown(const base::Error& error) { return error.code() + " " + error.path(); }

std::string json_again(const std::string& json, Unknown unknown = Unknown::refuse) {
  const auto resource = read_any(json, Format::json, {.unknown = unknown});
  return resource.has_error() ? shown(resource.error()) : to_json(*resource);
}

TEST(Models, are_plain_structs) {
  Patient patient{.name = {{.family = "山田", .given = {"花", "子"}}},
                  .gender = AdministrativeGender::female};
  patient.birth_date = Date{"1980-02-03"};
  patient.active = true;
  patient.multiple_birth = Integer{2};
  EXPECT_EQ(
      to_json(patient),
      R"({"resourceType":"Patient","active":true,"name":[{"family":"山田","given":["花","子"]}],"gender":"female","birthDate":"1980-02-03","multipleBirthInteger":2})");
  const auto again = read<Patient>(to_json(patient), Format::json).value();
  EXPECT_EQ(again, patient);
  EXPECT_EQ(again.birth_date, "1980-02-03");
  EXPECT_EQ(again.active->value(), true);
  EXPECT_EQ(std::get<Integer>(*again.multiple_birth).value(), 2);
  EXPECT_TRUE(again.gender == AdministrativeGender::female);
}

TEST(Models, are_copied_with_all_they_own) {
  Reference reference{.reference = "Organization/1", .identifier = Identifier{.value = "1"}};
  reference.identifier->assigner = Reference{.display = "東京"};
  auto copy = reference;
  EXPECT_EQ(copy, reference);
  copy.identifier->assigner->display = "大阪";
  EXPECT_EQ(reference.identifier->assigner->display, "東京");
  EXPECT_NE(copy, reference);
  auto& itself = copy;
  copy = itself;
  EXPECT_EQ(copy.identifier->assigner->display, "大阪");
  const auto moved = std::move(copy);
  EXPECT_EQ(moved.identifier->assigner->display, "大阪");
  reference.identifier.reset();
  EXPECT_FALSE(reference.identifier);
}

TEST(Models, a_code_that_r4_does_not_know_is_kept) {
  const auto patient =
      read<Patient>(R"({"resourceType":"Patient","gender":"weiblich"})", Format::json).value();
  EXPECT_FALSE(patient.gender->value());
  EXPECT_EQ(patient.gender, "weiblich");
  EXPECT_EQ(to_json(patient), R"({"resourceType":"Patient","gender":"weiblich"})");
  EXPECT_EQ(to_json(Extension{.url = "http://a.test/x"}), R"({"url":"http://a.test/x"})");
  Quantity quantity{.value = "1.50", .comparator = QuantityComparator::less_equal};
  EXPECT_EQ(to_json(quantity), R"({"value":1.50,"comparator":"<="})");
  EXPECT_DOUBLE_EQ(*quantity.value->value(), 1.5);
}

TEST(Models, every_code_is_its_enumerator) {
  for (const auto code : codes_of(QuantityComparator{}))
    EXPECT_EQ(CodeOf<QuantityComparator>(*CodeOf<QuantityComparator>(code).value()), code);
}

TEST(Models, decimals_from_numbers) {
  EXPECT_EQ(to_json(Quantity{.value = 37.5}), R"({"value":37.5})");
  EXPECT_EQ(to_json(Quantity{.value = 37}), R"({"value":37})");
  EXPECT_EQ(to_json(Quantity{.value = 1e300}), R"({"value":1e+300})");
  EXPECT_FALSE(Decimal("many").value());
}

TEST(Models, extensions_have_any_value) {
  Extension extension{.url = "http://a.test/x", .value = HumanName{.text = "山田花子"}};
  ASSERT_NE(extension.value.get_if<HumanName>(), nullptr);
  EXPECT_EQ(extension.value.get_if<HumanName>()->text, "山田花子");
  EXPECT_EQ(extension.value.get_if<String>(), nullptr);
  EXPECT_EQ(extension.value.type_name(), "HumanName");
  EXPECT_EQ(to_json(extension), R"({"url":"http://a.test/x","valueHumanName":{"text":"山田花子"}})");
  extension.value = Boolean(false);
  EXPECT_EQ(to_json(extension), R"({"url":"http://a.test/x","valueBoolean":false})");
  extension.value.reset();
  EXPECT_EQ(to_json(extension), R"({"url":"http://a.test/x"})");
}

TEST(Models, extensions_are_found_by_their_url) {
  const HumanName name{
      .extension = {{.url = "http://a.test/x", .value = Code("SYL")}, {.url = "http://a.test/y"}}};
  ASSERT_NE(find_extension(name.extension, "http://a.test/y"), nullptr);
  EXPECT_EQ(find_extension(name.extension, "http://a.test/z"), nullptr);
  EXPECT_EQ(*extension_value<Code>(name.extension, "http://a.test/x"), "SYL");
  EXPECT_EQ(extension_value<String>(name.extension, "http://a.test/x"), nullptr);
  EXPECT_EQ(extension_value<Code>(name.extension, "http://a.test/y"), nullptr);
}

TEST(Models, primitives_have_ids_and_extensions) {
  Patient patient;
  patient.birth_date.emplace().extensions().push_back({.url = "http://a.test/why", .value = Code("unknown")});
  EXPECT_FALSE(patient.birth_date->has_value());
  patient.name.push_back({.given = {"花", String(), "子"}});
  patient.name[0].given[1].set_id("g");
  const std::string json =
      R"({"resourceType":"Patient","name":[{"given":["花",null,"子"],"_given":[null,{"id":"g"},null]}],"_birthDate":{"extension":[{"url":"http://a.test/why","valueCode":"unknown"}]}})";
  EXPECT_EQ(to_json(patient), json);
  EXPECT_EQ(read<Patient>(json, Format::json).value(), patient);
  EXPECT_EQ(read<Patient>(to_xml(patient).value(), Format::xml).value(), patient);
  auto other = patient;
  other.name[0].given[1].set_id("h");
  EXPECT_NE(other, patient);
}

TEST(Models, what_says_nothing_is_not_there) {
  const auto patient = read_any(R"({"resourceType":"Patient","_birthDate":{},"_active":null})", Format::json,
                                {.unknown = Unknown::keep});
  ASSERT_FALSE(patient.has_error());
  EXPECT_EQ(to_json(*patient), R"({"resourceType":"Patient"})");
  EXPECT_EQ(*read_any(to_json(*patient), Format::json), *patient);
  EXPECT_EQ(read_any(R"({"resourceType":"Patient","_birthDate":{"id":""}})", Format::json).error().code(),
            "fhir.value_empty");
}

TEST(Models, resources_stand_in_resources) {
  Bundle bundle{.type = BundleType::collection};
  bundle.entry.push_back({.full_url = "urn:uuid:1", .resource = Patient{.active = true}});
  bundle.entry[0].resource.get_if<Patient>()->contained.emplace_back(Organization{.id = "o"});
  const std::string json =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o"}],"active":true}}]})";
  EXPECT_EQ(to_json(bundle), json);
  const auto again = read<Bundle>(json, Format::json).value();
  EXPECT_EQ(again, bundle);
  EXPECT_EQ(again.entry[0].resource.type_name(), "Patient");
  EXPECT_EQ(again.entry[0].resource.get_if<Organization>(), nullptr);
}

TEST(Models, resources_without_a_model_are_kept_as_json) {
  const std::string json =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Slot","status":"free","comment":"\u82b1"}}]})";
  const auto bundle = read<Bundle>(json, Format::json).value();
  EXPECT_EQ(bundle.entry[0].resource.type_name(), "Slot");
  EXPECT_EQ(canonical_json(to_json(bundle)), canonical_json(json));
  const auto from_xml = read<Bundle>(to_xml(bundle).value(), Format::xml).value();
  EXPECT_EQ(canonical_json(to_json(from_xml)), canonical_json(json));
  EXPECT_EQ(read_any(R"({"resourceType":"Slot","status":"free"})", Format::json)->type_name(), "Slot");
}

TEST(Models, what_r4_does_not_know_is_refused_or_kept) {
  const std::string json =
      R"({"resourceType":"Patient","active":true,"_active":{"id":"a","shoe":1},"contact":[{"shoe":{"size":[23.50,null]}}],"nickname":["はな"],"_nickname":[null],"nothing":null})";
  EXPECT_EQ(json_again(json), "fhir.member_unknown Patient.active.shoe");
  EXPECT_EQ(canonical_json(json_again(json, Unknown::keep)), canonical_json(json));
  const auto patient = read<Patient>(json, Format::json, {.unknown = Unknown::keep}).value();
  EXPECT_EQ(patient.unknown_elements->front().name, "nickname");
  EXPECT_EQ(patient.unknown_elements->front().json, R"(["はな"])");
  EXPECT_EQ(to_xml(patient).error().code(), "fhir.element_unknown");
}

TEST(Models, a_value_of_another_kind_is_refused_or_kept) {
  const std::string json = R"({"resourceType":"Patient","id":5,"active":"true","multipleBirthInteger":"2"})";
  EXPECT_EQ(json_again(json), "fhir.value_kind Patient.id");
  EXPECT_EQ(json_again(json, Unknown::keep), json);
  auto patient = read<Patient>(json, Format::json, {.unknown = Unknown::keep}).value();
  EXPECT_EQ(patient.active->value(), true);
  patient.active->set_text("true");
  patient.id = "5";
  EXPECT_EQ(to_json(patient),
            R"({"resourceType":"Patient","id":"5","active":true,"multipleBirthInteger":"2"})");
}

struct Refusal {
  const char* json;
  const char* error;
};
class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, with_the_place) { EXPECT_EQ(json_again(GetParam().json), GetParam().error); }

INSTANTIATE_TEST_SUITE_P(
    Models, Refused,
    testing::Values(
        Refusal{R"({"resourceType":"Patient","gender":["male","female"]})",
                "fhir.element_repeated Patient.gender"},
        Refusal{R"({"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2020"})",
                "fhir.choice_made_twice Patient.deceased"},
        Refusal{R"({"resourceType":"Patient","active":"true"})", "fhir.value_kind Patient.active"},
        Refusal{R"({"resourceType":"Patient","birthDate":1980})", "fhir.value_kind Patient.birthDate"},
        Refusal{R"({"resourceType":"Patient","birthDate":{}})", "fhir.group_for_value Patient.birthDate"},
        Refusal{R"({"resourceType":"Patient","birthDate":[["1980"]]})",
                "fhir.group_for_value Patient.birthDate"},
        Refusal{R"({"resourceType":"Patient","name":["山田"]})", "fhir.value_for_group Patient.name[0]"},
        Refusal{R"({"resourceType":"Patient","name":[[{}]]})", "fhir.value_for_group Patient.name[0]"},
        Refusal{R"({"resourceType":"Patient","_name":[{"text":"山田"}]})",
                "fhir.member_unknown Patient._name"},
        Refusal{R"({"resourceType":"Patient","_active":{"id":1}})", "fhir.value_kind Patient.active.id"},
        Refusal{R"({"resourceType":"Patient","_active":{"extension":["x"]}})",
                "fhir.value_for_group Patient.active.extension[0]"},
        Refusal{R"({"resourceType":"Patient","_active":{"x":1}})", "fhir.member_unknown Patient.active.x"},
        Refusal{R"({"resourceType":"Patient","contained":[{"resourceType":"Pateint"}]})",
                "fhir.contained_unknown Patient.contained[0]"},
        Refusal{R"({"resourceType":"Patient","contained":["Patient"]})",
                "fhir.contained_unknown Patient.contained[0]"},
        Refusal{R"({"resourceType":"Patient","contained":[{}]})",
                "fhir.contained_unknown Patient.contained[0]"}));

TEST(Models, another_resource_is_refused) {
  const auto error = read<Patient>(R"({"resourceType":"Observation"})", Format::json).error();
  EXPECT_EQ(error.code(), "fhir.other_resource");
}

TEST(Models, what_is_made_can_be_validated) {
  const Observation observation{
      .status = ObservationStatus::final,
      .code = CodeableConcept{.coding = {{.system = "http://loinc.org", .code = "8310-5"}}},
      .value =
          Quantity{.value = "37.50", .unit = "Cel", .system = "http://unitsofmeasure.org", .code = "Cel"}};
  const auto issues = Validator().validate(to_resource(observation).value(), to_json(observation));
  EXPECT_FALSE(has_error(issues));
  EXPECT_TRUE(has_error(Validator().validate(to_resource(Observation{}).value(), "")));
}

// --- real resources

std::filesystem::path shared_data() {
  return std::filesystem::path(MUSUBI_PROJECT_FOLDER).parent_path() / "shared/data";
}

std::string content(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(RealModels, the_official_examples_come_back) {
  std::ifstream examples(shared_data() / "fhir-examples/examples.ndjson");
  if (!examples) GTEST_SKIP() << "the official examples are not here";
  std::size_t typed = 0, other = 0;
  for (std::string line; std::getline(examples, line);) {
    SCOPED_TRACE("line " + std::to_string(typed + other + 1));
    const auto resource = read_any(line, Format::json);
    ASSERT_TRUE(resource) << shown(resource.error());
    ++(resource->get_if<OtherResource>() == nullptr ? typed : other);
    EXPECT_EQ(canonical_json(to_json(*resource)), canonical_json(line));
    const auto copy = *resource;
    EXPECT_EQ(copy, *resource);
    const auto xml = to_xml(*resource);
    ASSERT_TRUE(xml) << shown(xml.error());
    EXPECT_EQ(canonical_json(to_json(read_any(*xml, Format::xml).value())), canonical_json(line));
  }
  RecordProperty("typed", static_cast<int>(typed));
  EXPECT_GT(typed, 0U);
}

/// Empty where it was read and is the same again; the error otherwise.
std::string came_back(const std::string& bytes) {
  const auto format =
      bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == bytes.find('<') ? Format::xml : Format::json;
  const auto resource = read_any(bytes, format, {.unknown = Unknown::keep});
  if (resource.has_error()) return shown(resource.error());
  const auto read = read_resource(bytes, "", format, {}).value();
  const auto wanted = canonical_json(write_resource(read, Format::json).value());
  EXPECT_EQ(canonical_json(to_json(*resource)), wanted);
  EXPECT_EQ(canonical_json(to_json(*resource, {.indented = true})), wanted);
  return {};
}

TEST(RealModels, reports_come_back) {
  constexpr const char* kFolders[] = {"fhir-reports", "fhir/bundles", "fhir/resources", "fhir/synthea-10",
                                      "fhir/synthea-bundle"};
  std::size_t count = 0;
  for (const auto* folder : kFolders) {
    if (!std::filesystem::exists(shared_data() / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shared_data() / folder)) {
      SCOPED_TRACE(entry.path());
      if (entry.path().extension() == ".ndjson") {
        std::ifstream lines(entry.path());
        for (std::string line; std::getline(lines, line); ++count) EXPECT_EQ(came_back(line), "");
      } else if (entry.is_regular_file()) {
        EXPECT_THAT(came_back(content(entry.path())), testing::AnyOf("", "json.duplicate_name "));
        ++count;
      }
    }
  }
  if (count == 0) GTEST_SKIP() << "the reports are not here";
  RecordProperty("resources", static_cast<int>(count));
}

}  // namespace
}  // namespace musubi::fhir::r4
