// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/medicationdispense-status
enum class MedicationdispenseStatus : std::uint8_t {
  preparation,
  in_progress,
  cancelled,
  on_hold,
  completed,
  entered_in_error,
  stopped,
  declined,
  unknown
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(MedicationdispenseStatus) noexcept;

}  // namespace musubi::fhir::r4
