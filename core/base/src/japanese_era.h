// The eras since 1868 and the days they began.
#pragma once

#include <string_view>

#include "musubi/base/partial_date.h"

namespace musubi::base {

struct Era {
  char letter;                     ///< as in R2.4.1
  std::u32string_view characters;  ///< 令和
  char32_t square;                 ///< ㋿, one character for both
  std::string_view name;
  PartialDate first, last;
};

inline constexpr Era kEras[] = {
    {'R', U"令和", U'\u32FF', "令和", {2019, 5, 1}, {9999, 12, 31}},
    {'H', U"平成", U'\u337B', "平成", {1989, 1, 8}, {2019, 4, 30}},
    {'S', U"昭和", U'\u337C', "昭和", {1926, 12, 25}, {1989, 1, 7}},
    {'T', U"大正", U'\u337D', "大正", {1912, 7, 30}, {1926, 12, 24}},
    {'M', U"明治", U'\u337E', "明治", {1868, 1, 25}, {1912, 7, 29}},
};

/// The last day the date can mean, as far as it is known.
constexpr PartialDate latest(PartialDate date) noexcept {
  if (date.month == 0) return {date.year, 12, 31};
  return date.day == 0 ? PartialDate{date.year, date.month, 31} : date;
}

/// Whether some day the date can mean lies in the era.
constexpr bool in_era(const Era& era, PartialDate date) noexcept {
  return latest(date) >= era.first && date <= era.last;
}

}  // namespace musubi::base
