#include "removal.h"

#include "entry_removal.h"
#include "key_removal.h"

namespace musubi::mapping {

std::vector<Part> parts_of(const Mapping& mapping, const std::string& mapping_file) {
  const auto source = std::make_shared<const Source>(mapping, mapping_file);
  if (!source->inherited) return {};
  auto parts = removable_keys(source);
  auto entries = removable_entries(source);
  parts.insert(parts.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  return parts;
}

}  // namespace musubi::mapping
