#include "layout_fit.h"

#include <algorithm>
#include <tuple>

#include "musubi/base/partial_date.h"
#include "musubi/base/text.h"

namespace musubi::plugin {
namespace {

bool is_blank(char each) { return each == ' ' || each == '\n' || each == '\r' || each == '\t'; }

/// Orders versions by how well they suit the day: larger is better.
std::tuple<bool, std::string> suitability(const Layout& layout, const std::string& day) {
  const bool in_use = day.empty() || layout.version <= day;
  if (in_use) return {true, layout.version};
  std::string reversed = layout.version;  // of those still to come, the one that comes first
  for (auto& each : reversed) each = static_cast<char>('~' - each);
  return {false, reversed};
}

}  // namespace

std::string column_key(std::string_view name) {
  std::string key = base::fold_width(name);
  std::erase_if(key, is_blank);
  return key;
}

std::set<std::string> column_keys(std::span<const std::string> names) {
  std::set<std::string> keys;
  for (const auto& name : names) keys.insert(column_key(name));
  return keys;
}

LayoutFit measure(const Layout& layout, std::size_t index, const std::set<std::string>& columns) {
  const auto wanted = column_keys(layout.columns);
  const auto matched = static_cast<std::size_t>(
      std::ranges::count_if(wanted, [&](const auto& each) { return columns.contains(each); }));
  return {index, matched, wanted.size() - matched};
}

bool fits(const Layout& layout, const std::set<std::string>& columns) {
  const bool all_required = std::ranges::all_of(
      layout.required_columns, [&](const auto& each) { return columns.contains(column_key(each)); });
  const auto fit = measure(layout, 0, columns);
  return all_required && fit.matched > 0 && fit.matched >= fit.missing;
}

std::vector<std::string> missing_columns(const Layout& layout, const std::set<std::string>& columns) {
  std::vector<std::string> missing;
  for (const auto& each : layout.columns) {
    if (!columns.contains(column_key(each))) missing.push_back(each);
  }
  return missing;
}

bool names_sheet(const Layout& layout, std::string_view sheet) {
  return column_key(sheet).find(column_key(layout.sheet)) != std::string::npos;
}

std::optional<LayoutFit> best_of(std::span<const LayoutFit> candidates, std::span<const Layout> layouts,
                                 std::optional<std::chrono::sys_days> as_of) {
  if (candidates.empty()) return std::nullopt;
  const std::string day = as_of ? base::to_text(base::partial_date(*as_of)) : std::string();
  const auto rank = [&](const LayoutFit& fit) {
    const auto& layout = layouts[fit.layout];
    return std::tuple(fit.matched, ~fit.missing, !layout.sheet.empty(), suitability(layout, day));
  };
  return *std::ranges::max_element(candidates, {}, rank);
}

}  // namespace musubi::plugin
