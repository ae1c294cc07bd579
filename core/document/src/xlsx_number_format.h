// Which number formats of a workbook make a number a date or a time of day.
#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::document {

enum class NumberFormat : std::uint8_t {
  plain,  ///< a number; elapsed times such as [h]:mm too
  date,   ///< a day, perhaps with a time
  time    ///< a time of day only
};

/// By its number, as Excel means them in Japanese: 14-22, 27-36, 45, 47, 50-58 are dates or times.
NumberFormat built_in_number_format(std::uint32_t id) noexcept;

/// By its code: `m"月"d"日";@`, `[$-411]ggge"年"m"月"d"日"`, `yyyy/m/d h:mm`, `#,##0`, `General`.
NumberFormat number_format_of(std::string_view code);

}  // namespace musubi::document
