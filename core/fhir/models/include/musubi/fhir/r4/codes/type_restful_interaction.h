// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/type-restful-interaction
enum class TypeRestfulInteraction : std::uint8_t {
  read,
  vread,
  update,
  patch,
  delete_,
  history_instance,
  history_type,
  create,
  search_type
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(TypeRestfulInteraction) noexcept;

}  // namespace musubi::fhir::r4
