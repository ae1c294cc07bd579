// Parts of dates and times: conversion, precision, boundaries, components.
#include "musubi/fhirpath/temporal.h"

#include <algorithm>
#include <array>

#include "calendar.h"

namespace musubi::fhirpath {

namespace {

constexpr std::int16_t kEasternmost = 14 * 60;
constexpr std::int16_t kWesternmost = -12 * 60;
constexpr std::uint8_t kMillisecondDigits = 3;

/// Digits by Precision.
constexpr std::array<int, 7> kDateTimeDigits = {4, 6, 8, 10, 12, 14, 17};
constexpr std::array<int, 7> kTimeDigits = {0, 0, 0, 2, 4, 6, 9};

std::optional<Precision> precision_of(const std::array<int, 7>& digits, int wanted, Precision least,
                                      Precision most) noexcept {
  const auto found = std::ranges::find(digits, wanted);
  if (found == digits.end()) return std::nullopt;
  const auto precision = static_cast<Precision>(found - digits.begin());
  return precision < least || precision > most ? std::nullopt : std::optional(precision);
}

/// Cut to `precision`, to which it is known.
Date known_to(Date date, Precision precision) noexcept {
  date.precision = std::min(precision, Precision::day);
  if (date.precision < Precision::day) date.day = 1;
  if (date.precision < Precision::month) date.month = 1;
  return date;
}

Time known_to(Time time, Precision precision) noexcept {
  constexpr std::uint32_t kMillisecond = 1'000'000;
  time.precision = precision;
  time.fraction_digits = precision == Precision::millisecond ? kMillisecondDigits : std::uint8_t{0};
  time.nanosecond = precision == Precision::millisecond ? time.nanosecond / kMillisecond * kMillisecond : 0;
  if (precision < Precision::second) time.second = 0;
  if (precision < Precision::minute) time.minute = 0;
  return time;
}

Date latest(Date date) noexcept {
  if (date.precision < Precision::month) date.month = calendar::kMonthsPerYear;
  if (date.precision < Precision::day) date.day = calendar::last_day_of_month(date.year, date.month);
  return date;
}

Time latest(Time time) noexcept {
  constexpr std::uint32_t kLastMillisecond = 999'000'000;
  if (time.precision < Precision::minute) time.minute = 59;
  if (time.precision < Precision::second) time.second = 59;
  if (time.precision < Precision::millisecond) time.nanosecond = kLastMillisecond;
  return time;
}

Time latest_time(DateTime value) noexcept {
  constexpr Time kLastHour{.hour = 23};
  return latest(value.precision >= Precision::hour ? value.time : kLastHour);
}

/// `date` and `time` cut to `precision`, with the offset of `value` or, where a time is given, `otherwise`.
DateTime boundary(DateTime value, Date date, Time time, Precision precision,
                  std::int16_t otherwise) noexcept {
  DateTime result{.date = known_to(date, precision), .precision = precision};
  if (precision < Precision::hour) return result;
  result.time = known_to(time, precision);
  result.offset_minutes = value.has_offset() ? value.offset_minutes : otherwise;
  return result;
}

}  // namespace

DateTime to_date_time(Date date) noexcept { return {.date = date, .precision = date.precision}; }

Date date_of(DateTime value) noexcept { return value.date; }

std::optional<Time> time_of(DateTime value) noexcept {
  return value.precision >= Precision::hour ? std::optional(value.time) : std::nullopt;
}

DateTime date_time_of_unix(std::int64_t milliseconds, std::int16_t offset_minutes) noexcept {
  constexpr std::int64_t kMillisecondsPerDay = calendar::kSecondsPerDay * 1000;
  constexpr calendar::Nanoseconds kNanoseconds = 1'000'000;
  const std::int64_t local = milliseconds + std::int64_t{offset_minutes} * 60'000;
  const std::int64_t day = local / kMillisecondsPerDay - (local % kMillisecondsPerDay < 0 ? 1 : 0);
  const Time like{.fraction_digits = kMillisecondDigits, .precision = Precision::millisecond};
  const auto date = calendar::date_of_day(day, Precision::day).value_or(Date{.precision = Precision::day});
  return {date, calendar::time_since_midnight((local - day * kMillisecondsPerDay) * kNanoseconds, like),
          Precision::millisecond, offset_minutes};
}

int digits_of_precision(Date value) noexcept {
  return kDateTimeDigits[static_cast<std::size_t>(value.precision)];
}
int digits_of_precision(Time value) noexcept {
  return kTimeDigits[static_cast<std::size_t>(value.precision)];
}
int digits_of_precision(DateTime value) noexcept {
  return kDateTimeDigits[static_cast<std::size_t>(value.precision)];
}

std::optional<Date> low_boundary(Date value, int digits) noexcept {
  const auto precision = precision_of(kDateTimeDigits, digits, Precision::year, Precision::day);
  return precision ? std::optional(known_to(value, *precision)) : std::nullopt;
}

std::optional<Date> high_boundary(Date value, int digits) noexcept {
  return low_boundary(latest(value), digits);
}

std::optional<DateTime> low_boundary(DateTime value, int digits) noexcept {
  const auto precision = precision_of(kDateTimeDigits, digits, Precision::year, Precision::millisecond);
  if (!precision) return std::nullopt;
  return boundary(value, value.date, value.time, *precision, kEasternmost);
}

std::optional<DateTime> high_boundary(DateTime value, int digits) noexcept {
  const auto precision = precision_of(kDateTimeDigits, digits, Precision::year, Precision::millisecond);
  if (!precision) return std::nullopt;
  return boundary(value, latest(value.date), latest_time(value), *precision, kWesternmost);
}

std::optional<Time> low_boundary(Time value, int digits) noexcept {
  const auto precision = precision_of(kTimeDigits, digits, Precision::hour, Precision::millisecond);
  return precision ? std::optional(known_to(value, *precision)) : std::nullopt;
}

std::optional<Time> high_boundary(Time value, int digits) noexcept {
  return low_boundary(latest(value), digits);
}

std::optional<std::int64_t> component(Date value, Precision part) noexcept {
  if (part > value.precision) return std::nullopt;
  if (part == Precision::year) return value.year;
  return part == Precision::month ? value.month : value.day;
}

std::optional<std::int64_t> component(Time value, Precision part) noexcept {
  constexpr std::int64_t kNanoseconds = 1'000'000;
  if (part > value.precision) return std::nullopt;
  switch (part) {
    case Precision::hour:
      return value.hour;
    case Precision::minute:
      return value.minute;
    case Precision::second:
      return value.second;
    case Precision::millisecond:
      return value.nanosecond / kNanoseconds;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> component(DateTime value, Precision part) noexcept {
  if (part > value.precision) return std::nullopt;
  return part <= Precision::day ? component(value.date, part) : component(value.time, part);
}

std::optional<Decimal> offset_hours(DateTime value) noexcept {
  if (!value.has_offset()) return std::nullopt;
  constexpr int kHundredths = 100;
  return Decimal::of(value.offset_minutes * kHundredths / 60, 2);
}

std::optional<std::int64_t> day_number(Date value) noexcept {
  if (value.precision != Precision::day) return std::nullopt;
  return calendar::day_number_of_first(value);
}

}  // namespace musubi::fhirpath
