// Profiles. Cases: profile_cases.json: definitions, and resources with what is found in them as "severity
// type element message". Each is judged twice: the elements of a profile as what it adds to its base, and as
// its snapshot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "coding_check.h"
#include "musubi/fhir/codec.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/validation.h"

namespace musubi::fhir {
namespace {

using ::testing::UnorderedElementsAreArray;

boost::json::object cases_file() {
  std::stringstream text;
  text << std::ifstream(MUSUBI_PROJECT_FOLDER "/tests/unit/fhir/profile_cases.json").rdbuf();
  return boost::json::parse(text.str()).as_object();
}

std::shared_ptr<const Packages> packages_of(bool snapshots) {
  auto packages = std::make_shared<Packages>();
  const auto file = cases_file();
  for (const auto& each : file.at("definitions").as_array()) {
    auto definition = each.as_object();
    // A snapshot says all that the base says: there is no need for one that narrows another profile.
    const bool of_r4 = definition.contains("differential") &&
                       definition.at("baseDefinition").as_string().starts_with("http://hl7.org/");
    if (snapshots && of_r4) {
      definition["snapshot"] = definition.at("differential");
      definition.erase("differential");
    }
    packages->add_json(boost::json::serialize(definition), "test").value();
  }
  return packages;
}

const Validator& validator(bool snapshots) {
  static const Validator kDifferential(packages_of(false)), kSnapshot(packages_of(true));
  return snapshots ? kSnapshot : kDifferential;
}

std::vector<std::string> found_in(const Validator& validator, const std::string& bytes,
                                  std::span<const std::string> profiles) {
  const auto resource = read_resource(bytes, "test", Format::json, {});
  if (resource.has_error()) return {resource.error().code()};
  std::vector<std::string> found;
  for (const auto& each : validator.validate(*resource, bytes, profiles)) {
    const auto arguments = each.what.arguments();
    const bool is_remark =
        std::ranges::any_of(arguments, [](const auto& argument) { return argument.second == "dom-6"; });
    if (!is_remark)
      found.push_back(std::string(name_of(each.severity)) + " " + std::string(name_of(each.type)) + " " +
                      each.what.path() + " " + each.what.code());
  }
  return found;
}

std::string name_of_case(const ::testing::TestParamInfo<boost::json::object>& example) {
  std::string name(example.param.at("name").as_string());
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::vector<boost::json::object> cases() {
  std::vector<boost::json::object> all;
  const auto file = cases_file();
  for (const auto& each : file.at("cases").as_array()) all.push_back(each.as_object());
  return all;
}

class ProfileCase : public ::testing::TestWithParam<boost::json::object> {};

TEST_P(ProfileCase, is_judged) {
  std::vector<std::string> wanted, profiles;
  for (const auto& each : GetParam().at("found").as_array()) wanted.emplace_back(each.as_string());
  if (GetParam().contains("profile")) profiles.emplace_back(GetParam().at("profile").as_string());
  const auto bytes = boost::json::serialize(GetParam().at("resource"));
  for (const bool snapshots : {false, true})
    EXPECT_THAT(found_in(validator(snapshots), bytes, profiles), UnorderedElementsAreArray(wanted))
        << (snapshots ? "as snapshot" : "as differential");
}

INSTANTIATE_TEST_SUITE_P(Cases, ProfileCase, ::testing::ValuesIn(cases()), name_of_case);

TEST(Profiles, a_message_names_the_slice_and_no_value) {
  const std::string bytes = R"({"resourceType":"Patient","identifier":[{"system":"himitsu"}]})";
  const auto resource = read_resource(bytes, "test", Format::json, {});
  const std::string profile = "http://a.test/Sliced";
  const auto issues = validator(false).validate(*resource, bytes, {&profile, 1});
  const auto outcome = operation_outcome(issues, base::Language::english);
  EXPECT_THAT(outcome, ::testing::HasSubstr("Patient.identifier:card"));
  EXPECT_THAT(outcome, ::testing::HasSubstr("http://a.test/Sliced"));
  EXPECT_THAT(outcome, ::testing::Not(::testing::HasSubstr("himitsu")));
}

TEST(Profiles, are_known_by_their_urls) {
  EXPECT_TRUE(validator(false).knows_profile("http://a.test/Small|1.0"));
  EXPECT_TRUE(validator(false).knows_profile("http://hl7.org/fhir/StructureDefinition/bp"));
  EXPECT_FALSE(validator(false).knows_profile("http://a.test/Large"));
}

TEST(Profiles, definitions_may_name_each_other_without_end) {
  Packages packages;
  packages
      .add_json(R"({"resourceType":"StructureDefinition","url":"http://a.test/A","type":"Patient",
        "baseDefinition":"http://a.test/B","derivation":"constraint",
        "differential":{"element":[{"path":"Patient.gender","min":1}]}})",
                "a")
      .value();
  packages
      .add_json(R"({"resourceType":"StructureDefinition","url":"http://a.test/B","type":"Patient",
        "baseDefinition":"http://a.test/A","derivation":"constraint",
        "differential":{"element":[{"path":"Patient.active","min":1}]}})",
                "b")
      .value();
  const Validator loop(std::make_shared<const Packages>(std::move(packages)));
  const std::string profile = "http://a.test/A";
  EXPECT_THAT(found_in(loop, R"({"resourceType":"Patient","birthDate":"2020"})", {&profile, 1}),
              ::testing::UnorderedElementsAre("warning not-found Patient fhir.profile_partly_judged",
                                              "error required Patient.gender fhir.profile_element_missing"));
}

TEST(CodeForms, are_those_of_loinc_and_snomed) {
  for (const auto* good : {"1751-7", "8867-4", "85354-9", "LA6576-8", "LP14542-6", "MTHU000001"})
    EXPECT_TRUE(is_loinc_code(good)) << good;
  for (const auto* bad : {"1751 7", "1751-8", "a1751-7X", "1751", "-7", "", "1751-77", "12345678901-1"})
    EXPECT_FALSE(is_loinc_code(bad)) << bad;
  for (const auto* good : {"840539006", "840544004", "73211009", "386661006"})
    EXPECT_TRUE(is_snomed_code(good)) << good;
  for (const auto* bad : {"840539007", "99999999999999", "0840539006", "T-15460", "12345", ""})
    EXPECT_FALSE(is_snomed_code(bad)) << bad;
  EXPECT_TRUE(is_snomed_code("73211009 |Diabetes mellitus|"));
}

}  // namespace
}  // namespace musubi::fhir
