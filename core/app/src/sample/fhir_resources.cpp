#include "fhir_resources.h"

#include <fmt/format.h>

namespace musubi::app::sample {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view kProfiles = "http://jpfhir.jp/fhir/core/StructureDefinition/";
constexpr std::string_view kNumbers = "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier";
constexpr std::string_view kInstitutions =
    "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";
constexpr std::string_view kTerminology = "http://terminology.hl7.org/CodeSystem/";
constexpr std::string_view kPatientNumbers = "urn:oid:1.2.392.100495.20.3.51.";
constexpr std::string_view kRegistrations = "urn:oid:1.2.392.100495.20.3.31";

struct WordOfResult {
  CodedWord word;
  std::string_view interpretation;
};
constexpr WordOfResult kPositive{{"10828004", "Positive", "陽性"}, "POS"};
constexpr WordOfResult kNegative{{"260385009", "Negative", "陰性"}, "NEG"};
/// Weakly positive, perhaps: no result that can be counted.
constexpr std::string_view kDoubtful = "擬陽性";

std::string terminology(std::string_view name) { return fmt::format("{}{}", kTerminology, name); }

object concept_of(object code, std::string_view text = {}) {
  object made{{"coding", array{std::move(code)}}};
  if (!text.empty()) made["text"] = text;
  return made;
}

object name_as(std::string_view representation, std::string_view family, std::string_view given) {
  object extension{{"url", "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"},
                   {"valueCode", representation}};
  return {{"extension", array{std::move(extension)}},
          {"use", "official"},
          {"text", fmt::format("{} {}", family, given)},
          {"family", family},
          {"given", array{given}}};
}

object patient_number(const FhirCase& made) {
  return identifier(fmt::format("{}1{}", kPatientNumbers, made.hospital.number),
                    fmt::format("{:010}", made.index + 1));
}

array names(const Name& family, const Name& given) {
  return {name_as("IDE", family.kanji, given.kanji), name_as("SYL", family.kana, given.kana)};
}

object phone(std::string_view number, std::string_view use) {
  return {{"system", "phone"}, {"value", number}, {"use", use}};
}

object address(const Town& town, std::string_view text, std::string_view line) {
  return {{"text", text},
          {"line", array{line}},
          {"city", town.municipality},
          {"state", "東京都"},
          {"postalCode", town.postal_code},
          {"country", "JP"}};
}

array evidence_of(const FhirCase& made) {
  constexpr std::string_view kSymptoms[] = {"発熱", "咳", "全身倦怠感", "頭痛", "咽頭痛", "味覚障害", "下痢"};
  auto draw = draw_beside(made, 1);
  array evidence;
  for (const auto symptom : kSymptoms)
    if (draw.below(10) < 4) evidence.push_back(object{{"code", array{object{{"text", symptom}}}}});
  return evidence;
}

std::string_view clinical_status(const FhirCase& made) {
  if (made.is_refuted) return "inactive";
  return made.is_over ? "resolved" : "active";
}

std::string_view verification_status(const FhirCase& made) {
  if (made.is_refuted) return "refuted";
  return made.is_suspected ? "provisional" : "confirmed";
}

object disease_of(const FhirCase& made) {
  const bool suspected = made.is_suspected;
  return concept_of(coding("http://hl7.org/fhir/sid/icd-10", suspected ? "U07.2" : "U07.1",
                           suspected ? "COVID-19, virus not identified" : "COVID-19, virus identified"),
                    suspected ? "新型コロナウイルス感染症の疑い" : "新型コロナウイルス感染症");
}

object result_of(ResultForm form, const CodedWord& word) {
  auto made = form == ResultForm::coded
                  ? concept_of(coding("http://snomed.info/sct", word.code, word.display), word.japanese)
                  : object{{"text", word.japanese}};
  return made;
}

void put_result(object& observation, const FhirCase& made, bool is_negative_test) {
  const bool is_negative = is_negative_test || made.is_suspected;
  const auto& result = is_negative ? kNegative : kPositive;
  if (made.slip == Slip::letter_for_digit && !is_negative) {
    observation["valueString"] = kDoubtful;
  } else if (made.result == ResultForm::text) {
    observation["valueString"] = result.word.japanese;
  } else {
    observation["valueCodeableConcept"] = result_of(made.result, result.word);
    observation["interpretation"] =
        array{concept_of(coding(terminology("v3-ObservationInterpretation"), result.interpretation))};
  }
}

object test_of(TestMethod method) {
  if (method == TestMethod::nucleic_acid)
    return concept_of(coding("http://loinc.org", "94500-6",
                             "SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory system specimen by NAA "
                             "with probe detection"),
                      "検体から核酸増幅法による病原体遺伝子の検出");
  return concept_of(
      coding("http://loinc.org", "94558-4",
             "SARS-CoV-2 (COVID-19) Ag [Presence] in Respiratory system specimen by Rapid immunoassay"),
      "抗原定性検査による病原体の抗原の検出");
}

sys_days day_of_test(const FhirCase& made, bool is_negative_test) {
  return is_negative_test ? made.collected - days(2) : made.collected;
}

bool is_of_hospital(Role role) {
  return role == Role::organization || role == Role::practitioner || role == Role::practitioner_role ||
         role == Role::laboratory;
}

}  // namespace

