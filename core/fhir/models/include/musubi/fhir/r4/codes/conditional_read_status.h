// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/conditional-read-status
enum class ConditionalReadStatus : std::uint8_t { not_supported, modified_since, not_match, full_support };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(ConditionalReadStatus) noexcept;

}  // namespace musubi::fhir::r4
