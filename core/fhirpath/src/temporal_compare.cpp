// Comparison of dates and times that may be known only in part: every value is the range of moments it may
// mean.
#include <algorithm>

#include "calendar.h"
#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath {

namespace {

using calendar::kDay;
using calendar::kSecond;
using calendar::Nanoseconds;

constexpr Nanoseconds kMinute = 60 * kSecond;
constexpr Nanoseconds kHour = 60 * kMinute;

/// Both ends belong to it.
struct Range {
  Nanoseconds first = 0;
  Nanoseconds last = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

/// Seconds and milliseconds are one precision: a moment.
constexpr Precision comparable_precision(Precision precision) noexcept {
  return std::min(precision, Precision::second);
}

Nanoseconds length_within_day(Precision precision) noexcept {
  if (precision == Precision::hour) return kHour;
  return precision == Precision::minute ? kMinute : 1;
}

Nanoseconds length_of(Date date, Precision precision) noexcept {
  if (precision == Precision::day) return kDay;
  const auto last_of = [](Date of, std::uint8_t month) {
    return Date{of.year, month, calendar::last_day_of_month(of.year, month), Precision::day};
  };
  const Date last = last_of(date, precision == Precision::month ? date.month : std::uint8_t{12});
  return (calendar::day_number_of_first(last) - calendar::day_number_of_first(date) + 1) * kDay;
}

Range local_range(DateTime value) noexcept {
  const Nanoseconds first = calendar::local_nanoseconds(value);
  const bool within_day = value.precision >= Precision::hour;
  const Nanoseconds length =
      within_day ? length_within_day(value.precision) : length_of(value.date, value.precision);
  return {first, first + length - 1};
}

/// In UTC: a value without offset may lie anywhere between +14:00 and −12:00.
Range universal_range(DateTime value) noexcept {
  const Range local = local_range(value);
  if (!value.has_offset()) return {local.first - 14 * kHour, local.last + 12 * kHour};
  return {local.first - value.offset_minutes * kMinute, local.last - value.offset_minutes * kMinute};
}

Range range_of(Time value) noexcept {
  const Nanoseconds first = calendar::since_midnight(value);
  return {first, first + length_within_day(value.precision) - 1};
}

/// `alike`: precision and presence of an offset are the same, so that the same range is the same value.
std::optional<std::strong_ordering> compare(Range left, Range right, bool alike) noexcept {
  if (left.last < right.first) return std::strong_ordering::less;
  if (left.first > right.last) return std::strong_ordering::greater;
  return alike && left == right ? std::optional(std::strong_ordering::equal) : std::nullopt;
}

bool same_precision(Precision left, Precision right) noexcept {
  return comparable_precision(left) == comparable_precision(right);
}

std::optional<bool> is_equal(std::optional<std::strong_ordering> order) noexcept {
  return order ? std::optional(std::is_eq(*order)) : std::nullopt;
}

}  // namespace

std::optional<std::strong_ordering> compare(DateTime left, DateTime right) noexcept {
  const bool both_local = !left.has_offset() && !right.has_offset();
  const auto range = both_local ? local_range : universal_range;
  const bool alike =
      same_precision(left.precision, right.precision) && left.has_offset() == right.has_offset();
  return compare(range(left), range(right), alike);
}

std::optional<std::strong_ordering> compare(Date left, Date right) noexcept {
  return compare(to_date_time(left), to_date_time(right));
}

std::optional<std::strong_ordering> compare(Time left, Time right) noexcept {
  return compare(range_of(left), range_of(right), same_precision(left.precision, right.precision));
}

std::optional<bool> equal(Date left, Date right) noexcept { return is_equal(compare(left, right)); }
std::optional<bool> equal(Time left, Time right) noexcept { return is_equal(compare(left, right)); }
std::optional<bool> equal(DateTime left, DateTime right) noexcept { return is_equal(compare(left, right)); }

bool equivalent(Date left, Date right) noexcept { return equal(left, right).value_or(false); }
bool equivalent(Time left, Time right) noexcept { return equal(left, right).value_or(false); }
bool equivalent(DateTime left, DateTime right) noexcept { return equal(left, right).value_or(false); }

}  // namespace musubi::fhirpath
