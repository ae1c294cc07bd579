#include "value_set_table.h"

#include <algorithm>
#include <array>

#include "musubi/base/japanese_date.h"
#include "musubi/base/nearest.h"
#include "musubi/base/text.h"
#include "musubi/base/yaml_map.h"

namespace musubi::model {
namespace {

using base::Mark;
using base::Problems;

constexpr auto kColumns = std::to_array<std::string_view>(
    {"code", "ja", "en", "synonyms", "parent", "valid_from", "valid_to", "absent"});

constexpr auto kReasons = std::to_array<std::string_view>(
    {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"});

/// Cells of one line; a cell in quotation marks may hold commas and doubled marks.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells{std::string()};
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char each = line[at];
    if (each == '"' && quoted && at + 1 < line.size() && line[at + 1] == '"') {
      cells.back() += line[++at];
    } else if (each == '"') {
      quoted = !quoted;
    } else if (each == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += each;
    }
  }
  for (auto& cell : cells) cell = base::trim(cell);
  return cells;
}

/// Reads a table line by line.
class TableReader {
 public:
  TableReader(std::string_view text, std::uint32_t file, Problems& problems)
      : rest_(text), mark_{.file = file}, problems_(problems) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  std::optional<ValueSetTable> read() {
    ValueSetTable table;
    if (!read_head(table) || !read_columns()) return std::nullopt;
    while (next_line()) {
      if (std::ranges::all_of(cells_, &std::string::empty)) continue;
      if (auto row = read_row()) table.rows.push_back(std::move(*row));
    }
    return table;
  }

 private:
  bool next_line() {
    if (rest_.empty()) return false;
    const auto end = rest_.find('\n');
    auto line = rest_.substr(0, end);
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    cells_ = cells_of(line);
    ++mark_.line;
    mark_.column = 1;
    return true;
  }

  bool read_head(ValueSetTable& table) {
    if (!next_line() || cells_.size() < 4 || cells_[0] != "valueset") {
      problems_.error(mark_, "valueset.table_head");
      return false;
    }
    table.id = {cells_[1], mark_};
    table.label = {cells_[2], cells_[3]};
    return true;
  }

  bool read_columns() {
    if (!next_line()) cells_.clear();
    for (const auto& name : cells_)
      if (std::ranges::find(kColumns, name) == kColumns.end())
        problems_.error_near(mark_, "valueset.table_column", base::nearest(name, kColumns),
                             {{"name", name}, {"known", base::joined(kColumns)}});
    columns_ = cells_;
    const bool has_code = std::ranges::find(columns_, "code") != columns_.end();
    if (!has_code) problems_.error(mark_, "valueset.table_head");
    return has_code;
  }

  std::string cell(std::string_view column) const {
    const auto found = std::ranges::find(columns_, column);
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    return found == columns_.end() || index >= cells_.size() ? std::string() : cells_[index];
  }

  std::optional<std::chrono::sys_days> day(std::string_view column) {
    const auto text = cell(column);
    if (text.empty()) return std::nullopt;
    const auto date = base::parse_iso_date(text);
    const auto day = date ? base::day_of(*date) : std::nullopt;
    if (!day) problems_.error(mark_, "yaml.not_a_day", {{"key", std::string(column)}});
    return day;
  }

  std::optional<ValueSetRow> read_row() {
    ValueSetRow row{.code = {cell("code"), mark_}, .parent = {cell("parent"), mark_}};
    row.label = {cell("ja"), cell("en")};
    row.valid_from = day("valid_from");
    row.valid_to = day("valid_to");
    if (row.valid_from && row.valid_to && *row.valid_to < *row.valid_from)
      problems_.error(mark_, "valueset.days_reversed", {{"code", row.code.text}});
    read_synonyms(row);
    const auto reason = cell("absent");
    if (!reason.empty() && !absent_reason_named(reason)) {
      base::refuse_word({reason, mark_}, "absent", kReasons, problems_);
      return std::nullopt;
    }
    if (const auto named = absent_reason_named(reason)) row.absent = *named;
    if (row.code.text.empty() == reason.empty() || (!reason.empty() && row.absent == AbsentReason::none)) {
      problems_.error(mark_, "valueset.table_row");
      return std::nullopt;
    }
    return row;
  }

  void read_synonyms(ValueSetRow& row) {
    const auto text = cell("synonyms");
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = rest.find(';');
      if (const auto word = base::trim(rest.substr(0, end)); !word.empty())
        row.synonyms.push_back({std::string(word), mark_});
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
  }

  std::string_view rest_;
  Mark mark_;
  Problems& problems_;
  std::vector<std::string> columns_, cells_;
};

}  // namespace

std::optional<ValueSetTable> read_value_set_table(std::string_view text, std::string shown_name,
                                                  Problems& problems) {
  const auto file = problems.add_file(std::move(shown_name));
  if (const auto bad = base::malformed_utf8_at(text)) {
    const auto line = std::ranges::count(text.substr(0, *bad), '\n') + 1;
    problems.error({.file = file, .line = static_cast<std::uint32_t>(line)}, "yaml.not_utf8",
                   {{"offset", std::to_string(*bad)}});
    return std::nullopt;
  }
  return TableReader(text, file, problems).read();
}

}  // namespace musubi::model
