#include "csv_scanner.h"

#include <algorithm>

namespace musubi::document {
namespace {

Cell text_cell(const CsvWindow& window, std::uint32_t from, std::uint32_t to) {
  return {.data = window.data() + from,
          .size = to - from,
          .source_length = to - from,
          .source_byte = window.base() + from,
          .kind = CellKind::text};
}

}  // namespace

void CsvScanner::restart(const CsvWindow& window) noexcept {
  next_ = count_ = 0;
  found_until_ = window.begin();
}

std::uint32_t CsvScanner::find_more(const CsvWindow& window) {
  next_ = count_ = 0;
  while (count_ == 0) {
    if (found_until_ >= window.end()) return kNone;
    const auto until = std::min(window.end(), found_until_ + kStretch);
    count_ = find_structure(window.data(), found_until_, until, separator_, positions_.data());
    found_until_ = until;
  }
  return positions_[next_++];
}

inline std::uint32_t CsvScanner::next_structural(const CsvWindow& window) {
  return next_ < count_ ? positions_[next_++] : find_more(window);
}

/// The separator or line end behind an unquoted text; the end of the source counts as one.
inline std::uint32_t CsvScanner::end_of_plain(const CsvWindow& window) {
  auto at = next_structural(window);
  while (at != kNone && window.data()[at] == '"') at = next_structural(window);
  return at == kNone && window.at_end() ? window.end() : at;
}

/// Goes on from behind the opening quote.
std::uint32_t CsvScanner::closing_quote(const CsvWindow& window, ScannedRow& row) {
  const char* const data = window.data();
  while (true) {
    const auto at = next_structural(window);
    if (at == kNone) return kNone;
    const bool is_last = at + 1 == window.end();
    if (is_last && !window.at_end()) return kNone;
    if (data[at] == '"') {
      if (is_last || data[at + 1] != '"') return at;
      next_structural(window);
      row.doubled_quotes = true;
    } else if (data[at] == '\n' || (data[at] == '\r' && data[at + 1] != '\n')) {
      ++row.line_ends;
    }
  }
}

std::uint32_t CsvScanner::scan_quoted(const CsvWindow& window, ScannedRow& row, Cell& cell) {
  const auto from = next_structural(window);
  const auto close = closing_quote(window, row);
  const auto end = close == kNone ? kNone : end_of_plain(window);
  if (end == kNone) return kNone;
  if (end != close + 1 && row.text_after_quote_at == kNone) row.text_after_quote_at = close + 1;
  cell = text_cell(window, from + 1, close);
  cell.source_byte = window.base() + from;
  cell.source_length = end - from;
  return end;
}

RowEnd CsvScanner::finish(const CsvWindow& window, ScannedRow& row, std::uint32_t at) {
  row.stop = row.next = at;
  if (at == window.end()) return RowEnd::complete;
  ++row.line_ends;
  row.next = at + 1;
  if (window.data()[at] == '\r') {
    if (row.next == window.end() && !window.at_end()) return RowEnd::needs_more;
    if (row.next < window.end() && window.data()[row.next] == '\n') row.next = next_structural(window) + 1;
  }
  return row.stop == row.begin ? RowEnd::blank : RowEnd::complete;
}

/// The fast path: plain cells, and quoted ones without anything special in them, up to the first other cell,
/// the end of the row, of the width or of what positions are known of. Returns where that one begins.
std::uint32_t CsvScanner::scan_easy_cells(const CsvWindow& window, ScannedRow& row, std::span<Cell> cells,
                                          std::uint32_t from) {
  const char* const data = window.data();
  const auto base = window.base();
  const std::uint32_t* at = positions_.data() + next_;
  const std::uint32_t* const last = positions_.data() + count_;
  Cell* cell = cells.data() + row.cells;
  for (const Cell* const end = cells.data() + cells.size(); cell < end && at < last; ++cell) {
    if (data[from] != '"') {
      if (data[*at] != separator_) break;
      const auto length = *at - from;
      *cell = {data + from, length, length, base + from, CellKind::text};
    } else {
      if (last - at < 3 || data[at[1]] != '"' || at[1] + 1 != at[2] || data[at[2]] != separator_) break;
      at += 2;
      const auto length = *at - from;
      *cell = {data + from + 1, length - 2, length, base + from, CellKind::text};
    }
    from = *at++ + 1;
  }
  next_ = static_cast<std::size_t>(at - positions_.data());
  row.cells = static_cast<std::uint32_t>(cell - cells.data());
  return from;
}

ScannedRow CsvScanner::scan(const CsvWindow& window, std::span<Cell> cells) {
  ScannedRow row{.begin = window.begin(), .last_cell = window.begin()};
  row.end = window.at_end() ? RowEnd::nothing : RowEnd::needs_more;
  if (row.begin == window.end()) return row;
  const char* const data = window.data();
  for (auto from = row.begin;;) {
    if (row.cells < cells.size()) from = scan_easy_cells(window, row, cells, from);
    row.last_cell = from;
    row.last_cell_line_ends = row.line_ends;
    Cell cell;
    const bool quoted = data[from] == '"';
    const auto to = quoted ? scan_quoted(window, row, cell) : end_of_plain(window);
    if (to == kNone) {
      row.end = window.at_end() ? RowEnd::unclosed_quote : RowEnd::needs_more;
      return row;
    }
    if (!quoted) cell = text_cell(window, from, to);
    if (row.cells < cells.size())
      cells[row.cells] = cell;
    else if (cell.size != 0 && row.extra_at == kNone)
      row.extra_at = from;
    ++row.cells;
    if (data[to] != separator_) {
      row.end = finish(window, row, to);
      return row;
    }
    from = to + 1;
  }
}

}  // namespace musubi::document
