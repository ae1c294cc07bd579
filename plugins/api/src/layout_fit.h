// How well the columns of a table fit a declared layout. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/plugin/source.h"

namespace musubi::plugin {

/// Names of columns as they are compared: width folded, without blanks (as readers do).
std::string column_key(std::string_view name);
std::set<std::string> column_keys(std::span<const std::string> names);

struct LayoutFit {
  std::size_t layout = 0;  ///< index
  std::size_t matched = 0;
  std::size_t missing = 0;
};

/// Counts only; says nothing on whether that is enough.
LayoutFit measure(const Layout& layout, std::size_t index, const std::set<std::string>& columns);
/// All required columns and at least half of all.
bool fits(const Layout& layout, const std::set<std::string>& columns);
std::vector<std::string> missing_columns(const Layout& layout, const std::set<std::string>& columns);
/// True where the layout names no sheet, or a part of this one's name.
bool names_sheet(const Layout& layout, std::string_view sheet);

/// The best of several that fit: most columns matched, then fewest missing, then one that names its sheet,
/// then the newest version not after `as_of` (without a day: the newest; before all versions: the oldest).
std::optional<LayoutFit> best_of(std::span<const LayoutFit> candidates, std::span<const Layout> layouts,
                                 std::optional<std::chrono::sys_days> as_of);

}  // namespace musubi::plugin
