#include "r4_extensions.h"

#include <algorithm>

namespace musubi::fhir {

namespace {

using fhirpath::TypeIndex;

struct Part {
  std::string_view url;
  std::uint16_t first_type = 0;
  std::uint8_t type_count = 0;
  bool required = false;
};

struct Row {
  std::string_view url;
  std::uint16_t first_type = 0;
  std::uint8_t type_count = 0;
  std::uint16_t first_context = 0;
  std::uint8_t context_count = 0;
  std::uint16_t first_part = 0;
  std::uint8_t part_count = 0;
};

// Defines kValueTypes, kContexts, kParts and kRows; rows by URL.
#include "r4_extensions.inc"

}  // namespace

bool find_extension(std::string_view url, KnownExtension& found) noexcept {
  const auto* const row = std::ranges::lower_bound(kRows, url, {}, &Row::url);
  if (row == std::end(kRows) || row->url != url) return false;
  found.url = row->url;
  found.types = {kValueTypes + row->first_type, row->type_count};
  found.contexts = {kContexts + row->first_context, row->context_count};
  found.first_part = row->first_part;
  found.part_count = row->part_count;
  return true;
}

KnownPart part_at(std::size_t place) noexcept {
  const auto& part = kParts[place];
  return {part.url, {kValueTypes + part.first_type, part.type_count}, part.required};
}

}  // namespace musubi::fhir
