// Adding durations to dates and times, and counting the units between them.
#include <algorithm>
#include <array>

#include "calendar.h"
#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath {

namespace {

using calendar::kDay;
using calendar::kMonthsPerYear;
using calendar::kSecond;
using calendar::Nanoseconds;

/// By TimeUnit; a month is 30 and a year 365 days only where a value is known no better (specification,
/// "Date/Time Arithmetic").
constexpr std::array<Nanoseconds, 8> kLengths = {365 * kDay,     30 * kDay,    7 * kDay, kDay,
                                                 3600 * kSecond, 60 * kSecond, kSecond,  kSecond / 1000};

constexpr Nanoseconds length_of(TimeUnit unit) noexcept { return kLengths[static_cast<std::size_t>(unit)]; }

/// The unit of the last known component.
constexpr TimeUnit unit_of(Precision precision) noexcept {
  constexpr std::array<TimeUnit, 7> kUnits = {TimeUnit::year,       TimeUnit::month,  TimeUnit::day,
                                              TimeUnit::hour,       TimeUnit::minute, TimeUnit::second,
                                              TimeUnit::millisecond};
  return kUnits[static_cast<std::size_t>(precision)];
}

/// What is to be added, in the two measures a calendar has.
struct Step {
  std::int64_t months = 0;
  Nanoseconds time = 0;
};

/// Amounts beyond this leave the calendar in every unit (milliseconds of 20 000 years).
constexpr std::int64_t kLargestAmount = 700'000'000'000'000;

/// The whole amount, or with its fraction for seconds and milliseconds; nullopt: leaves the calendar.
std::optional<Step> step_of(Decimal amount, TimeUnit unit) noexcept {
  if (std::is_gt(compare(absolute(amount), kLargestAmount))) return std::nullopt;
  const Decimal counted = unit >= TimeUnit::second ? amount : truncate(amount);
  const std::int64_t whole = to_integer(truncate(counted)).value_or(0);
  if (unit == TimeUnit::year) return Step{whole * kMonthsPerYear, 0};
  if (unit == TimeUnit::month) return Step{whole, 0};
  const auto time = multiply(counted, static_cast<std::int64_t>(length_of(unit)));
  return time ? std::optional(Step{0, truncate(*time).coefficient()}) : std::nullopt;
}

/// In units that a value of this precision can count, the rest dropped.
Step coarsened(Step step, Precision precision) noexcept {
  if (precision == Precision::year) step.months -= step.months % kMonthsPerYear;
  if (precision == Precision::millisecond) return step;
  const TimeUnit unit = unit_of(precision);
  const Nanoseconds units = step.time / length_of(unit);
  if (precision == Precision::year)
    return {step.months + static_cast<std::int64_t>(units) * kMonthsPerYear, 0};
  if (precision == Precision::month) return {step.months + static_cast<std::int64_t>(units), 0};
  return {step.months, units * length_of(unit)};
}

std::optional<Date> add_months(Date date, std::int64_t months) noexcept {
  const std::int64_t total = date.year * kMonthsPerYear + (date.month - 1) + months;
  const std::int64_t year = total / kMonthsPerYear;
  if (total < 0 || year < calendar::kFirstYear || year > calendar::kLastYear) return std::nullopt;
  date.year = static_cast<std::int16_t>(year);
  date.month = static_cast<std::uint8_t>(total % kMonthsPerYear + 1);
  date.day = std::min(date.day, calendar::last_day_of_month(date.year, date.month));
  return date;
}

/// Quotient towards minus infinity; the rest, never negative, stays in `value`.
Nanoseconds take_whole(Nanoseconds& value, Nanoseconds unit) noexcept {
  const Nanoseconds quotient = value / unit;
  value -= quotient * unit;
  if (value >= 0) return quotient;
  value += unit;
  return quotient - 1;
}

std::optional<DateTime> add(DateTime value, Step step) noexcept {
  const auto moved = add_months(value.date, step.months);
  if (!moved) return std::nullopt;
  value.date = *moved;
  if (step.time == 0) return value;
  Nanoseconds time = calendar::since_midnight(value.time) + step.time;
  const Nanoseconds days = take_whole(time, kDay);
  const std::int64_t day = calendar::day_number_of_first(value.date) + static_cast<std::int64_t>(days);
  const auto date = calendar::date_of_day(day, value.date.precision);
  if (!date) return std::nullopt;
  value.date = *date;
  value.time = calendar::time_since_midnight(time, value.time);
  return value;
}

/// Moments in one offset, so that they can be counted from one to the other.
struct Span {
  DateTime from;
  DateTime to;
};

std::optional<Span> span_of(DateTime from, DateTime to, TimeUnit unit) noexcept {
  const TimeUnit needed = unit == TimeUnit::week ? TimeUnit::day : unit;
  const auto knows = [needed](DateTime value) {
    const Precision known = value.precision == Precision::second ? Precision::millisecond : value.precision;
    return unit_of(known) >= needed;
  };
  if (!knows(from) || !knows(to) || from.has_offset() != to.has_offset()) return std::nullopt;
  if (!from.has_offset() || from.offset_minutes == to.offset_minutes) return Span{from, to};
  const Nanoseconds shift = (from.offset_minutes - to.offset_minutes) * length_of(TimeUnit::minute);
  const auto moved = add(to, Step{0, shift});
  return moved ? std::optional(Span{from, *moved}) : std::nullopt;
}

std::int64_t month_number(Date date) noexcept { return date.year * kMonthsPerYear + date.month; }

/// Whether the day and time within the month of `value` come before those of `other`. The last day of a
/// shorter month counts as every later day.
bool earlier_in_month(DateTime value, DateTime other) noexcept {
  const auto last = calendar::last_day_of_month(value.date.year, value.date.month);
  const std::uint8_t reached = std::min(other.date.day, last);
  if (value.date.day != reached) return value.date.day < reached;
  return calendar::since_midnight(value.time) < calendar::since_midnight(other.time);
}

std::int64_t whole_months(Span span) noexcept {
  const bool forward = calendar::local_nanoseconds(span.from) <= calendar::local_nanoseconds(span.to);
  if (!forward) return -whole_months({span.to, span.from});
  const std::int64_t months = month_number(span.to.date) - month_number(span.from.date);
  return earlier_in_month(span.to, span.from) ? months - 1 : months;
}

/// The number of the unit that the moment lies in, counted from anywhere.
std::int64_t unit_number(DateTime value, TimeUnit unit) noexcept {
  if (unit == TimeUnit::year) return value.date.year;
  if (unit == TimeUnit::month) return month_number(value.date);
  constexpr std::int64_t kSundayOffset = 4;  // 1970-01-01 was a Thursday
  Nanoseconds moment = calendar::local_nanoseconds(value);
  if (unit == TimeUnit::week) moment += kSundayOffset * kDay;
  return static_cast<std::int64_t>(take_whole(moment, length_of(unit)));
}

DateTime on_some_day(Time time) noexcept {
  return {.date = {.precision = Precision::day}, .time = time, .precision = time.precision};
}

/// Only what is known: minutes of an hour-precise time do not count.
std::optional<DateTime> within_day(Time time, TimeUnit unit) noexcept {
  return unit < TimeUnit::hour ? std::nullopt : std::optional(on_some_day(time));
}

}  // namespace

