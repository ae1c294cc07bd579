// A hub that runs, its tokens, and what a FHIR client asks of it.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "serving_hub.h"
#include "temporary_folder.h"

namespace musubi::testing {

inline constexpr const char* kTransaction = R"({
  "resourceType": "Bundle", "type": "transaction",
  "entry": [
    {"fullUrl": "urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0001",
     "resource": {"resourceType": "Patient",
       "name": [{"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation", "valueCode": "IDE"}], "text": "試験 太郎"}],
       "gender": "male", "birthDate": "1980-02-03", "address": [{"text": "東京都千代田区一番町", "postalCode": "102-0082"}]},
     "request": {"method": "POST", "url": "Patient"}},
    {"fullUrl": "urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0002",
     "resource": {"resourceType": "Condition", "identifier": [{"system": "urn:oid:1.2.3", "value": "report-1"}],
       "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
       "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
       "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "U07.1"}]},
       "subject": {"reference": "urn:uuid:0b6b1f3e-6a3c-4e0e-9d6c-0d9e6f6f0001"},
       "onsetDateTime": "2021-03-30", "recordedDate": "2021-04-02"},
     "request": {"method": "POST", "url": "Condition"}}]})";

class Fhir : public ::testing::Test {
 protected:
  void SetUp() override {
    hub = std::make_unique<ServingHub>(settings());
    ASSERT_NE(hub->port(), 0) << hub->log();
  }
  virtual ServingHub::Settings settings() const { return {.home = home()}; }
  std::filesystem::path home() const { return folder.path() / "home"; }
  HttpAnswer post(const std::string& target, std::string body, ServingHub::Headers headers = {}) const {
    if (headers.empty()) headers = {{"Content-Type", "application/fhir+json"}};
    return hub->post(target, sender, std::move(body), headers);
  }
  HttpAnswer post_xml(const std::string& target, std::string body) const {
    return post(target, std::move(body),
                {{"Content-Type", "application/fhir+xml"}, {"Accept", "application/fhir+json"}});
  }
  static std::string first_issue(const HttpAnswer& answer) {
    const auto json = answer.json();
    EXPECT_EQ(json.at("resourceType").as_string(), "OperationOutcome") << answer.body;
    const auto& issue = json.at("issue").at(0);
    return std::string(issue.at("details").at("coding").at(0).at("code").as_string());
  }
  std::string task_status(int id) const {
    return std::string(hub->get("/fhir/Task/" + std::to_string(id), sender).json().at("status").as_string());
  }
  std::uint64_t received() const {
    return hub->get("/api/v1/ledger", staff).json().at("records").at("received").to_number<std::uint64_t>();
  }

  TemporaryFolder folder;
  const std::string sender = new_token(home(), "sender", "fhir"), staff = new_token(home(), "operator"),
                    other = new_token(home(), "sender", "tokyo"), reviewer = new_token(home(), "reviewer");
  std::unique_ptr<ServingHub> hub;
};

}  // namespace musubi::testing
