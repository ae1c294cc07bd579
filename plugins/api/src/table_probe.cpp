#include "table_probe.h"

#include <algorithm>

#include "musubi/base/nearest.h"
#include "musubi/base/shown_text.h"

namespace musubi::plugin {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Day = std::chrono::sys_days;

constexpr std::size_t kMostNames = 20;

/// The columns of a header as they may be shown.
std::vector<std::string> shown(std::span<const std::string> names) {
  std::vector<std::string> all;
  for (std::size_t index = 0; index < names.size(); ++index)
    all.push_back(base::shown_column(names[index], index + 1));
  return all;
}

/// "公表_年月日 → 公表_年月" for each missing column that another name of the header is near to.
std::string renames(std::span<const std::string> missing, std::span<const std::string> names) {
  std::vector<std::string> pairs;
  for (const auto& each : missing) {
    const auto near = base::nearest(each, names);
    const auto index = static_cast<std::size_t>(std::ranges::find(names, near) - names.begin());
    if (!near.empty()) pairs.push_back(each + " → " + base::shown_column(near, index + 1));
  }
  return joined(pairs);
}

bool opened_alike(const Layout& left, const Layout& right) {
  return left.header_rows == right.header_rows && left.encoding == right.encoding &&
         left.items == right.items && left.lists == right.lists && left.columns == right.columns;
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
    text += name;
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
  options.lists = layout.lists;
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

Part TableProbe::faulty_part(std::string_view sheet, const Error& fault) const {
  const auto read = [&](std::size_t index) { return layouts_[index].ignored_because.empty(); };
  const auto first_read = std::ranges::find_if(usable_, read);
  const auto otherwise = first_read == usable_.end() ? usable_.front() : *first_read;
  const auto near = nearest();
  auto part = read_part(sheet, {.layout = near.seen == nullptr ? otherwise : near.fit.layout});
  part.ignored_because.clear();
  part.fault = fault;
  return part;
}

/// Only rows in which at least two columns of a layout were found count: any other row may be a record, and
/// its cells are not to be quoted.
TableProbe::Nearest TableProbe::nearest() const {
  Nearest best;
  for (const auto& attempt : attempts_) {
    if (!attempt.columns) continue;
    for (const auto index : usable_) {
      const auto fit = measure(layouts_[index], index, *attempt.columns);
      if (fit.matched >= 2 && fit.matched > best.fit.matched) best = {fit, &attempt};
    }
  }
  return best;
}

/// The reader's own complaint where there is one; else the nearest layout.
Error TableProbe::nothing_fits() const {
  for (const auto& attempt : attempts_)
    if (attempt.error && !is_header_not_found(*attempt.error)) return *attempt.error;
  const auto near = nearest();
  if (near.seen != nullptr) return layout_unknown(near.fit, *near.seen);
  return Error(ErrorKind::bad_input, "adapter.header_unknown", {{"known", names_of_mappings(layouts_)}})
      .at({.file = submission_.bytes->name()});
}

Error TableProbe::layout_unknown(const LayoutFit& nearest, const Attempt& seen) const {
  const auto& layout = layouts_[nearest.layout];
  const auto missing = missing_columns(layout, *seen.columns);
  const auto renamed = renames(missing, seen.names);
  const auto* code = renamed.empty() ? "adapter.layout_unknown" : "adapter.layout_unknown_near";
  return Error(ErrorKind::bad_input, code,
               {{"seen", joined(shown(seen.names))},
                {"layout", layout.mapping + " " + layout.version},
                {"missing", joined(missing)},
                {"renamed", renamed}})
      .at({.file = submission_.bytes->name()});
}

}  // namespace musubi::plugin
