// Dates as they are written in Japan: ISO, slashes, 令和２年４月１日, R2.4.1, 2月25日 without a year, serial
// numbers of spreadsheets. One parser, no locale, no allocation.
#pragma once

#include <optional>
#include <string_view>

#include "musubi/base/export.h"
#include "musubi/base/partial_date.h"

namespace musubi::base {

/// Accepts, with full-width digits and spaces and surrounding blanks:
/// 2020-04-01, 2020/4/1, 2020.4.1, 20200401, 2020年4月1日, 令和2年4月1日, 令和元年5月1日, R2.4.1, H31/4/30,
/// S39年…, T, M, 2020-04, 2020年4月, 令和2年, 4月1日, 4/1, 4月, 4月初旬/上旬/中旬/下旬/末 (month only),
/// 2020-04-01 00:00:00 and 2020-04-01T00:00:00(+09:00|Z) (the day that it is in Japan then: a moment of
/// another offset may be the day before or after), a weekday in brackets 2020/4/1(水). Era dates outside the
/// era (平成32年) are refused. nullopt: not a date.
MUSUBI_SDK_API std::optional<PartialDate> parse_date(std::string_view text) noexcept;

/// Exactly YYYY-MM-DD, the fast path of clean files.
MUSUBI_SDK_API std::optional<PartialDate> parse_iso_date(std::string_view text) noexcept;

/// Day `serial` of a spreadsheet counted from 1900 (with its phantom 29 February 1900) or from 1904.
MUSUBI_SDK_API std::optional<PartialDate> date_of_serial(double serial, bool from_1904) noexcept;

/// "令和2年4月1日".
MUSUBI_SDK_API std::string to_wareki(PartialDate date);

/// The year a date without one most likely has: the latest such day not after `reference`.
MUSUBI_SDK_API PartialDate with_year_before(PartialDate date, PartialDate reference) noexcept;

}  // namespace musubi::base
