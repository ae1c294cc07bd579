// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::fhir::r4 {

/// http://hl7.org/fhir/ValueSet/item-type
enum class ItemType : std::uint8_t {
  group,
  display,
  question,
  boolean,
  decimal,
  integer,
  date,
  date_time,
  time,
  string,
  text,
  url,
  choice,
  open_choice,
  attachment,
  reference,
  quantity
};
/// As FHIR writes them, in the order of the enumerators.
std::span<const std::string_view> codes_of(ItemType) noexcept;

}  // namespace musubi::fhir::r4
