// A row of the table record_layout: which fields the version of a record speaks of, and which mapping made
// it. Rows are only ever added.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/model/record_batch.h"

namespace musubi::sinks {

struct StoredLayout {
  std::int64_t number = 0;
  std::string kind, mapping, mapping_version, mapping_digest;
  std::string fields;  ///< ids joined with commas, in order of the catalogue that wrote them

  std::vector<std::string> field_ids() const;
  bool speaks_of(std::string_view field) const;
};

/// As it would be stored; without a number yet.
StoredLayout described(const model::RecordLayout& layout);
/// The same but for the number.
bool alike(const StoredLayout& left, const StoredLayout& right);
/// In ascending order of number: nullptr when there is none of this number.
const StoredLayout* find_layout(std::span<const StoredLayout> layouts, std::int64_t number) noexcept;

}  // namespace musubi::sinks
