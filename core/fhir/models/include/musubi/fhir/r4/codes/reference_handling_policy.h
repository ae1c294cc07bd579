// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/reference-handling-policy
enum class ReferenceHandlingPolicy : std::uint8_t { literal, logical, resolves, enforced, local };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(ReferenceHandlingPolicy) noexcept;

}  // namespace musubi::fhir::r4
