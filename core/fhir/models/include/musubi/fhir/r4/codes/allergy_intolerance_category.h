// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/allergy-intolerance-category
enum class AllergyIntoleranceCategory : std::uint8_t { food, medication, environment, biologic };
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(AllergyIntoleranceCategory) noexcept;

}  // namespace musubi::fhir::r4