namespace calendar {

Time time_since_midnight(Nanoseconds since_midnight, Time like) noexcept {
  const auto seconds = static_cast<std::int64_t>(since_midnight / kSecond);
  like.nanosecond = static_cast<std::uint32_t>(since_midnight % kSecond);
  like.second = static_cast<std::uint8_t>(seconds % 60);
  like.minute = static_cast<std::uint8_t>(seconds / 60 % 60);
  like.hour = static_cast<std::uint8_t>(seconds / 3600);
  // Written as finely as before, or to the milliseconds and finer where that does not suffice.
  constexpr std::uint8_t kMillisecondDigits = 3;
  constexpr std::array<std::uint32_t, 10> kUnits = {
      1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  std::uint8_t& digits = like.fraction_digits;
  while (like.nanosecond % kUnits[digits] != 0)
    digits = std::max(static_cast<std::uint8_t>(digits + 1), kMillisecondDigits);
  return like;
}

}  // namespace calendar

std::optional<DateTime> add(DateTime value, Decimal amount, TimeUnit unit) noexcept {
  const auto step = step_of(amount, unit);
  return step ? add(value, coarsened(*step, value.precision)) : std::nullopt;
}

std::optional<Date> add(Date value, Decimal amount, TimeUnit unit) noexcept {
  if (unit > TimeUnit::day) return std::nullopt;
  const auto result = add(to_date_time(value), amount, unit);
  return result ? std::optional(date_of(*result)) : std::nullopt;
}

std::optional<Time> add(Time value, Decimal amount, TimeUnit unit) noexcept {
  if (unit < TimeUnit::hour) return std::nullopt;
  const auto step = step_of(amount, unit);
  if (!step) return std::nullopt;
  Nanoseconds time = calendar::since_midnight(value) + coarsened(*step, value.precision).time;
  take_whole(time, kDay);
  return calendar::time_since_midnight(time, value);
}

std::optional<std::int64_t> whole_units_between(DateTime from, DateTime to, TimeUnit unit) noexcept {
  const auto span = span_of(from, to, unit);
  if (!span) return std::nullopt;
  if (unit == TimeUnit::year) return whole_months(*span) / kMonthsPerYear;
  if (unit == TimeUnit::month) return whole_months(*span);
  const Nanoseconds length = calendar::local_nanoseconds(span->to) - calendar::local_nanoseconds(span->from);
  return static_cast<std::int64_t>(length / length_of(unit));
}

std::optional<std::int64_t> boundaries_between(DateTime from, DateTime to, TimeUnit unit) noexcept {
  const auto span = span_of(from, to, unit);
  if (!span) return std::nullopt;
  return unit_number(span->to, unit) - unit_number(span->from, unit);
}

std::optional<std::int64_t> whole_units_between(Time from, Time to, TimeUnit unit) noexcept {
  const auto start = within_day(from, unit);
  const auto end = within_day(to, unit);
  return start && end ? whole_units_between(*start, *end, unit) : std::nullopt;
}

std::optional<std::int64_t> boundaries_between(Time from, Time to, TimeUnit unit) noexcept {
  const auto start = within_day(from, unit);
  const auto end = within_day(to, unit);
  return start && end ? boundaries_between(*start, *end, unit) : std::nullopt;
}

}  // namespace musubi::fhirpath
