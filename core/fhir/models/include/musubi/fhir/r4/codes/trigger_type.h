// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/trigger-type
enum class TriggerType : std::uint8_t {
  named_event,
  periodic,
  data_changed,
  data_added,
  data_modified,
  data_removed,
  data_accessed,
  data_access_ended
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(TriggerType) noexcept;

}  // namespace musubi::fhir::r4
