// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/conditional-delete-status
enum class ConditionalDeleteStatus : std::uint8_t { not_supported, single, multiple };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(ConditionalDeleteStatus) noexcept;

}  // namespace musubi::fhir::r4
