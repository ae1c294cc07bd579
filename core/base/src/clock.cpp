#include "musubi/base/clock.h"

#include <fmt/chrono.h>

namespace musubi::base {

Clock::~Clock() = default;

Instant SystemClock::now() const noexcept {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string to_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), time.subseconds().count());
}

std::chrono::sys_days day_in_japan(Instant instant) noexcept {
  return std::chrono::floor<std::chrono::days>(instant + std::chrono::hours(9));
}

}  // namespace musubi::base
