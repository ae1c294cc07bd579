// Date, DateTime and Time of FHIRPath: values that may be known only to the year, the month, the day, the
// hour …, a DateTime with or without an offset from UTC. Questions that the precision cannot answer are
// answered by nullopt, the empty collection of FHIRPath. Pure functions, no allocation (but for to_text);
// years 1 to 9999.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/fhirpath/decimal.h"

namespace musubi::fhirpath {

/// The last component that is known.
enum class Precision : std::uint8_t { year, month, day, hour, minute, second, millisecond };

/// Unknown components hold their least value (month and day 1), so that comparison needs no special cases.
struct Date {
  std::int16_t year = 1;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  Precision precision = Precision::year;  ///< year, month or day
  friend constexpr bool operator==(const Date&, const Date&) = default;
};

struct Time {
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::uint8_t fraction_digits = 0;  ///< as written: 10:30:00.0 has one; 0…9
  std::uint32_t nanosecond = 0;
  Precision precision = Precision::hour;  ///< hour or finer; a fraction makes it millisecond
  friend constexpr bool operator==(const Time&, const Time&) = default;
};

struct DateTime {
  static constexpr std::int16_t kNoOffset = INT16_MIN;
  Date date{};                              ///< day precision where there is a time
  Time time{};                              ///< meaningful where precision is hour or finer
  Precision precision = Precision::year;    ///< year … millisecond
  std::int16_t offset_minutes = kNoOffset;  ///< east of UTC; Z is 0
  constexpr bool has_offset() const noexcept { return offset_minutes != kNoOffset; }
  friend constexpr bool operator==(const DateTime&, const DateTime&) = default;
};

// ---- text
// ------------------------------------------------------------------------------------------------------

/// "2015", "2015-02", "2015-02-04": a literal without its @, the argument of toDate(), a date of FHIR.
std::optional<Date> parse_date(std::string_view text) noexcept;
/// "14", "14:34", "14:34:28", "14:34:28.123": a literal without its @T, the argument of toTime(), a time of
/// FHIR.
std::optional<Time> parse_time(std::string_view text) noexcept;
/// The argument of toDateTime(), dateTime and instant of FHIR: "2015", "2015-02-04",
/// "2015-02-04T14:34:28.123+10:00", Z.
std::optional<DateTime> parse_date_time(std::string_view text) noexcept;
/// A literal without its @: as above, and "2015T", "2015-02T", "2015-02-04T" (the T makes it a DateTime) are
/// accepted.
std::optional<DateTime> parse_date_time_literal(std::string_view text) noexcept;

/// As written, without @ or T in front.
std::string to_text(Date value);
std::string to_text(Time value);
std::string to_text(DateTime value);
/// The longest text of the three; write_text needs that many bytes and returns the part that was written.
inline constexpr std::size_t kTemporalText = 40;
std::string_view write_text(Date value, char* into) noexcept;
std::string_view write_text(Time value, char* into) noexcept;
std::string_view write_text(DateTime value, char* into) noexcept;

// ---- conversion
// --------------------------------------------------------------------------------------------------

DateTime to_date_time(Date date) noexcept;
/// The date part, at most to the day.
Date date_of(DateTime value) noexcept;
/// nullopt: no time part.
std::optional<Time> time_of(DateTime value) noexcept;
/// Seconds since 1970-01-01T00:00:00Z with `offset_minutes`: now() and today() of an evaluation.
DateTime date_time_of_unix(std::int64_t milliseconds, std::int16_t offset_minutes) noexcept;

// ---- comparison
// -------------------------------------------------------------------------------------------------- A value
// stands for every moment it may mean. Where no moments of the two coincide the answer is certain; where they
// overlap and the precision or the presence of an offset differs, it is nullopt. Seconds and milliseconds are
// one precision. Without an offset a moment may lie anywhere between +14:00 and −12:00 when it meets one with
// an offset.

std::optional<bool> equal(Date left, Date right) noexcept;
std::optional<bool> equal(Time left, Time right) noexcept;
std::optional<bool> equal(DateTime left, DateTime right) noexcept;
/// `~`: a different precision, or an offset on one side only, is false.
bool equivalent(Date left, Date right) noexcept;
bool equivalent(Time left, Time right) noexcept;
bool equivalent(DateTime left, DateTime right) noexcept;
std::optional<std::strong_ordering> compare(Date left, Date right) noexcept;
std::optional<std::strong_ordering> compare(Time left, Time right) noexcept;
std::optional<std::strong_ordering> compare(DateTime left, DateTime right) noexcept;

// ---- arithmetic
// --------------------------------------------------------------------------------------------------

/// A unit of time. The calendar durations of FHIRPath ('year' …) and the UCUM units that may be added to a
/// date (wk, d, h, min, s, ms) share the members; quantity.h says which is which.
enum class TimeUnit : std::uint8_t { year, month, week, day, hour, minute, second, millisecond };

/// value + amount units. A fraction counts for seconds only; where the unit is finer than the value is known,
/// the amount is first turned into the finest known unit (12 months a year, 30 days a month, 365 days a
/// year), rest dropped; a day that the month does not have becomes its last. nullopt: outside years 1 to
/// 9999. A date takes units of years to days.
std::optional<Date> add(Date value, Decimal amount, TimeUnit unit) noexcept;
std::optional<DateTime> add(DateTime value, Decimal amount, TimeUnit unit) noexcept;
/// Wraps round midnight. Years, months, weeks and days: nullopt.
std::optional<Time> add(Time value, Decimal amount, TimeUnit unit) noexcept;

/// duration(): whole units from `from` to `to` (negative where `to` is earlier). nullopt: not known that
/// precisely.
std::optional<std::int64_t> whole_units_between(DateTime from, DateTime to, TimeUnit unit) noexcept;
/// difference(): boundaries of the unit crossed from `from` to `to`: 31 Dec to 1 Jan is one year. Weeks begin
/// on Sunday.
std::optional<std::int64_t> boundaries_between(DateTime from, DateTime to, TimeUnit unit) noexcept;
std::optional<std::int64_t> whole_units_between(Time from, Time to, TimeUnit unit) noexcept;
std::optional<std::int64_t> boundaries_between(Time from, Time to, TimeUnit unit) noexcept;

// ---- precision and boundaries
// ------------------------------------------------------------------------------------

/// precision(): digits. Date 4, 6, 8; DateTime 4 … 17; Time 2, 4, 6, 9.
int digits_of_precision(Date value) noexcept;
int digits_of_precision(Time value) noexcept;
int digits_of_precision(DateTime value) noexcept;

/// lowBoundary() and highBoundary(): the earliest and latest moment it may mean, to so many digits. A
/// DateTime without offset gets +14:00 (low) or −12:00 (high) where the time is given. nullopt: `digits`
/// names no precision of the type.
std::optional<Date> low_boundary(Date value, int digits = 8) noexcept;
std::optional<Date> high_boundary(Date value, int digits = 8) noexcept;
std::optional<DateTime> low_boundary(DateTime value, int digits = 17) noexcept;
std::optional<DateTime> high_boundary(DateTime value, int digits = 17) noexcept;
std::optional<Time> low_boundary(Time value, int digits = 9) noexcept;
std::optional<Time> high_boundary(Time value, int digits = 9) noexcept;

// ---- components
// --------------------------------------------------------------------------------------------------

/// yearOf() … millisecondOf(); nullopt: not known, or the type does not have it.
std::optional<std::int64_t> component(Date value, Precision part) noexcept;
std::optional<std::int64_t> component(Time value, Precision part) noexcept;
std::optional<std::int64_t> component(DateTime value, Precision part) noexcept;
/// timezoneOffsetOf(): hours, 9.00 for Japan.
std::optional<Decimal> offset_hours(DateTime value) noexcept;

/// Days from 1970-01-01 of a date known to the day; nullopt otherwise.
std::optional<std::int64_t> day_number(Date value) noexcept;

}  // namespace musubi::fhirpath
