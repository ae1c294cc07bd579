// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/search-param-type
enum class SearchParamType : std::uint8_t {
  number,
  date,
  string,
  token,
  reference,
  composite,
  quantity,
  uri,
  special
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(SearchParamType) noexcept;

}  // namespace musubi::fhir::r4
