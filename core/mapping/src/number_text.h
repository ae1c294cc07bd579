// Numbers, ages and times as sources write them, after width folding. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "musubi/model/value.h"

namespace musubi::mapping {

/// "40", "1,234", "-3", and "40.0" as spreadsheets and data frames write whole numbers.
std::optional<std::int64_t> whole_number(std::string_view text) noexcept;
/// "36.5", "1,234.50" (scale kept), "3.65E1". Thousands commas only where they belong.
std::optional<model::Decimal> decimal_number(std::string_view text) noexcept;
/// "40", "40歳", "40才", "11か月", "11 months", "生後3ヶ月", "1歳6か月" (whole years count then); 0 to 150
/// years, up to 36 months.
std::optional<model::Age> age(std::string_view text) noexcept;
/// "2020-04-01T09:30:00+09:00", "2020/4/1 9:30", "2020年4月1日 9時30分"; without a zone: Japan. A day without
/// a time is no moment.
std::optional<model::Moment> moment(std::string_view text) noexcept;
std::optional<double> real_number(std::string_view text) noexcept;

}  // namespace musubi::mapping
