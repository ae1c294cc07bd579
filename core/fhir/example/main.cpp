// report BUNDLE.json: prints the patients and observations of a Bundle, makes an Observation, validates it,
// and writes it as JSON and as XML.
#include <fstream>
#include <iostream>
#include <sstream>

#include "musubi/fhir/models.h"
#include "musubi/fhir/models/extensions.h"
#include "musubi/fhir/r4/bundle.h"
#include "musubi/fhir/r4/observation.h"
#include "musubi/fhir/r4/patient.h"
#include "musubi/fhir/validation.h"

namespace {

using namespace musubi::fhir;

std::string content(const char* path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string text_of(const std::optional<r4::String>& text) { return text ? text->text() : std::string(); }

/// JP Core: how a name is written. IDE: in kanji, SYL: in kana.
constexpr std::string_view kScript = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

void print(const r4::Patient& patient) {
  for (const auto& name : patient.name) {
    const auto* script = r4::extension_value<r4::Code>(name.extension, kScript);
    std::cout << (script != nullptr && *script == "SYL" ? "  in kana: " : "Patient: ")
              << text_of(name.family);
    for (const auto& given : name.given) std::cout << ' ' << given.text();
    std::cout << '\n';
  }
  if (patient.gender == r4::AdministrativeGender::female) std::cout << "  a woman\n";
  if (patient.birth_date) std::cout << "  born on " << patient.birth_date->text() << '\n';
}

void print(const r4::Observation& observation) {
  std::cout << "Observation: " << (observation.code ? text_of(observation.code->text) : "") << " = ";
  if (!observation.value)
    std::cout << "?";
  else if (const auto* found = std::get_if<r4::CodeableConcept>(&*observation.value))
    std::cout << text_of(found->text);
  else if (const auto* quantity = std::get_if<r4::Quantity>(&*observation.value))
    std::cout << (quantity->value ? quantity->value->text() : "") << ' ' << text_of(quantity->unit);
  std::cout << '\n';
}

r4::Observation body_temperature(const r4::Uri& patient) {
  return {.status = r4::ObservationStatus::final,
          .code = r4::CodeableConcept{.coding = {{.system = "http://loinc.org", .code = "8310-5"}},
                                      .text = "Body temperature"},
          .subject = r4::Reference{.reference = patient.text()},
          .effective = r4::DateTime("2020-04-01T09:30:00+09:00"),
          .value = r4::Quantity{.value = "37.50",  // its digits are kept
                                .unit = "℃",
                                .system = "http://unitsofmeasure.org",
                                .code = "Cel"}};
}

int fail(const musubi::base::Error& error) {
  std::cerr << error.code() << ' ' << error.path() << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: report BUNDLE.json\n";
    return 2;
  }
  auto bundle = r4::read<r4::Bundle>(content(argv[1]), Format::json);
  if (!bundle) return fail(bundle.error());

  r4::Uri patient_url;
  for (const auto& entry : bundle->entry) {
    if (const auto* patient = entry.resource.get_if<r4::Patient>()) {
      print(*patient);
      patient_url = entry.full_url.value_or("");
    } else if (const auto* observation = entry.resource.get_if<r4::Observation>()) {
      print(*observation);
    }
  }
  bundle->entry.push_back({.full_url = "urn:uuid:5f3c2a10-0000-4000-8000-000000000003",
                           .resource = body_temperature(patient_url)});

  const auto json = r4::to_json(*bundle, {.indented = true});
  const auto resource = read_resource(json, "report", Format::json, {});
  if (!resource) return fail(resource.error());
  const auto issues = Validator().validate(*resource, json);
  for (const auto& issue : issues)
    std::cout << name_of(issue.severity) << ": " << issue.what.code() << ' ' << issue.what.path() << '\n';
  std::cout << (has_error(issues) ? "not valid\n" : "valid\n") << json << '\n';

  const auto xml = r4::to_xml(*bundle, {.indented = true});
  if (!xml) return fail(xml.error());
  std::cout << *xml;
  return has_error(issues) ? 1 : 0;
}
