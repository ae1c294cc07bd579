#include "r4_profiles.h"

#include <algorithm>

namespace musubi::fhir {
namespace {

// Defines kProfiles.
#include "r4_profiles.inc"

struct VitalSign {
  std::string_view loinc, profile;
};

constexpr VitalSign kVitalSigns[] = {
    {"2708-6", "http://hl7.org/fhir/StructureDefinition/oxygensat"},
    {"29463-7", "http://hl7.org/fhir/StructureDefinition/bodyweight"},
    {"39156-5", "http://hl7.org/fhir/StructureDefinition/bmi"},
    {"8302-2", "http://hl7.org/fhir/StructureDefinition/bodyheight"},
    {"8310-5", "http://hl7.org/fhir/StructureDefinition/bodytemp"},
    {"85353-1", "http://hl7.org/fhir/StructureDefinition/vitalspanel"},
    {"85354-9", "http://hl7.org/fhir/StructureDefinition/bp"},
    {"8867-4", "http://hl7.org/fhir/StructureDefinition/heartrate"},
    {"9279-1", "http://hl7.org/fhir/StructureDefinition/resprate"},
    {"9843-4", "http://hl7.org/fhir/StructureDefinition/headcircum"},
};

}  // namespace

const Packages& r4_profiles() {
  static const Packages kRead = [] {
    Packages packages;
    for (const auto each : kProfiles) packages.add_json(std::string(each), "R4").value();
    return packages;
  }();
  return kRead;
}

std::string_view vital_sign_profile(std::string_view loinc) noexcept {
  const auto found = std::ranges::find(kVitalSigns, loinc, &VitalSign::loinc);
  return found == std::end(kVitalSigns) ? std::string_view() : found->profile;
}

}  // namespace musubi::fhir
