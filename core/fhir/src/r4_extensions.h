// The extensions that FHIR R4 itself defines. Constant data in the program, made from the official
// definitions beside r4_types.inc.
#pragma once

#include <span>
#include <string_view>

#include "musubi/fhirpath/type_table.h"

namespace musubi::fhir {

struct KnownPart {
  std::string_view url;
  std::span<const fhirpath::TypeIndex> types;  ///< of its value; empty: it has parts of its own
  bool required = false;
};

struct KnownExtension {
  std::string_view url;
  std::span<const fhirpath::TypeIndex> types;  ///< of its value; empty: it has parts instead
  std::span<const std::string_view> contexts;  ///< "Patient.birthDate", "HumanName", "Element"
  std::size_t first_part = 0, part_count = 0;
};

/// False: R4 has none of this URL.
bool find_extension(std::string_view url, KnownExtension& found) noexcept;
KnownPart part_at(std::size_t place) noexcept;

}  // namespace musubi::fhir