std::string uuid_of(const FhirCase& made, Role role) {
  constexpr std::uint64_t kHospitals = 0x486F73706974616CULL;
  const auto part = static_cast<std::uint64_t>(role) << 40U;
  Draw draw = is_of_hospital(role) ? Draw(kHospitals, part + made.hospital.index)
                                   : Draw(made.seed, part + (1ULL << 39U) + made.index);
  const std::uint64_t high = draw.next(), low = draw.next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xFFFFU,
                     high & 0xFFFU, ((low >> 48U) & 0x3FFFU) | 0x8000U, low & 0xFFFFFFFFFFFFULL);
}

object coding(std::string_view system, std::string_view code, std::string_view display) {
  object made{{"system", system}, {"code", code}};
  if (!display.empty()) made["display"] = display;
  return made;
}

object identifier(std::string_view system, std::string_view value) {
  return {{"system", system}, {"value", value}};
}

object number_in_hospital(const FhirCase& made, std::string_view letter) {
  return identifier(kNumbers, fmt::format("{}-{:07}", letter, made.index + 1));
}

object test_data_mark() {
  return {{"security", array{coding(terminology("v3-ActReason"), "HTEST", "test health data")}}};
}

object resource(std::string_view type, std::string_view profile) {
  auto meta = test_data_mark();
  if (!profile.empty()) meta["profile"] = array{fmt::format("{}{}", kProfiles, profile)};
  return {{"resourceType", type}, {"meta", std::move(meta)}};
}

object FhirResources::named(std::string_view type, std::string_view profile, Role role) const {
  auto made = resource(type, profile);
  if (style_ == Reference::by_type) made["id"] = uuid_of(made_, role);
  return made;
}

object FhirResources::refer(std::string_view type, Role role) const {
  const bool is_forgotten = role == Role::patient && made_.slip == Slip::impossible_date;
  if (is_forgotten && style_ == Reference::in_bundle)
    return {{"type", type}, {"identifier", patient_number(made_)}};
  const auto uuid = uuid_of(made_, role);
  return {
      {"reference", style_ == Reference::in_bundle ? "urn:uuid:" + uuid : fmt::format("{}/{}", type, uuid)}};
}

object FhirResources::patient() const {
  const auto& person = made_.person;
  auto made = named("Patient", "JP_Patient", Role::patient);
  made["identifier"] = array{patient_number(made_)};
  made["name"] = names(person.family, person.given);
  made["telecom"] = array{phone(person.phone, "mobile")};
  made["gender"] = person.gender;
  if (person.birth_told) made["birthDate"] = iso_date(person.born);
  if (made_.is_dead) made["deceasedDateTime"] = iso_date(made_.died);
  made["address"] =
      array{address(person.town, address_of(person),
                    fmt::format("{}9丁目{}番{}号", person.town.town, person.block, person.house))};
  return made;
}

object FhirResources::condition() const {
  auto made = named("Condition", "JP_Condition", Role::condition);
  if (made_.slip != Slip::number_missing) made["identifier"] = array{number_in_hospital(made_, "C")};
  made["clinicalStatus"] = concept_of(coding(terminology("condition-clinical"), clinical_status(made_)));
  made["verificationStatus"] =
      concept_of(coding(terminology("condition-ver-status"), verification_status(made_)));
  made["category"] = array{concept_of(coding(terminology("condition-category"), "encounter-diagnosis"))};
  made["code"] = disease_of(made_);
  made["subject"] = refer("Patient", Role::patient);
  if (style_ == Reference::in_bundle) made["encounter"] = refer("Encounter", Role::encounter);
  if (made_.symptoms) made["onsetDateTime"] = iso_date(made_.onset);
  made["recordedDate"] = iso_time(made_.reported, 16, 30);
  if (style_ == Reference::in_bundle) made["recorder"] = refer("Practitioner", Role::practitioner);
  if (made_.symptoms)
    if (auto evidence = evidence_of(made_); !evidence.empty()) made["evidence"] = std::move(evidence);
  return made;
}

object FhirResources::encounter() const {
  auto made = named("Encounter", "JP_Encounter", Role::encounter);
  const bool in_hospital = made_.is_admitted, ended = !in_hospital || made_.is_over || made_.is_dead;
  made["identifier"] = array{number_in_hospital(made_, "E")};
  made["status"] = ended ? "finished" : "in-progress";
  made["class"] = in_hospital ? coding(terminology("v3-ActCode"), "IMP", "inpatient encounter")
                              : coding(terminology("v3-ActCode"), "AMB", "ambulatory");
  made["subject"] = refer("Patient", Role::patient);
  object period{{"start", iso_time(made_.diagnosed, 10, 0)}};
  if (!in_hospital) period["end"] = iso_time(made_.diagnosed, 11, 0);
  if (in_hospital && ended) period["end"] = iso_time(made_.is_dead ? made_.died : made_.left, 10, 0);
  made["period"] = std::move(period);
  made["serviceProvider"] = refer("Organization", Role::organization);
  return made;
}

