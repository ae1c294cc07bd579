// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification
enum class V3ConfidentialityClassification : std::uint8_t { u, l, m, n, r, v };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(V3ConfidentialityClassification) noexcept;

}  // namespace musubi::fhir::r4
