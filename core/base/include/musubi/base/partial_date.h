// A date of which the year, or the day, or month and day may be unknown: 「4月初旬」, 「2月25日」,
// 「令和2年」.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "musubi/base/export.h"

namespace musubi::base {

/// Zero means unknown.
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  friend constexpr auto operator<=>(const PartialDate&, const PartialDate&) = default;
  constexpr bool complete() const noexcept { return year != 0 && month != 0 && day != 0; }
};

/// "2020-04-01", "2020-04", "2020", "--04-23", "--04".
MUSUBI_SDK_API std::string to_text(PartialDate date);
/// Only for a complete date that the calendar has.
MUSUBI_SDK_API std::optional<std::chrono::sys_days> day_of(PartialDate date) noexcept;
MUSUBI_SDK_API PartialDate partial_date(std::chrono::sys_days day) noexcept;
/// Whether the calendar has it as far as it is known (30 February: no; 29 February without year: yes).
MUSUBI_SDK_API bool possible(PartialDate date) noexcept;

}  // namespace musubi::base