object FhirResources::organization() const {
  const auto& hospital = made_.hospital;
  auto made = named("Organization", "JP_Organization", Role::organization);
  made["identifier"] = array{identifier(kInstitutions, hospital.number)};
  made["name"] = hospital.name;
  made["telecom"] = array{phone(hospital.phone, "work")};
  const auto line = fmt::format("{}9丁目99番", hospital.town.town);
  const auto text = fmt::format("東京都{}{}", hospital.town.municipality, line);
  made["address"] = array{address(hospital.town, text, line)};
  return made;
}

object FhirResources::practitioner() const {
  const auto& hospital = made_.hospital;
  auto made = named("Practitioner", "JP_Practitioner", Role::practitioner);
  made["identifier"] = array{identifier(kRegistrations, fmt::format("99{:04}", hospital.index + 1))};
  made["name"] = names(hospital.doctor_family, hospital.doctor_given);
  return made;
}

object FhirResources::practitioner_role() const {
  auto made = named("PractitionerRole", "JP_PractitionerRole", Role::practitioner_role);
  made["practitioner"] = refer("Practitioner", Role::practitioner);
  made["organization"] = refer("Organization", Role::organization);
  return made;
}

object FhirResources::specimen(bool of_negative_test) const {
  auto made = named("Specimen", "JP_Specimen", of_negative_test ? Role::negative_specimen : Role::specimen);
  const auto& word = kSpecimens[made_.specimen];
  made["type"] = concept_of(coding("http://snomed.info/sct", word.code, word.display), word.japanese);
  made["subject"] = refer("Patient", Role::patient);
  made["collection"] = object{{"collectedDateTime", iso_time(day_of_test(made_, of_negative_test), 10, 15)}};
  return made;
}

object FhirResources::observation(bool is_negative_test) const {
  auto made = named("Observation", "JP_Observation_LabResult",
                    is_negative_test ? Role::negative_observation : Role::observation);
  const auto day = day_of_test(made_, is_negative_test);
  made["status"] = made_.is_preliminary ? "preliminary" : "final";
  made["category"] = array{concept_of(
      coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS", "laboratory"))};
  made["code"] = test_of(is_negative_test ? TestMethod::antigen : made_.method);
  made["subject"] = refer("Patient", Role::patient);
  made["effectiveDateTime"] = iso_time(day, 10, 15);
  made["issued"] = iso_time(is_negative_test ? day : made_.resulted, 15, 40);
  made["performer"] = array{refer("Organization", Role::organization)};
  put_result(made, made_, is_negative_test);
  made["specimen"] = refer("Specimen", is_negative_test ? Role::negative_specimen : Role::specimen);
  return made;
}

object FhirResources::diagnostic_report() const {
  auto made = named("DiagnosticReport", "JP_DiagnosticReport_LabResult", Role::report);
  if (made_.slip != Slip::number_missing) made["identifier"] = array{number_in_hospital(made_, "L")};
  made["basedOn"] = array{refer("ServiceRequest", Role::request)};
  made["status"] = made_.is_preliminary ? "preliminary" : "final";
  made["category"] = array{concept_of(coding("http://loinc.org", "LP29693-6"))};
  auto code = concept_of(
      coding("http://jpfhir.jp/fhir/core/CodeSystem/JP_DocumentCodes_CS", "11502-2", "検体検査報告書"));
  made["code"] = std::move(code);
  made["subject"] = refer("Patient", Role::patient);
  made["effectiveDateTime"] = iso_time(made_.collected, 10, 15);
  made["issued"] = iso_time(made_.resulted, 15, 40);
  made["performer"] = array{refer("Organization", Role::laboratory)};
  made["specimen"] = array{refer("Specimen", Role::specimen)};
  made["result"] = array{refer("Observation", Role::observation)};
  return made;
}

object FhirResources::service_request() const {
  auto made = named("ServiceRequest", "JP_ServiceRequest", Role::request);
  made["identifier"] = array{number_in_hospital(made_, "R")};
  made["status"] = "completed";
  made["intent"] = "order";
  made["code"] = test_of(made_.method);
  made["subject"] = refer("Patient", Role::patient);
  made["authoredOn"] = iso_time(made_.collected, 10, 5);
  made["requester"] = refer("PractitionerRole", Role::practitioner_role);
  return made;
}

object FhirResources::laboratory() const {
  auto made = named("Organization", "JP_Organization", Role::laboratory);
  made["identifier"] = array{identifier("urn:oid:1.2.392.200119.6.999", "99001")};
  made["name"] = "架空検査センター";
  made["telecom"] = array{phone("0300000201", "work")};
  return made;
}

}  // namespace musubi::app::sample
