// $validate of a hub that runs: what is judged, by which profiles, and what is answered where it cannot be.
#include <fstream>

#include "fhir_endpoint.h"
#include "own_configuration.h"

namespace {

using musubi::testing::Fhir;
using musubi::testing::HttpAnswer;
using musubi::testing::ServingHub;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBadPatient = R"({"resourceType":"Parameters","parameter":[
{"name":"resource","resource":{"resourceType":"Patient",
"birthDate":"80-1-1"}}]})";
constexpr const char* kBadPatientAsXml =
    R"(<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="resource"/>
<resource><Patient>
<birthDate value="80-1-1"/></Patient></resource></parameter></Parameters>)";
constexpr const char* kBadPatientWithPrefix =
    R"(<f:Parameters xmlns:f="http://hl7.org/fhir"><f:parameter><f:name value="resource"/>
<f:resource><f:Patient>
<f:birthDate value="80-1-1"/></f:Patient></f:resource></f:parameter></f:Parameters>)";
constexpr const char* kGoodPatient = R"({"resourceType":"Patient","gender":"female"})";

TEST_F(Fhir, a_resource_in_parameters_is_judged_by_itself_and_in_its_place) {
  for (const auto& answer :
       {post("/fhir/$validate", kBadPatient), post("/fhir/Patient/$validate", kBadPatient),
        post_xml("/fhir/$validate", kBadPatientAsXml), post_xml("/fhir/$validate", kBadPatientWithPrefix)}) {
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("expression":["Patient.birthDate"])"));
    EXPECT_THAT(answer.body, HasSubstr("line 3")) << answer.body;
  }
}

TEST_F(Fhir, a_resource_of_another_type_is_not_judged) {
  for (const auto& answer :
       {post("/fhir/Condition/$validate", kBadPatient), post("/fhir/Condition/$validate", kGoodPatient),
        post_xml("/fhir/Condition/$validate", kBadPatientAsXml)}) {
    EXPECT_EQ(answer.status, 400U) << answer.body;
    EXPECT_EQ(first_issue(answer), "fhir.not_this_type");
  }
  EXPECT_EQ(post("/fhir/Conditoin/$validate", kGoodPatient).status, 404U);
}

TEST_F(Fhir, what_shall_be_done_with_it_is_judged_as_well) {
  const auto with_mode = [](const std::string& mode) {
    return R"({"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":")" + mode +
           R"("},{"name":"resource","resource":{"resourceType":"Patient","gender":"female"}}]})";
  };
  EXPECT_THAT(post("/fhir/$validate", with_mode("create")).body, Not(HasSubstr("\"error\"")));
  EXPECT_EQ(first_issue(post("/fhir/$validate", with_mode("update"))), "fhir.no_update");
  EXPECT_EQ(first_issue(post("/fhir/$validate", with_mode("delete"))), "fhir.no_delete");
  EXPECT_EQ(first_issue(post("/fhir/$validate?mode=delete", "")), "fhir.no_delete");
  EXPECT_EQ(first_issue(post("/fhir/$validate?mode=profile", kGoodPatient)), "fhir.validate_profile_missing");
  EXPECT_EQ(post("/fhir/$validate?mode=remove", kGoodPatient).status, 400U);
}

TEST_F(Fhir, parameters_that_ask_nothing_that_there_is_are_refused) {
  EXPECT_EQ(
      first_issue(post("/fhir/$validate", R"({"resourceType":"Parameters","parameter":[{"name":"a"}]})")),
      "fhir.validate_parameter_unknown");
  EXPECT_EQ(first_issue(post("/fhir/$validate", R"({"resourceType":"Parameters"})")),
            "fhir.validate_resource_missing");
}

constexpr const char* kWeight = "http://hl7.org/fhir/StructureDefinition/bodyweight";

TEST_F(Fhir, a_profile_that_is_named_is_kept) {
  const std::string observation =
      R"({"resourceType":"Observation","status":"final","code":{"text":"a"},"valueString":"b"})";
  EXPECT_THAT(post("/fhir/$validate", observation).body, Not(HasSubstr("fhir.profile_")));
  EXPECT_THAT(post("/fhir/$validate?profile=" + std::string(kWeight), observation).body,
              HasSubstr("fhir.profile_slice_missing"));
  const auto parameters = R"({"resourceType":"Parameters","parameter":[{"name":"profile","valueUri":")" +
                          std::string(kWeight) + R"("},{"name":"resource","resource":)" + observation + "}]}";
  EXPECT_THAT(post("/fhir/$validate", parameters).body, HasSubstr("fhir.profile_slice_missing"));
  EXPECT_THAT(post("/fhir/$validate?profile=" + std::string(kWeight) + "|9.9.9", observation).body,
              HasSubstr("fhir.profile_other_version"));
  const std::string standard = "/fhir/$validate?profile=http://hl7.org/fhir/StructureDefinition/";
  EXPECT_THAT(post(standard + "Observation", observation).body, Not(HasSubstr("fhir.profile_")));
  EXPECT_THAT(post(standard + "Patient", observation).body, HasSubstr("fhir.profile_other_type"));
  EXPECT_EQ(first_issue(post(standard + "Nothing", observation)), "fhir.profile_not_loaded");
}

