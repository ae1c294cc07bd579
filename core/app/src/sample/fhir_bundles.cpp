#include "fhir_bundles.h"

#include <fmt/format.h>

#include "fhir_resources.h"

namespace musubi::app::sample {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::days;

object new_bundle(std::string_view type, const std::string& time) {
  return {{"resourceType", "Bundle"}, {"meta", test_data_mark()}, {"type", type}, {"timestamp", time}};
}

class Entries {
 public:
  Entries(const FhirCase& made, bool is_transaction) : made_(made), is_transaction_(is_transaction) {}

  void add(Role role, object resource) {
    object entry{{"fullUrl", "urn:uuid:" + uuid_of(made_, role)}};
    auto request = is_transaction_ ? request_of(resource) : object();
    entry["resource"] = std::move(resource);
    if (is_transaction_) entry["request"] = std::move(request);
    entries_.push_back(std::move(entry));
  }
  array take() { return std::move(entries_); }

 private:
  /// What has a number is put under it, so that the same report may be sent again.
  static object request_of(const object& resource) {
    const auto& type = resource.at("resourceType").as_string();
    const auto* numbers = resource.if_contains("identifier");
    if (numbers == nullptr) return {{"method", "POST"}, {"url", type}};
    const auto& number = numbers->as_array().front();
    return {{"method", "PUT"},
            {"url", fmt::format("{}?identifier={}|{}", std::string_view(type),
                                std::string_view(number.at("system").as_string()),
                                std::string_view(number.at("value").as_string()))}};
  }

  const FhirCase& made_;
  const bool is_transaction_;
  array entries_;
};

/// The patient is forgotten by those who make a mistake.
bool has_patient(const FhirCase& made) { return made.slip != Slip::impossible_date; }

object message_header(const FhirResources& resources) {
  auto header = resource("MessageHeader", {});
  header["eventCoding"] = coding("http://terminology.hl7.org/CodeSystem/v2-0003", "R01",
                                 "ORU/ACK - Unsolicited transmission of an observation message");
  header["source"] =
      object{{"name", "架空検査センター 検査情報システム"}, {"endpoint", "urn:oid:1.2.392.200119.6.999.1"}};
  header["sender"] = resources.refer("Organization", Role::laboratory);
  header["responsible"] = resources.refer("Organization", Role::laboratory);
  header["focus"] = array{resources.refer("DiagnosticReport", Role::report)};
  return header;
}

}  // namespace

object case_report(const FhirCase& made) {
  const FhirResources resources(made, Reference::in_bundle);
  Entries entries(made, true);
  if (has_patient(made)) entries.add(Role::patient, resources.patient());
  entries.add(Role::condition, resources.condition());
  entries.add(Role::encounter, resources.encounter());
  if (made.had_negative_test) {
    entries.add(Role::negative_specimen, resources.specimen(true));
    entries.add(Role::negative_observation, resources.observation(true));
  }
  entries.add(Role::specimen, resources.specimen(false));
  entries.add(Role::observation, resources.observation(false));
  entries.add(Role::organization, resources.organization());
  entries.add(Role::practitioner, resources.practitioner());
  auto bundle = new_bundle("transaction", iso_time(made.reported, 16, 45));
  bundle["entry"] = entries.take();
  return bundle;
}

object laboratory_message(const FhirCase& made) {
  const FhirResources resources(made, Reference::in_bundle);
  Entries entries(made, false);
  entries.add(Role::header, message_header(resources));
  entries.add(Role::report, resources.diagnostic_report());
  if (has_patient(made)) entries.add(Role::patient, resources.patient());
  entries.add(Role::observation, resources.observation(false));
  entries.add(Role::specimen, resources.specimen(false));
  entries.add(Role::request, resources.service_request());
  entries.add(Role::practitioner_role, resources.practitioner_role());
  entries.add(Role::practitioner, resources.practitioner());
  entries.add(Role::organization, resources.organization());
  entries.add(Role::laboratory, resources.laboratory());
  auto bundle = new_bundle("message", iso_time(made.resulted, 15, 45));
  bundle["entry"] = entries.take();
  return bundle;
}

namespace {

struct Beds {
  int operable_adults, occupied_adults, operable_children, occupied_children;
};

/// A hospital has the same beds every day.
Beds draw_beds(std::uint64_t hospital, Draw& draw) {
  Draw size(7, hospital);
  const int adults = 20 + size.below(180), children = size.below(30);
  return {adults, adults * (40 + draw.below(60)) / 100, children, children * draw.below(100) / 100};
}

object integer_item(std::string_view link, int number) {
  return {{"linkId", link}, {"answer", array{object{{"valueInteger", number}}}}};
}

/// Who mistypes writes words where a number belongs.
object bed_answers(const Beds& beds, Slip slip) {
  auto response = resource("QuestionnaireResponse", {});
  response["questionnaire"] = "https://example.jp/fhir/Questionnaire/StatisticQuestionsBedOccupancy";
  response["status"] = "completed";
  response["item"] = array{integer_item("numberOperableBedsGeneralWardAdults", beds.operable_adults),
                           integer_item("numberOccupiedBedsGeneralWardAdults", beds.occupied_adults),
                           integer_item("numberOperableBedsGeneralWardChildren", beds.operable_children),
                           integer_item("numberOccupiedBedsGeneralWardChildren", beds.occupied_children)};
  if (slip != Slip::none)
    response["item"].as_array()[1].as_object()["answer"] = array{object{{"valueString", "約3O"}}};
  return response;
}

object bed_composition(const FhirCase& of, const FhirResources& resources) {
  auto composition = resource("Composition", {});
  composition["status"] = "final";
  composition["type"] = object{{"coding", array{coding("http://loinc.org", "80563-0", "Report")}}};
  composition["subject"] =
      object{{"identifier", identifier("http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no",
                                       of.hospital.number)}};
  composition["date"] = iso_date(of.reported);
  composition["author"] = array{resources.refer("Organization", Role::organization)};
  composition["title"] = "病床の使用状況";
  composition["section"] = array{object{
      {"title", "一般病床"}, {"entry", array{resources.refer("QuestionnaireResponse", Role::response)}}}};
  return composition;
}

}  // namespace

object bed_report(std::uint64_t seed, std::uint64_t index, bool is_new) {
  const auto day = fhir_epidemic().first + days(index / kHospitalCount);
  Draw draw(seed, index);
  FhirCase of;
  of.seed = seed;
  of.index = index;
  of.reported = day;
  of.hospital = hospital_of(index);
  of.slip = slip_of(draw, is_new);
  const FhirResources resources(of, Reference::in_bundle);
  Entries entries(of, false);
  entries.add(Role::composition, bed_composition(of, resources));
  entries.add(Role::response, bed_answers(draw_beds(of.hospital.index, draw), of.slip));
  entries.add(Role::organization, resources.organization());
  auto bundle = new_bundle("document", iso_time(day, 9, 30));
  bundle["identifier"] = number_in_hospital(of, "B");
  bundle["entry"] = entries.take();
  return bundle;
}

}  // namespace musubi::app::sample
