#include <algorithm>

#include "musubi/fhirpath/quantity.h"

namespace musubi::fhirpath {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// What follows the number: 'mg' in quotes, or a calendar keyword. nullopt: neither.
std::optional<Quantity> with_unit(Decimal value, std::string_view unit) noexcept {
  if (unit.size() > 2 && unit.front() == '\'' && unit.back() == '\'') {
    const std::string_view code = unit.substr(1, unit.size() - 2);
    return code.find_first_of(kBlanks) == std::string_view::npos ? std::optional(Quantity{value, code, false})
                                                                 : std::nullopt;
  }
  return calendar_unit(unit) ? std::optional(Quantity{value, unit, true}) : std::nullopt;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) noexcept {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n'"), text.size());
  const auto value = parse_decimal(text.substr(0, end));
  if (!value) return std::nullopt;
  if (end == text.size()) return Quantity{*value, "1", false};
  const std::size_t unit = text.find_first_not_of(kBlanks, end);
  return unit == std::string_view::npos ? std::nullopt : with_unit(*value, text.substr(unit));
}

std::string to_text(const Quantity& quantity) {
  std::string text = to_text(quantity.value);
  text += quantity.calendar ? " " : " '";
  text += quantity.unit;
  if (!quantity.calendar) text += '\'';
  return text;
}

}  // namespace musubi::fhirpath