TEST_F(Fhir, of_the_issues_of_many_lines_so_many_are_told_and_the_rest_counted) {
  std::string lines;
  for (int line = 0; line < 100; ++line) {
    lines += R"({"resourceType":"Patient")";
    for (int each = 0; each < 100; ++each) lines += ",\"q" + std::to_string(each) + "\":1";
    lines += "}\n";
  }
  const auto issues =
      post("/fhir/$validate", lines, {{"Content-Type", "application/fhir+ndjson"}}).json().at("issue");
  const auto& last = issues.as_array().back();
  EXPECT_EQ(last.at_pointer("/details/coding/0/code").as_string(), "fhir.more_issues");
  EXPECT_LT(issues.as_array().size(), 3'100U);
}

/// A laboratory's report on the Patient p, with one result about `subject`.
std::string report_with_result(const std::string& subject, bool is_contained) {
  const std::string observation =
      R"({"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"94500-6"}]},"subject":)" +
      subject +
      R"(,"effectiveDateTime":"2021-04-01","valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260373001"}]}})";
  const auto entry = [](const std::string& url, const std::string& resource) {
    return R"({"fullUrl":"http://a.test/)" + url + R"(","resource":)" + resource + "}";
  };
  const auto patient = [](const std::string& id) {
    return R"({"resourceType":"Patient","id":")" + id + R"(","gender":"female"})";
  };
  const std::string report =
      R"({"resourceType":"DiagnosticReport","id":"r","identifier":[{"system":"http://a.test/n","value":"1"}],"status":"final","code":{"text":"a"},"subject":{"reference":"Patient/p"},"issued":"2021-04-02T09:00:00+09:00","result":[{"reference":")" +
      std::string(is_contained ? "#o" : "Observation/o") + R"("}])" +
      (is_contained ? R"(,"contained":[)" + observation + "]" : "") + "}";
  return R"({"resourceType":"Bundle","type":"collection","entry":[)" + entry("DiagnosticReport/r", report) +
         "," + entry("Patient/p", patient("p")) + "," + entry("Patient/other", patient("other")) +
         (is_contained ? "" : "," + entry("Observation/o", observation)) + "]}";
}

TEST_F(Fhir, a_result_is_another_patients_only_where_it_leads_to_another) {
  const auto is_held = [&](const std::string& subject, bool is_contained) {
    const auto told = post("/fhir/$try", report_with_result(subject, is_contained)).body;
    EXPECT_THAT(told, HasSubstr("positive")) << subject << " " << told;
    return told.find("fhir.patients_differ") != std::string::npos;
  };
  EXPECT_FALSE(is_held(R"({"reference":"Patient/p"})", false));
  EXPECT_FALSE(is_held(R"({"reference":"http://a.test/Patient/p"})", false));
  EXPECT_FALSE(is_held(R"({"reference":"Patient/p"})", true));
  EXPECT_FALSE(is_held(R"({"identifier":{"system":"http://a.test/p","value":"1"}})", false));
  EXPECT_TRUE(is_held(R"({"reference":"Patient/other"})", false));
}

/// A profile for two sources: one that has its package from the start, one that gets it later.
class FhirPackages : public Fhir {
 protected:
  static constexpr const char* kProfile = "http://example.org/StructureDefinition/named-patient";
  static constexpr const char* kNamedPatient = R"({"resourceType":"StructureDefinition",
    "url":"http://example.org/StructureDefinition/named-patient","name":"NamedPatient","status":"active","kind":"resource",
    "abstract":false,"type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
    "derivation":"constraint","differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}})";

  ServingHub::Settings settings() const override {
    std::filesystem::create_directories(package());
    std::ofstream(package() / "profile.json") << kNamedPatient;
    use("  fhir: { adapter: fhir }\n  ward: { adapter: fhir, options: { packages: " + package().string() +
        " } }\n");
    return {.home = home(), .config = configuration.config()};
  }
  std::filesystem::path package() const { return folder.path() / "package"; }
  /// The sources that take FHIR.
  void use(const std::string& sources) const {
    std::stringstream before;
    before << std::ifstream(configuration.config()).rdbuf();
    auto text = before.str();
    const auto first = text.find("  fhir: {");
    auto last = text.find('\n', first) + 1;
    if (const auto next = text.find("  ward: {"); next != text.npos) last = text.find('\n', next) + 1;
    std::ofstream(configuration.config()) << text.replace(first, last - first, sources);
  }
  HttpAnswer validate_as(const std::string& token) const {
    return hub->post("/fhir/$validate?profile=" + std::string(kProfile), token, kGoodPatient,
                     {{"Content-Type", "application/fhir+json"}});
  }

  const musubi::testing::OwnConfiguration configuration;
  const std::string ward = musubi::testing::new_token(home(), "sender", "ward");
};

TEST_F(FhirPackages, each_source_is_judged_by_its_own_and_by_new_ones_when_they_are_read_again) {
  EXPECT_THAT(validate_as(ward).body, HasSubstr("fhir.profile_element_missing"));
  const auto unknown = validate_as(sender);
  EXPECT_EQ(unknown.status, 422U);
  EXPECT_EQ(first_issue(unknown), "fhir.profile_not_loaded");
  EXPECT_THAT(unknown.body, HasSubstr("loaded: FHIR R4"));
  use("  fhir: { adapter: fhir, options: { on_invalid: accept, packages: " + package().string() +
      " } }\n  ward: { adapter: fhir }\n");
  ASSERT_EQ(hub->post("/api/v1/reload", staff).status / 100, 2U);
  EXPECT_THAT(validate_as(sender).body, HasSubstr("fhir.profile_element_missing"));
  EXPECT_EQ(validate_as(ward).status, 422U);
}

TEST_F(FhirPackages, a_name_that_is_nearly_right_is_told_which_is_meant) {
  const auto answer = hub->post("/fhir/$validate?profile=" + std::string(kProfile) + "s", ward, kGoodPatient,
                                {{"Content-Type", "application/fhir+json"}});
  EXPECT_EQ(first_issue(answer), "fhir.profile_not_loaded_near") << answer.body;
}

}  // namespace
