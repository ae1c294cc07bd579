#include <algorithm>
#include <charconv>

#include "musubi/fhirpath/decimal.h"
#include "wide.h"

namespace musubi::fhirpath {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number without its exponent, taken from the front of `text`.
struct Digits {
  Coefficient coefficient = 0;
  int scale = 0;
  bool valid = false;
};

/// Appends the digits at the front of `text` to `number`; how many there were. Too many make it invalid.
int take_digits(std::string_view& text, Digits& number) noexcept {
  constexpr Coefficient kRoom = wide::kPowersOfTen[Decimal::kMaximumDigits - 1];
  int count = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++count) {
    if (number.coefficient >= kRoom) number.valid = false;
    if (number.valid) number.coefficient = number.coefficient * 10 + (text.front() - '0');
  }
  return count;
}

bool take_sign(std::string_view& text) noexcept {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

Digits take_number(std::string_view& text) noexcept {
  Digits number{.valid = true};
  const bool negative = take_sign(text);
  if (take_digits(text, number) == 0) return {};
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    number.scale = take_digits(text, number);
    if (number.scale == 0) return {};
  }
  if (negative) number.coefficient = -number.coefficient;
  return number;
}

/// e-3 to its end; nullopt: anything else.
std::optional<int> exponent(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('+') && text.substr(1, 1) != "-") text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr int kFarthest = 1000;
  if (error != std::errc() || end != text.data() + text.size() || std::abs(value) > kFarthest)
    return std::nullopt;
  return value;
}

/// The digits of `magnitude` at the end of a buffer, at least `minimum` of them; where they begin.
char* write_digits(Coefficient magnitude, int minimum, char* end) noexcept {
  for (int written = 0; magnitude != 0 || written < minimum; ++written) {
    *--end = static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
  }
  return end;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) noexcept {
  const Digits number = take_number(text);
  if (!number.valid || !text.empty()) return std::nullopt;
  return Decimal::of(number.coefficient, number.scale);
}

std::optional<Decimal> parse_fhir_decimal(std::string_view text) noexcept {
  const Digits number = take_number(text);
  const auto power = exponent(text);
  if (!number.valid || !power) return std::nullopt;
  const int scale = number.scale - *power;
  if (scale > Decimal::kMaximumScale) return std::nullopt;
  return wide::to_decimal(number.coefficient, scale);
}

std::string_view write_text(Decimal value, char* into) noexcept {
  char digits[kDecimalText];
  char* const end = digits + kDecimalText;
  const Coefficient magnitude = value.is_negative() ? -value.coefficient() : value.coefficient();
  const char* begin = write_digits(magnitude, value.scale() + 1, end);
  const char* const point = end - value.scale();

  char* out = into;
  if (value.is_negative()) *out++ = '-';
  out = std::copy(begin, point, out);
  if (value.scale() > 0) *out++ = '.';
  out = std::copy(point, static_cast<const char*>(end), out);
  return {into, static_cast<std::size_t>(out - into)};
}

std::string to_text(Decimal value) {
  char text[kDecimalText];
  return std::string(write_text(value, text));
}

}  // namespace musubi::fhirpath
