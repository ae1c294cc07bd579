// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/questionnaire-enable-operator
enum class QuestionnaireEnableOperator : std::uint8_t {
  exists,
  equal,
  not_equal,
  greater,
  less,
  greater_equal,
  less_equal
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(QuestionnaireEnableOperator) noexcept;

}  // namespace musubi::fhir::r4
