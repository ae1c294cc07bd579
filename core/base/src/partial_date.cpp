#include "musubi/base/partial_date.h"

#include <fmt/format.h>

namespace musubi::base {
namespace {

constexpr int kLeapYear = 2000;  // stands in for a year that is not known

constexpr bool is_leap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int days_of_month(int year, int month) noexcept {
  constexpr std::uint8_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

}  // namespace

std::string to_text(PartialDate date) {
  const bool month = date.month != 0;
  const bool day = date.day != 0;
  if (date.year == 0)
    return day ? fmt::format("--{:02}-{:02}", date.month, date.day) : fmt::format("--{:02}", date.month);
  if (!month) return fmt::format("{:04}", date.year);
  if (!day) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

bool possible(PartialDate date) noexcept {
  if (date.year < 0 || date.year > 9999 || date.month > 12) return false;
  if (date.month == 0) return date.year != 0 && date.day == 0;
  return date.day <= days_of_month(date.year == 0 ? kLeapYear : date.year, date.month);
}

std::optional<std::chrono::sys_days> day_of(PartialDate date) noexcept {
  if (!date.complete() || !possible(date)) return {};
  return std::chrono::sys_days(std::chrono::year(date.year) / date.month / date.day);
}

PartialDate partial_date(std::chrono::sys_days day) noexcept {
  const std::chrono::year_month_day date(day);
  return {static_cast<std::int16_t>(int(date.year())), static_cast<std::uint8_t>(unsigned(date.month())),
          static_cast<std::uint8_t>(unsigned(date.day()))};
}

}  // namespace musubi::base
