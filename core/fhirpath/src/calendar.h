// Days, months and nanoseconds behind the dates and times of expressions. Proleptic Gregorian calendar.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath::calendar {

__extension__ using Nanoseconds = __int128;

inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr Nanoseconds kSecond = 1'000'000'000;
inline constexpr Nanoseconds kDay = kSecondsPerDay * kSecond;
inline constexpr int kMonthsPerYear = 12;

inline constexpr int kFirstYear = 1;
inline constexpr int kLastYear = 9999;

inline std::uint8_t last_day_of_month(int year, unsigned month) noexcept {
  const std::chrono::year_month_day_last last{std::chrono::year(year) / std::chrono::month(month) /
                                              std::chrono::last};
  return static_cast<std::uint8_t>(static_cast<unsigned>(last.day()));
}

/// Days from 1970-01-01; unknown components count as 1.
inline std::int64_t day_number_of_first(Date date) noexcept {
  const std::chrono::year_month_day day{std::chrono::year(date.year), std::chrono::month(date.month),
                                        std::chrono::day(date.day)};
  return std::chrono::sys_days(day).time_since_epoch().count();
}

/// nullopt: outside years 1 to 9999.
inline std::optional<Date> date_of_day(std::int64_t number, Precision precision) noexcept {
  constexpr std::int64_t kFirstDay = -719'162;  // 0001-01-01
  constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31
  if (number < kFirstDay || number > kLastDay) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(number))};
  return Date{static_cast<std::int16_t>(static_cast<int>(day.year())),
              static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
              static_cast<std::uint8_t>(static_cast<unsigned>(day.day())), precision};
}

inline Nanoseconds since_midnight(Time time) noexcept {
  return ((time.hour * 60 + time.minute) * 60 + time.second) * kSecond + time.nanosecond;
}

/// The time `since_midnight` (less than a day); precision and fraction digits of `like`.
Time time_since_midnight(Nanoseconds since_midnight, Time like) noexcept;

/// Nanoseconds of local time from 1970-01-01; unknown components at their least.
inline Nanoseconds local_nanoseconds(DateTime value) noexcept {
  const Nanoseconds time = value.precision >= Precision::hour ? since_midnight(value.time) : 0;
  return day_number_of_first(value.date) * kDay + time;
}

}  // namespace musubi::fhirpath::calendar
