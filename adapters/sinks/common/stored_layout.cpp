#include "stored_layout.h"

#include <algorithm>

namespace musubi::sinks {

std::vector<std::string> StoredLayout::field_ids() const {
  std::vector<std::string> ids;
  std::string_view rest = fields;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    ids.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return ids;
}

bool StoredLayout::speaks_of(std::string_view field) const {
  std::string_view rest = fields;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (rest.substr(0, comma) == field) return true;
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return false;
}

StoredLayout described(const model::RecordLayout& layout) {
  StoredLayout stored{0,
                      std::string(model::name_of(layout.kind)),
                      layout.mapping,
                      layout.mapping_version,
                      layout.mapping_digest,
                      {}};
  for (const auto field : layout.slots)
    stored.fields.append(stored.fields.empty() ? "" : ",").append(layout.catalogue->at(field).id);
  return stored;
}

bool alike(const StoredLayout& left, const StoredLayout& right) {
  return left.fields == right.fields && left.mapping_digest == right.mapping_digest &&
         left.kind == right.kind && left.mapping == right.mapping &&
         left.mapping_version == right.mapping_version;
}

const StoredLayout* find_layout(std::span<const StoredLayout> layouts, std::int64_t number) noexcept {
  const auto found = std::ranges::lower_bound(layouts, number, {}, &StoredLayout::number);
  return found != layouts.end() && found->number == number ? &*found : nullptr;
}

}  // namespace musubi::sinks
