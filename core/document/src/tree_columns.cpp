#include "tree_columns.h"

#include "header.h"

namespace musubi::document {

std::size_t ColumnList::add(std::string_view path) {
  const auto known = find(path);
  if (known != kNone) return known;
  numbers_.emplace(path, paths_.size());
  paths_.emplace_back(path);
  return paths_.size() - 1;
}

std::size_t ColumnList::find(std::string_view path) noexcept {
  if (expected_ >= paths_.size()) expected_ = 0;
  if (expected_ < paths_.size() && paths_[expected_] == path) return expected_++;
  const auto found = numbers_.find(path);
  if (found == numbers_.end()) return kNone;
  expected_ = found->second + 1;
  return found->second;
}

std::vector<std::string> ColumnList::names() const {
  std::vector<std::string> names;
  for (const auto& path : paths_) names.push_back(one_line(path));
  return names;
}

}  // namespace musubi::document
