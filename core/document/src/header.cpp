#include "header.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "musubi/base/text.h"

namespace musubi::document {
namespace {

constexpr std::string_view kWideSpace = "\u3000";

/// Length of the blank at the start of `text`: ASCII blanks, line ends and U+3000; 0: none.
std::size_t blank_at(std::string_view text) {
  if (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')) return 1;
  return text.starts_with(kWideSpace) ? kWideSpace.size() : 0;
}

/// Replaces every run of blanks by `replacement`.
std::string with_blanks_as(std::string_view text, std::string_view replacement) {
  std::string result;
  result.reserve(text.size());
  bool in_blank = false;
  while (!text.empty()) {
    const auto blank = blank_at(text);
    if (blank != 0 && !in_blank) result += replacement;
    if (blank == 0) result += text.front();
    in_blank = blank != 0;
    text.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return result;
}

bool has_text(const PreviewRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return !base::trim(cell).empty(); });
}

std::string joined(std::span<const std::string> texts, std::string_view between) {
  std::string result;
  for (const auto& text : texts) {
    if (text.empty()) continue;
    if (!result.empty()) result += between;
    result += text;
  }
  return result;
}

std::string title_of(const PreviewRow& row) {
  std::vector<std::string> cells;
  for (const auto& cell : row.cells) cells.push_back(one_line(cell));
  return joined(cells, " ");
}

/// Columns of a header that starts at `first`: cells of its rows joined with a space.
std::vector<std::string> columns_at(std::span<const PreviewRow> rows, std::size_t first, std::size_t height) {
  std::vector<std::string> columns;
  for (const auto& row : rows.subspan(first, height)) {
    columns.resize(std::max(columns.size(), row.cells.size()));
    for (std::size_t index = 0; index < row.cells.size(); ++index) {
      const auto cell = one_line(row.cells[index]);
      if (!cell.empty() && !columns[index].empty()) columns[index] += ' ';
      columns[index] += cell;
    }
  }
  return columns;
}

/// A second "結果" becomes "結果 (2)"; empty names stay empty.
void make_distinct(std::vector<std::string>& columns) {
  std::unordered_map<std::string, std::size_t> times_seen;
  std::unordered_set<std::string> taken(columns.begin(), columns.end());
  for (auto& column : columns) {
    if (column.empty() || ++times_seen[column] == 1) continue;
    auto& times = times_seen[column];
    auto name = column + " (" + std::to_string(times) + ")";
    while (!taken.insert(name).second) name = column + " (" + std::to_string(++times) + ")";
    column = std::move(name);
  }
}

FoundHeader header_at(std::span<const PreviewRow> rows, std::size_t first, std::size_t height) {
  FoundHeader found{.first = first, .rows = height, .columns = columns_at(rows, first, height), .titles = {}};
  make_distinct(found.columns);
  for (const auto& row : rows.first(first)) {
    if (has_text(row)) found.titles.push_back(title_of(row));
  }
  return found;
}

/// A row that looks most like the header so far.
struct Candidate {
  std::size_t first = 0;
  std::vector<std::string> present;
  std::vector<std::string> missing;
};

std::size_t height_of(const HeaderSearch& search) { return std::max<std::size_t>(search.rows, 1); }

Candidate compared(std::span<const PreviewRow> rows, std::size_t first, const HeaderSearch& search) {
  std::unordered_set<std::string> keys;
  for (const auto& column : columns_at(rows, first, height_of(search))) keys.insert(column_key(column));
  Candidate candidate{.first = first, .present = {}, .missing = {}};
  for (const auto& wanted : search.columns) {
    auto& list = keys.contains(column_key(wanted)) ? candidate.present : candidate.missing;
    list.push_back(wanted);
  }
  return candidate;
}

bool readable(std::span<const PreviewRow> rows) {
  return std::none_of(rows.begin(), rows.end(), [](const PreviewRow& row) { return row.cells.empty(); });
}

Candidate best_candidate(std::span<const PreviewRow> rows, const HeaderSearch& search) {
  Candidate best{.first = 0, .present = {}, .missing = search.columns};
  const auto last = std::min<std::size_t>(rows.size(), search.look_in);
  const auto height = height_of(search);
  for (std::size_t first = 0; first < last && first + height <= rows.size(); ++first) {
    if (!readable(rows.subspan(first, height))) continue;
    auto candidate = compared(rows, first, search);
    if (candidate.present.size() > best.present.size()) best = std::move(candidate);
  }
  return best;
}

bool enough(const Candidate& candidate, const HeaderSearch& search) {
  const auto wanted = search.columns.size();
  return candidate.present.size() * 2 >= wanted &&
         candidate.present.size() >= std::min<std::size_t>(2, wanted);
}

base::Error not_found(const Candidate& nearest, std::span<const PreviewRow> rows, const HeaderSearch& search,
                      const std::string& shown_name) {
  const auto line = rows[nearest.first].line;
  return base::Error(base::ErrorKind::bad_input, "document.header_not_found",
                     {{"columns", joined(search.columns, ", ")},
                      {"rows", std::to_string(std::min<std::size_t>(rows.size(), search.look_in))},
                      {"nearest_line", std::to_string(line)},
                      {"present", std::to_string(nearest.present.size())},
                      {"wanted", std::to_string(search.columns.size())},
                      {"missing", joined(nearest.missing, ", ")}})
      .at({.file = shown_name, .line = line});
}

}  // namespace

std::string column_key(std::string_view name) { return with_blanks_as(base::fold_width(name), ""); }

std::string one_line(std::string_view text) { return with_blanks_as(base::trim(text), " "); }

base::Result<FoundHeader> find_header(std::span<const PreviewRow> rows, const HeaderSearch& search,
                                      const std::string& shown_name) {
  const auto first_text = std::find_if(rows.begin(), rows.end(), has_text);
  if (first_text == rows.end())
    return base::Error(base::ErrorKind::bad_input, "document.empty").at({.file = shown_name});
  if (search.columns.empty()) {
    const auto first = static_cast<std::size_t>(first_text - rows.begin());
    return header_at(rows, first, std::min(height_of(search), rows.size() - first));
  }
  const auto best = best_candidate(rows, search);
  if (!enough(best, search)) return not_found(best, rows, search, shown_name);
  return header_at(rows, best.first, height_of(search));
}

}  // namespace musubi::document
