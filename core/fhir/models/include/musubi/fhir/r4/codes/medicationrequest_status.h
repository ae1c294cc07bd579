// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/medicationrequest-status
enum class MedicationrequestStatus : std::uint8_t {
  active,
  on_hold,
  cancelled,
  completed,
  entered_in_error,
  stopped,
  draft,
  unknown
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(MedicationrequestStatus) noexcept;

}  // namespace musubi::fhir::r4
