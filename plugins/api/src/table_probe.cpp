#include "table_probe.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::plugin {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Day = std::chrono::sys_days;

constexpr std::size_t kMostNames = 20;
constexpr std::size_t kLongestName = 40;  ///< characters

std::string shortened(const std::string& name) {
  std::size_t end = 0;
  for (std::size_t count = 0; count < kLongestName && end < name.size(); ++count) {
    do ++end;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U);
  }
  return end == name.size() ? name : name.substr(0, end) + "…";
}

bool opened_alike(const Layout& left, const Layout& right) {
  return left.header_rows == right.header_rows && left.encoding == right.encoding &&
         left.items == right.items && left.columns == right.columns;
}

bool is_header_not_found(const Error& error) { return error.code() == "document.header_not_found"; }

std::optional<Day> day_in_titles(std::span<const std::string> titles) {
  std::optional<Day> first;
  for (const auto& title : titles) {
    const auto day = date_in(title);
    if (!day) continue;
    const bool says_so = title.find("時点") != std::string::npos || title.find("現在") != std::string::npos ||
                         title.find("更新") != std::string::npos;
    if (says_so) return day;
    if (!first) first = day;
  }
  return first;
}

}  // namespace

std::string joined(std::span<const std::string> names) {
  std::string text;
  for (const auto& name : names.first(std::min(names.size(), kMostNames))) {
    if (!text.empty()) text += ", ";
    text += shortened(name);
  }
  return names.size() > kMostNames ? text + ", …" : text;
}

std::string names_of_mappings(std::span<const Layout> layouts) {
  std::set<std::string> names;
  for (const auto& layout : layouts) {
    if (layout.ignored_because.empty()) names.insert(layout.mapping);
  }
  return joined(std::vector<std::string>(names.begin(), names.end()));
}

bool is_unknown_layout(const Error& error) {
  return error.code() == "adapter.layout_unknown" || error.code() == "adapter.header_unknown";
}

bool is_empty_table(const Error& error) { return error.code() == "document.empty"; }

Result<Part> TableProbe::part_of(std::string_view sheet) {
  attempts_.clear();
  candidates_.clear();
  if (const auto ignored = sheet_to_ignore(sheet)) return read_part(sheet, {*ignored});
  try_every_layout(sheet);
  if (const auto best = best_of(candidates_, layouts_, as_of())) return read_part(sheet, *best);
  return nothing_fits();
}

/// A layout that is ignored by the sheet's name alone.
std::optional<std::size_t> TableProbe::sheet_to_ignore(std::string_view sheet) const {
  for (const auto index : usable_) {
    const auto& layout = layouts_[index];
    const bool by_name = !layout.ignored_because.empty() && layout.columns.empty() && !layout.sheet.empty();
    if (by_name && names_sheet(layout, sheet)) return index;
  }
  return std::nullopt;
}

void TableProbe::try_every_layout(std::string_view sheet) {
  for (const auto index : usable_) {
    if (!layouts_[index].columns.empty() && names_sheet(layouts_[index], sheet)) try_layout(sheet, index);
  }
}

void TableProbe::try_layout(std::string_view sheet, std::size_t index) {
  const auto& layout = layouts_[index];
  const auto* attempt = attempt_like(layout);
  if (attempt == nullptr) attempt = &attempts_.emplace_back(open_as(sheet, index));
  if (attempt->columns && fits(layout, *attempt->columns)) {
    candidates_.push_back(measure(layout, index, *attempt->columns));
  }
}

/// An earlier attempt that tells what opening as `layout` would.
const TableProbe::Attempt* TableProbe::attempt_like(const Layout& layout) const {
  const auto found = std::ranges::find_if(
      attempts_, [&](const Attempt& attempt) { return opened_alike(layouts_[attempt.layout], layout); });
  return found == attempts_.end() ? nullptr : &*found;
}

TableProbe::Attempt TableProbe::open_as(std::string_view sheet, std::size_t index) const {
  Attempt attempt;
  attempt.layout = index;
  const auto& layout = layouts_[index];
  auto reader = document::open_rows(layout.shape, submission_.bytes, options_for(sheet, layout));
  if (reader.has_error()) {
    attempt.error = reader.error();
    return attempt;
  }
  attempt.names.assign((*reader)->columns().begin(), (*reader)->columns().end());
  attempt.columns = column_keys(attempt.names);
  attempt.titles.assign((*reader)->titles().begin(), (*reader)->titles().end());
  return attempt;
}

document::TableOptions TableProbe::options_for(std::string_view sheet, const Layout& layout) const {
  document::TableOptions options;
  options.header.columns = layout.columns;
  options.header.rows = layout.header_rows;
  options.encoding = layout.encoding;
  options.sheet = sheet;
  options.items = layout.items;
  options.limits = limits_;
  return options;
}

std::optional<Day> TableProbe::as_of() const {
  if (submission_.stated_as_of) return submission_.stated_as_of;
  for (const auto& attempt : attempts_) {
    if (const auto day = day_in_titles(attempt.titles)) return day;
  }
  return date_in(submission_.name);
}

Part TableProbe::read_part(std::string_view sheet, const LayoutFit& fit) const {
  const auto& layout = layouts_[fit.layout];
  Part part;
  part.name = sheet;
  part.layout = fit.layout;
  part.shape = layout.shape;
  part.table = options_for(sheet, layout);
  part.as_of = as_of();
  part.ignored_because = layout.ignored_because;
  return part;
}

/// The reader's own complaint where there is one; else the nearest layout. Names are quoted only from a row
/// in which at least two columns of a layout were found: any other row may be a record.
Error TableProbe::nothing_fits() const {
  LayoutFit nearest;
  const Attempt* seen = nullptr;
  for (const auto& attempt : attempts_) {
    if (attempt.error && !is_header_not_found(*attempt.error)) return *attempt.error;
    if (!attempt.columns) continue;
    for (const auto index : usable_) {
      const auto fit = measure(layouts_[index], index, *attempt.columns);
      if (fit.matched < 2 || fit.matched <= nearest.matched) continue;
      nearest = fit;
      seen = &attempt;
    }
  }
  if (seen != nullptr) return layout_unknown(nearest, *seen);
  return Error(ErrorKind::bad_input, "adapter.header_unknown", {{"known", names_of_mappings(layouts_)}})
      .at({.file = submission_.bytes->name()});
}

Error TableProbe::layout_unknown(const LayoutFit& nearest, const Attempt& seen) const {
  const auto& layout = layouts_[nearest.layout];
  return Error(ErrorKind::bad_input, "adapter.layout_unknown",
               {{"seen", joined(seen.names)},
                {"layout", layout.mapping + " " + layout.version},
                {"missing", joined(missing_columns(layout, *seen.columns))}})
      .at({.file = submission_.bytes->name()});
}

}  // namespace musubi::plugin
