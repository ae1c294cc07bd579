// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/request-intent
enum class RequestIntent : std::uint8_t {
  proposal,
  plan,
  directive,
  order,
  original_order,
  reflex_order,
  filler_order,
  instance_order,
  option
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(RequestIntent) noexcept;

}  // namespace musubi::fhir::r4
