#include "r4_extensions.h"

#include <unordered_map>

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

// Defines kValueTypes, kContexts, kParts and kRows.
#include "r4_extensions.inc"

using Rows = std::unordered_map<std::string_view, const Row*>;

Rows rows_by_url() {
  Rows rows;
  rows.reserve(std::size(kRows));
  for (const auto& row : kRows) rows.emplace(row.url, &row);
  return rows;
}

}  // namespace

bool find_extension(std::string_view url, KnownExtension& found) noexcept {
  static const Rows kRowsByUrl = rows_by_url();
  const auto entry = kRowsByUrl.find(url);
  if (entry == kRowsByUrl.end()) return false;
  const auto* const row = entry->second;
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
