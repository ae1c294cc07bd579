#include "musubi/base/csv_text.h"

#include <algorithm>
#include <array>

namespace musubi::base {
namespace {

constexpr std::string_view kFormulaStarts{"=+-@\t\r\n\0", 8};
constexpr std::array<std::string_view, 4> kFullWidthStarts{"＝", "＋", "－", "＠"};

bool is_digit(char each) { return each >= '0' && each <= '9'; }

/// An optional minus, digits, and digits after a point where there is one.
bool is_number(std::string_view cell) noexcept {
  if (cell.starts_with('-')) cell.remove_prefix(1);
  const auto point = cell.find('.');
  const auto whole = cell.substr(0, point);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return false;
  if (point == cell.npos) return true;
  const auto fraction = cell.substr(point + 1);
  return !fraction.empty() && std::ranges::all_of(fraction, is_digit);
}

bool needs_quotes(std::string_view cell) noexcept {
  constexpr std::string_view kSpecial{",\"\r\n\0", 5};
  if (cell.empty()) return false;
  return cell.find_first_of(kSpecial) != cell.npos || cell.front() == ' ' || cell.back() == ' ';
}

void append_doubling_quotes(std::string& out, std::string_view cell) {
  for (const char each : cell) {
    if (each == '"') out += '"';
    out += each;
  }
}

}  // namespace

bool starts_like_formula(std::string_view cell) noexcept {
  if (cell.empty()) return false;
  return kFormulaStarts.find(cell.front()) != kFormulaStarts.npos ||
         std::ranges::any_of(kFullWidthStarts, [cell](auto start) { return cell.starts_with(start); });
}

void append_csv_cell(std::string& out, std::string_view cell, CsvCell kind) {
  const bool harmless = !starts_like_formula(cell) || (kind == CsvCell::number && is_number(cell));
  const std::string_view guard = harmless ? "" : "'";
  if (!needs_quotes(cell)) {
    out.append(guard).append(cell);
    return;
  }
  out.append("\"").append(guard);
  append_doubling_quotes(out, cell);
  out += '"';
}

}  // namespace musubi::base
