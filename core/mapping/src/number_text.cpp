#include "number_text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

constexpr int kMostDecimals = 18;
constexpr std::int64_t kOldestYears = 150;
constexpr std::int64_t kOldestMonths = 36;
constexpr std::int16_t kJapan = 540;
constexpr auto kYearMarks = std::to_array<std::string_view>({"歳", "才"});
constexpr auto kMonthMarks = std::to_array<std::string_view>(
    {"か月", "ヶ月", "カ月", "ケ月", "ヵ月", "ヵ月", "箇月", "ヶ月", "月", " months", "months"});

bool is_digit(char each) { return each >= '0' && each <= '9'; }

/// The digits at the start; removed from `text`.
std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const auto digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || failure != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> take_number(std::string_view& text) { return number_of(take_digits(text)); }

template <std::size_t Size>
bool take_any(std::string_view& text, const std::array<std::string_view, Size>& marks) {
  for (const auto mark : marks)
    if (take(text, mark)) return true;
  return false;
}

/// Adds digits to a mantissa; false when it overflows.
bool add_digits(std::string_view digits, std::int64_t& mantissa) {
  for (const char digit : digits) {
    if (__builtin_mul_overflow(mantissa, std::int64_t{10}, &mantissa)) return false;
    if (__builtin_add_overflow(mantissa, std::int64_t{digit - '0'}, &mantissa)) return false;
  }
  return true;
}

/// Digits in front of the point: plain, or in groups of three behind commas.
bool take_whole_part(std::string_view& text, std::int64_t& mantissa, bool& any) {
  auto digits = take_digits(text);
  any = !digits.empty();
  if (!add_digits(digits, mantissa)) return false;
  if (!text.starts_with(',')) return true;
  if (digits.empty() || digits.size() > 3) return false;
  while (take(text, ",")) {
    digits = take_digits(text);
    if (digits.size() != 3 || !add_digits(digits, mantissa)) return false;
  }
  return true;
}

std::optional<model::Decimal> plain_decimal(std::string_view text) {
  const bool negative = take(text, "-");
  if (!negative) take(text, "+");
  std::int64_t mantissa = 0;
  bool any = false;
  if (!take_whole_part(text, mantissa, any)) return std::nullopt;
  std::string_view decimals;
  if (take(text, ".")) decimals = take_digits(text);
  if (!text.empty() || (!any && decimals.empty()) || decimals.size() > kMostDecimals) return std::nullopt;
  if (!add_digits(decimals, mantissa)) return std::nullopt;
  return model::Decimal{negative ? -mantissa : mantissa, static_cast<std::uint8_t>(decimals.size())};
}

/// Hours and minutes of a zone: "+09:00", "+0900", "Z", or nothing at all.
std::optional<std::int16_t> zone(std::string_view text) {
  if (text.empty()) return kJapan;
  if (text == "Z") return std::int16_t{0};
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = number_of(text.substr(0, 2));
  if (text.size() < 4) return std::nullopt;
  text.remove_prefix(2);
  take(text, ":");
  const auto minutes = number_of(text);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const auto offset = static_cast<std::int16_t>(*hours * 60 + *minutes);
  return west ? static_cast<std::int16_t>(-offset) : offset;
}

/// Microseconds since midnight; what follows the time stays in `text`.
std::optional<std::int64_t> take_time(std::string_view& text) {
  const auto hour = take_number(text);
  if (!hour || !(take(text, ":") || take(text, "時"))) return std::nullopt;
  const auto minute = take_number(text);
  if (!minute) return std::nullopt;
  take(text, "分");
  std::int64_t second = 0, fraction = 0;
  if (take(text, ":")) {
    const auto seconds = take_number(text);
    if (!seconds) return std::nullopt;
    second = *seconds;
    if (take(text, ".")) {
      auto digits = take_digits(text).substr(0, 6);
      fraction = number_of(digits).value_or(0);
      for (auto place = digits.size(); place < 6; ++place) fraction *= 10;
    }
  }
  if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
  return ((*hour * 60 + *minute) * 60 + second) * 1'000'000 + fraction;
}

std::int64_t microseconds_of(std::chrono::sys_days day) {
  return std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch()).count();
}

model::Moment moment_at(std::chrono::sys_days day, std::int64_t time, std::int16_t offset) {
  return {microseconds_of(day) + time - std::int64_t{offset} * 60'000'000, offset};
}

}  // namespace

std::optional<double> real_number(std::string_view text) noexcept {
  double number = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || stop != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::optional<model::Decimal> decimal_number(std::string_view text) noexcept {
  if (text.find_first_of("eE") == text.npos) return plain_decimal(text);
  const auto real = real_number(text);
  if (!real) return std::nullopt;
  std::array<char, 400> written{};
  const auto [end, failure] =
      std::to_chars(written.data(), written.data() + written.size(), *real, std::chars_format::fixed);
  if (failure != std::errc{}) return std::nullopt;
  return plain_decimal({written.data(), static_cast<std::size_t>(end - written.data())});
}

std::optional<std::int64_t> whole_number(std::string_view text) noexcept {
  auto number = plain_decimal(text);
  if (!number) return std::nullopt;
  for (; number->scale != 0; --number->scale) {
    if (number->mantissa % 10 != 0) return std::nullopt;
    number->mantissa /= 10;
  }
  return number->mantissa;
}

std::optional<model::Age> age(std::string_view text) noexcept {
  if (const auto years = whole_number(text)) {
    if (*years < 0 || *years > kOldestYears) return std::nullopt;
    return model::Age{static_cast<std::int32_t>(*years), false};
  }
  take(text, "生後");
  take(text, "満");
  auto number = take_number(text);
  std::int64_t years = 0;
  if (number && take_any(text, kYearMarks)) {
    years = *number;
    if (years > kOldestYears) return std::nullopt;
    if (text.empty()) return model::Age{static_cast<std::int32_t>(years), false};
    number = take_number(text);
  }
  if (!number || !take_any(text, kMonthMarks) || !text.empty() || *number > kOldestMonths)
    return std::nullopt;
  if (years > 0) return model::Age{static_cast<std::int32_t>(years), false};
  return model::Age{static_cast<std::int32_t>(*number), true};
}

std::optional<model::Moment> moment(std::string_view text) noexcept {
  const auto gap = text.find_first_of("T ");
  if (gap == text.npos) return std::nullopt;
  const auto date = base::parse_date(text.substr(0, gap));
  const auto day = date ? base::day_of(*date) : std::nullopt;
  auto rest = base::trim(text.substr(gap + 1));
  const auto time = take_time(rest);
  const auto offset = zone(base::trim(rest));
  if (!day || !time || !offset) return std::nullopt;
  return moment_at(*day, *time, *offset);
}

}  // namespace musubi::mapping
