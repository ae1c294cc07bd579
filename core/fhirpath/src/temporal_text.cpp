// Dates and times as text: literals of FHIRPath, date, dateTime, instant and time of FHIR.
#include <algorithm>

#include "calendar.h"
#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath {

namespace {

constexpr int kLargestOffset = 14 * 60;
constexpr std::size_t kFractionDigits = 9;

bool take(std::string_view& text, char sign) noexcept {
  if (!text.starts_with(sign)) return false;
  text.remove_prefix(1);
  return true;
}

/// Exactly `count` digits at the front, between the limits; −1: they are not there.
int take_number(std::string_view& text, std::size_t count, int least, int most) noexcept {
  if (text.size() < count) return -1;
  int number = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  if (number < least || number > most) return -1;
  text.remove_prefix(count);
  return number;
}

std::optional<Date> take_date(std::string_view& text) noexcept {
  const int year = take_number(text, 4, calendar::kFirstYear, calendar::kLastYear);
  if (year < 0) return std::nullopt;
  Date date{.year = static_cast<std::int16_t>(year)};
  if (!take(text, '-')) return date;
  const int month = take_number(text, 2, 1, calendar::kMonthsPerYear);
  if (month < 0) return std::nullopt;
  date.month = static_cast<std::uint8_t>(month);
  date.precision = Precision::month;
  if (!take(text, '-')) return date;
  const int day = take_number(text, 2, 1, calendar::last_day_of_month(year, date.month));
  if (day < 0) return std::nullopt;
  date.day = static_cast<std::uint8_t>(day);
  date.precision = Precision::day;
  return date;
}

/// The digits after the point, 1 to 9 of them.
bool take_fraction(std::string_view& text, Time& time) noexcept {
  const auto end = std::ranges::find_if_not(text, [](char c) { return c >= '0' && c <= '9'; });
  const auto count = static_cast<std::size_t>(end - text.begin());
  if (count == 0 || count > kFractionDigits) return false;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < kFractionDigits; ++i) {
    number = number * 10 + (i < count ? static_cast<std::uint32_t>(text[i] - '0') : 0);
  }
  time.nanosecond = number;
  time.fraction_digits = static_cast<std::uint8_t>(count);
  time.precision = Precision::millisecond;
  text.remove_prefix(count);
  return true;
}

std::optional<Time> take_time(std::string_view& text) noexcept {
  const int hour = take_number(text, 2, 0, 23);
  if (hour < 0) return std::nullopt;
  Time time{.hour = static_cast<std::uint8_t>(hour)};
  if (!take(text, ':')) return time;
  const int minute = take_number(text, 2, 0, 59);
  if (minute < 0) return std::nullopt;
  time.minute = static_cast<std::uint8_t>(minute);
  time.precision = Precision::minute;
  if (!take(text, ':')) return time;
  const int second = take_number(text, 2, 0, 59);
  if (second < 0) return std::nullopt;
  time.second = static_cast<std::uint8_t>(second);
  time.precision = Precision::second;
  if (take(text, '.') && !take_fraction(text, time)) return std::nullopt;
  return time;
}

/// Z, +hh:mm, -hh:mm; kNoOffset where nothing stands there; nullopt: malformed.
std::optional<std::int16_t> take_offset(std::string_view& text) noexcept {
  if (text.empty()) return DateTime::kNoOffset;
  if (take(text, 'Z')) return std::int16_t{0};
  const bool west = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const int hours = take_number(text, 2, 0, 14);
  if (hours < 0 || !take(text, ':')) return std::nullopt;
  const int minutes = take_number(text, 2, 0, 59);
  const int total = hours * 60 + minutes;
  if (minutes < 0 || total > kLargestOffset) return std::nullopt;
  return static_cast<std::int16_t>(west ? -total : total);
}

std::optional<DateTime> date_time(std::string_view text, bool bare_t_allowed) noexcept {
  const auto date = take_date(text);
  if (!date) return std::nullopt;
  DateTime value = to_date_time(*date);
  if (text.empty()) return value;
  if (!take(text, 'T')) return std::nullopt;
  if (text.empty()) return bare_t_allowed ? std::optional(value) : std::nullopt;
  const auto time = take_time(text);
  const auto offset = time ? take_offset(text) : std::nullopt;
  if (!offset || !text.empty() || date->precision != Precision::day) return std::nullopt;
  value.time = *time;
  value.precision = time->precision;
  value.offset_minutes = *offset;
  return value;
}

/// `number` with `digits` digits, leading zeros.
char* write_number(std::uint32_t number, int digits, char* out) noexcept {
  for (int i = digits - 1; i >= 0; --i, number /= 10) out[i] = static_cast<char>('0' + number % 10);
  return out + digits;
}

char* write_after(char sign, std::uint32_t number, char* out) noexcept {
  *out = sign;
  return write_number(number, 2, out + 1);
}

char* write(Date value, char* out) noexcept {
  out = write_number(static_cast<std::uint32_t>(value.year), 4, out);
  if (value.precision >= Precision::month) out = write_after('-', value.month, out);
  if (value.precision >= Precision::day) out = write_after('-', value.day, out);
  return out;
}

char* write(Time value, char* out) noexcept {
  out = write_number(value.hour, 2, out);
  if (value.precision >= Precision::minute) out = write_after(':', value.minute, out);
  if (value.precision >= Precision::second) out = write_after(':', value.second, out);
  if (value.fraction_digits == 0) return out;
  *out++ = '.';
  char fraction[kFractionDigits];
  write_number(value.nanosecond, static_cast<int>(kFractionDigits), fraction);
  return std::copy_n(fraction, value.fraction_digits, out);
}

char* write_offset(std::int16_t minutes, char* out) noexcept {
  if (minutes == 0) {
    *out = 'Z';
    return out + 1;
  }
  const auto magnitude = static_cast<std::uint32_t>(minutes < 0 ? -minutes : minutes);
  out = write_after(minutes < 0 ? '-' : '+', magnitude / 60, out);
  return write_after(':', magnitude % 60, out);
}

char* write(DateTime value, char* out) noexcept {
  out = write(value.date, out);
  if (value.precision < Precision::hour) return out;
  *out++ = 'T';
  out = write(value.time, out);
  return value.has_offset() ? write_offset(value.offset_minutes, out) : out;
}

template <class Value>
std::string text_of(Value value) {
  char text[kTemporalText];
  return {text, write(value, text)};
}

template <class Value>
std::string_view written(Value value, char* into) noexcept {
  return {into, static_cast<std::size_t>(write(value, into) - into)};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) noexcept {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) noexcept {
  const auto time = take_time(text);
  return text.empty() ? time : std::nullopt;
}

std::optional<DateTime> parse_date_time(std::string_view text) noexcept { return date_time(text, false); }

std::optional<DateTime> parse_date_time_literal(std::string_view text) noexcept {
  return date_time(text, true);
}

std::string to_text(Date value) { return text_of(value); }
std::string to_text(Time value) { return text_of(value); }
std::string to_text(DateTime value) { return text_of(value); }

std::string_view write_text(Date value, char* into) noexcept { return written(value, into); }
std::string_view write_text(Time value, char* into) noexcept { return written(value, into); }
std::string_view write_text(DateTime value, char* into) noexcept { return written(value, into); }

}  // namespace musubi::fhirpath
