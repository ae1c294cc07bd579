// Finds the header of a table among its first rows; the same for CSV, sheets, and any other rows of text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

/// One of the first rows of a source, decoded. Rows without any cell (blank lines) are left out by the
/// caller.
struct PreviewRow {
  std::uint64_t line = 0;          ///< line of the file or row of the sheet, from 1
  std::vector<std::string> cells;  ///< empty: the row could not be read; it is never taken for the header
};

struct FoundHeader {
  std::size_t first = 0;  ///< index of the header's first row among the rows given
  std::size_t rows = 1;   ///< its height; the data begin at first + rows
  std::vector<std::string> columns;
  std::vector<std::string> titles;  ///< non-empty rows above it
};

/// What a column name is compared by: width folded, without any blanks and line breaks.
std::string column_key(std::string_view name);

/// Line breaks and runs of blanks become one space; trimmed.
std::string one_line(std::string_view text);

/// Errors: document.empty (no row with text), document.header_not_found (its sentence names looked-for
/// columns only, never a cell's content).
base::Result<FoundHeader> find_header(std::span<const PreviewRow> rows, const HeaderSearch& search,
                                      const std::string& shown_name);

}  // namespace musubi::document
