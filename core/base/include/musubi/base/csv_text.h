// Text for CSV files that people open in spreadsheets: quoted by RFC 4180, and with nothing that a
// spreadsheet would run as a formula. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// Whether a spreadsheet may take a cell for a formula: it begins with = + - @, their full-width forms ＝ ＋
/// － ＠, a tab, a line end or NUL.
MUSUBI_SDK_API bool starts_like_formula(std::string_view cell) noexcept;

enum class CsvCell : std::uint8_t {
  text,   ///< what starts like a formula gets a leading apostrophe
  number  ///< -1.5 stays a number; what is no number is treated as text
};

/// Appends one cell, neutralised, and in quotes where it holds a comma, a quote, a line end or a NUL, or
/// begins or ends with a blank.
MUSUBI_SDK_API void append_csv_cell(std::string& out, std::string_view cell, CsvCell kind = CsvCell::text);

}  // namespace musubi::base
