#include "musubi/fhirpath/temporal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

using namespace musubi::fhirpath;

namespace {

Date date(std::string_view text) { return parse_date(text).value(); }
Time time_(std::string_view text) { return parse_time(text).value(); }
DateTime moment(std::string_view text) { return parse_date_time_literal(text).value(); }
Decimal number(std::string_view text) { return parse_decimal(text).value(); }

template <class Value>
std::string text_of(const std::optional<Value>& value) {
  return value ? to_text(*value) : "";
}

/// "<", "=", ">" or "?" (not known).
template <class Value>
std::string order(Value left, Value right) {
  const auto result = compare(left, right);
  if (!result) return "?";
  return *result < 0 ? "<" : *result > 0 ? ">" : "=";
}

std::string sum(std::string_view start, std::string_view amount, TimeUnit unit) {
  return text_of(add(moment(start), number(amount), unit));
}

rc::Gen<Date> any_day() {
  return rc::gen::map(rc::gen::inRange(0, 3'000'000), [](int days) {
    const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days - 700'000))};
    return Date{static_cast<std::int16_t>(static_cast<int>(day.year())),
                static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
                static_cast<std::uint8_t>(static_cast<unsigned>(day.day())), Precision::day};
  });
}

rc::Gen<DateTime> any_moment() {
  return rc::gen::map(rc::gen::tuple(any_day(), rc::gen::inRange(0, 24), rc::gen::inRange(0, 60),
                                     rc::gen::inRange(0, 1000), rc::gen::inRange(-13 * 60, 14 * 60)),
                      [](const std::tuple<Date, int, int, int, int>& parts) {
                        const auto [day, hour, minute, millisecond, offset] = parts;
                        const Time time{.hour = static_cast<std::uint8_t>(hour),
                                        .minute = static_cast<std::uint8_t>(minute),
                                        .second = static_cast<std::uint8_t>(millisecond % 60),
                                        .fraction_digits = 3,
                                        .nanosecond = static_cast<std::uint32_t>(millisecond) * 1'000'000,
                                        .precision = Precision::millisecond};
                        return DateTime{day, time, Precision::millisecond, static_cast<std::int16_t>(offset)};
                      });
}

/// Cut at random: any precision.
rc::Gen<DateTime> any_date_time() {
  return rc::gen::map(rc::gen::tuple(any_moment(), rc::gen::inRange(0, 7), rc::gen::arbitrary<bool>()),
                      [](const std::tuple<DateTime, int, bool>& parts) {
                        auto [value, precision, local] = parts;
                        constexpr int kDigits[] = {4, 6, 8, 10, 12, 14, 17};
                        if (local) value.offset_minutes = DateTime::kNoOffset;
                        DateTime cut = low_boundary(value, kDigits[precision]).value();
                        if (local) cut.offset_minutes = DateTime::kNoOffset;
                        return cut;
                      });
}

}  // namespace

TEST(Temporal, TextIsKept) {
  for (const char* text :
       {"2015", "2015-02", "2015-02-04", "2015-02-04T14", "2015-02-04T14:34", "2015-02-04T14:34:28",
        "2015-02-04T14:34:28.1", "2015-02-04T14:34:28.123456789Z", "2015-02-04T14:34:28+10:00",
        "2015-02-04T14:34-03:30", "0001-01-01", "9999-12-31T23:59:59.999Z", "2016-02-29"}) {
    EXPECT_EQ(text_of(parse_date_time(text)), text);
  }
  for (const char* text : {"14", "14:34", "14:34:28", "00:00:00.000"})
    EXPECT_EQ(text_of(parse_time(text)), text);
  for (const char* text : {"2015T", "2015-02T", "2015-02-04T"}) {
    EXPECT_TRUE(parse_date_time_literal(text)) << text;
    EXPECT_FALSE(parse_date_time(text)) << text;
  }
}

TEST(Temporal, RefusesWhatTheCalendarHasNot) {
  for (const char* text : {"", "15", "2015-", "2015-13", "2015-00", "2015-02-29", "2015-02-00", "0000",
                           "2015-2-4", "2015-02-04 ", "20150204", "-2015", "2015-02-04T", "2015-02-04Z"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  for (const char* text :
       {"2015-02-04T24:00", "2015-02-04T14:60", "2015-02-04T14:34:60", "2015-02-04T14:34:28.",
        "2015-02-04T14:34:28.1234567890", "2015-02-04T14:34:28+15:00", "2015-02T14:34",
        "2015-02-04T14:34:28+10", "2015-02-04T14:34:28z", "2015-02-04T14:34:28+14:01"}) {
    EXPECT_FALSE(parse_date_time_literal(text)) << text;
  }
  for (const char* text : {"", "1", "24", "14:", "14:3", "14:34:28Z", "T14"})
    EXPECT_FALSE(parse_time(text)) << text;
}

TEST(Temporal, ComparisonKnowsWhatItDoesNotKnow) {
  const struct {
    const char* left;
    const char* right;
    const char* order;
  } cases[] = {
      {"2012-04-15T", "2012-04-15T", "="},
      {"2012-04-15T", "2012-04-16T", "<"},
      {"2018-03T", "2018-03-01T", "?"},
      {"2018T", "2019-03-01T", "<"},
      {"2018-03-01T10:30", "2018-03-01T10:30:00", "?"},
      {"2018-03-01T10:30:00", "2018-03-01T10:30:00.0", "="},
      {"2012-04-15T15:30:31", "2012-04-15T15:30:31.1", "<"},
      {"2012-04-15T15:00:00+02:00", "2012-04-15T16:00:00+03:00", "="},
      {"2017-11-05T01:30:00.0-04:00", "2017-11-05T01:15:00.0-05:00", "<"},
      {"2012-04-15T15:00:00Z", "2012-04-15T10:00:00", "?"},
      {"2012-04-15T15:00:00Z", "2012-04-17T10:00:00", "<"},
      {"1974-12-25T", "2020-04-01T00:00:00Z", "<"},
      {"2020-04-01T", "2020-04-01T12:00:00Z", "?"},
  };
  for (const auto& [left, right, expected] : cases) {
    EXPECT_EQ(order(moment(left), moment(right)), expected) << left << " " << right;
  }
  EXPECT_EQ(order(time_("10:30"), time_("10:30:00")), "?");
  EXPECT_EQ(order(time_("10:30"), time_("11")), "<");
  EXPECT_EQ(order(time_("12:00:00"), time_("12:00:00.000")), "=");
}

TEST(Temporal, EquivalenceNeverDoubts) {
  EXPECT_TRUE(equivalent(moment("2012-04-15T15:30:31"), moment("2012-04-15T15:30:31.0")));
  EXPECT_FALSE(equivalent(moment("2012-04-15T"), moment("2012-04-15T10:00:00")));
  EXPECT_FALSE(equivalent(moment("2012-04-15T15:00:00Z"), moment("2012-04-15T15:00:00")));
  EXPECT_TRUE(equivalent(moment("2012-04-15T15:00:00Z"), moment("2012-04-16T00:00:00+09:00")));
  EXPECT_FALSE(equivalent(date("2012"), date("2012-01")));
}

TEST(Temporal, AdditionFollowsTheCalendar) {
  EXPECT_EQ(sum("1973-12-25T", "7.7", TimeUnit::day), "1974-01-01");
  EXPECT_EQ(sum("2020-01-31T", "1", TimeUnit::month), "2020-02-29");
  EXPECT_EQ(sum("2020-02-29T", "1", TimeUnit::year), "2021-02-28");
  EXPECT_EQ(sum("2020-03-31T", "-1", TimeUnit::month), "2020-02-29");
  EXPECT_EQ(sum("1973-12-25T00:00:00.000+10:00", "10", TimeUnit::millisecond),
            "1973-12-25T00:00:00.010+10:00");
  EXPECT_EQ(sum("1973-12-25T00:00:00.000+10:00", "0.1", TimeUnit::second), "1973-12-25T00:00:00.100+10:00");
  EXPECT_EQ(sum("1973-12-25T00:00:00.0Z", "0.25", TimeUnit::second), "1973-12-25T00:00:00.250Z");
  EXPECT_EQ(sum("1973-12-31T23:59:59Z", "1", TimeUnit::second), "1974-01-01T00:00:00Z");
  EXPECT_EQ(sum("2014-01-01T10:00:00", "1.5", TimeUnit::hour), "2014-01-01T11:00:00");
  EXPECT_EQ(text_of(add(date("1973-12-25"), 1, TimeUnit::week)), "1974-01-01");
  EXPECT_EQ(text_of(add(time_("23:00:00"), 50, TimeUnit::hour)), "01:00:00");
  EXPECT_EQ(text_of(add(time_("01:00:00"), -2, TimeUnit::hour)), "23:00:00");
}

TEST(Temporal, AdditionToWhatIsKnownInPart) {
  EXPECT_EQ(sum("2014T", "24", TimeUnit::month), "2016");
  EXPECT_EQ(sum("2014T", "23", TimeUnit::month), "2015");
  EXPECT_EQ(sum("2016T", "365", TimeUnit::day), "2017");
  EXPECT_EQ(sum("2016T", "364", TimeUnit::day), "2016");
  EXPECT_EQ(sum("2016T", "53", TimeUnit::week), "2017");
  EXPECT_EQ(sum("2016-01T", "30", TimeUnit::day), "2016-02");
  EXPECT_EQ(sum("2016-01T", "-29", TimeUnit::day), "2016-01");
  EXPECT_EQ(sum("2016-01-01T", "25", TimeUnit::hour), "2016-01-02");
  EXPECT_EQ(sum("2016-01-01T10", "59", TimeUnit::minute), "2016-01-01T10");
  EXPECT_EQ(sum("2014-01-01T10:00:00", "1.5", TimeUnit::second), "2014-01-01T10:00:01");
}

TEST(Temporal, AdditionEndsWithTheCalendar) {
  EXPECT_FALSE(add(date("9999-12-31"), 1, TimeUnit::day));
  EXPECT_FALSE(add(date("0001-01"), -1, TimeUnit::month));
  EXPECT_FALSE(add(date("2000"), number("99999999999999999999999999999999999999"), TimeUnit::year));
  EXPECT_FALSE(add(date("2000-01-01"), 1, TimeUnit::hour));
  EXPECT_FALSE(add(time_("10:00"), 1, TimeUnit::day));
}

TEST(Temporal, Between) {
  const auto whole = [](const char* from, const char* to, TimeUnit unit) {
    return whole_units_between(moment(from), moment(to), unit);
  };
  EXPECT_EQ(whole("1974-12-25T", "2020-12-24T", TimeUnit::year), 45);
  EXPECT_EQ(whole("1974-12-25T", "2020-12-25T", TimeUnit::year), 46);
  EXPECT_EQ(whole("2020-01-31T", "2020-02-29T", TimeUnit::month), 1);
  EXPECT_EQ(whole("2020-02-29T", "2020-01-31T", TimeUnit::month), -1);
  EXPECT_EQ(whole("2020-01-01T23:00Z", "2020-01-02T22:59Z", TimeUnit::day), 0);
  EXPECT_EQ(whole("2020-01-01T23:00Z", "2020-01-02T09:00+09:00", TimeUnit::hour), 1);
  EXPECT_FALSE(whole("2020T", "2021-01-01T", TimeUnit::month));
  EXPECT_FALSE(whole("2020-01-01T10:00", "2020-01-01T10:00Z", TimeUnit::hour));
  EXPECT_EQ(boundaries_between(moment("2019-12-31T"), moment("2020-01-01T"), TimeUnit::year), 1);
  EXPECT_EQ(boundaries_between(moment("2020-04-04T"), moment("2020-04-05T"), TimeUnit::week), 1);  // Sat, Sun
  EXPECT_EQ(boundaries_between(moment("2020-04-05T"), moment("2020-04-11T"), TimeUnit::week), 0);
  EXPECT_EQ(whole_units_between(time_("10:30"), time_("12:29"), TimeUnit::hour), 1);
  EXPECT_EQ(boundaries_between(time_("10:30"), time_("12:29"), TimeUnit::hour), 2);
}

TEST(Temporal, Boundaries) {
  EXPECT_EQ(text_of(high_boundary(date("2014"), 6)), "2014-12");
  EXPECT_EQ(text_of(low_boundary(date("2014"))), "2014-01-01");
  EXPECT_EQ(text_of(high_boundary(date("2016-02"))), "2016-02-29");
  EXPECT_EQ(text_of(low_boundary(moment("2014-01-01T08"), 17)), "2014-01-01T08:00:00.000+14:00");
  EXPECT_EQ(text_of(high_boundary(moment("2014-01-01T08:05-05:00"), 17)), "2014-01-01T08:05:59.999-05:00");
  EXPECT_EQ(text_of(high_boundary(moment("2014T"))), "2014-12-31T23:59:59.999-12:00");
  EXPECT_EQ(text_of(low_boundary(time_("10:30"), 9)), "10:30:00.000");
  EXPECT_EQ(text_of(high_boundary(time_("10:30"), 9)), "10:30:59.999");
  EXPECT_FALSE(high_boundary(date("2014"), 17));
  EXPECT_FALSE(low_boundary(time_("10"), 5));
}

TEST(Temporal, PrecisionAndComponents) {
  EXPECT_EQ(digits_of_precision(date("2014")), 4);
  EXPECT_EQ(digits_of_precision(moment("2014-01-05T10:30:00.000")), 17);
  EXPECT_EQ(digits_of_precision(time_("10:30")), 4);
  const DateTime value = moment("2014-01-05T10:30:07.250+09:00");
  EXPECT_EQ(component(value, Precision::year), 2014);
  EXPECT_EQ(component(value, Precision::second), 7);
  EXPECT_EQ(component(value, Precision::millisecond), 250);
  EXPECT_FALSE(component(moment("2014-01T"), Precision::day));
  EXPECT_EQ(to_text(offset_hours(value).value()), "9.00");
  EXPECT_EQ(to_text(offset_hours(moment("2014-01-05T10:30-03:30")).value()), "-3.50");
  EXPECT_EQ(to_text(date_time_of_unix(-1, 540)), "1970-01-01T08:59:59.999+09:00");
  EXPECT_EQ(to_text(date_time_of_unix(-1, 0)), "1969-12-31T23:59:59.999Z");
}

RC_GTEST_PROP(Temporal, TextIsReadBackAsTheSame, ()) {
  const DateTime value = *any_date_time();
  RC_ASSERT(parse_date_time(to_text(value)) == std::optional(value));
}

RC_GTEST_PROP(Temporal, DaysAreThoseOfTheCalendar, ()) {
  const Date start = *any_day();
  const int days = *rc::gen::inRange(-2'000'000, 2'000'000);
  const auto end = add(start, days, TimeUnit::day);
  const std::int64_t expected = day_number(start).value() + days;
  RC_ASSERT(end.has_value() == (expected >= -719'162 && expected <= 2'932'896));
  if (end) RC_ASSERT(day_number(*end) == std::optional(expected));
}

RC_GTEST_PROP(Temporal, MonthsKeepTheDayWhereTheyCan, ()) {
  const Date start = *any_day();
  const int months = *rc::gen::inRange(-5000, 5000);
  const std::chrono::year_month first{std::chrono::year(start.year), std::chrono::month(start.month)};
  const std::chrono::year_month moved = first + std::chrono::months(months);
  RC_PRE(static_cast<int>(moved.year()) >= 1 && static_cast<int>(moved.year()) <= 9999);
  const std::chrono::year_month_day_last last = moved / std::chrono::last;
  const unsigned day = std::min(static_cast<unsigned>(start.day), static_cast<unsigned>(last.day()));
  const Date end = add(start, months, TimeUnit::month).value();
  RC_ASSERT(end.year == static_cast<int>(moved.year()));
  RC_ASSERT(end.month == static_cast<unsigned>(moved.month()));
  RC_ASSERT(end.day == day);
}

RC_GTEST_PROP(Temporal, TimeAddedIsTimeBetween, ()) {
  const DateTime start = *any_moment();
  const int amount = *rc::gen::inRange(-50'000, 50'000);
  const auto unit = static_cast<TimeUnit>(*rc::gen::inRange(2, 8));
  const auto end = add(start, amount, unit);
  RC_PRE(end.has_value());
  RC_ASSERT(whole_units_between(start, *end, unit) == std::optional<std::int64_t>(amount));
  RC_ASSERT(add(*end, -amount, unit) == std::optional(start));
}

RC_GTEST_PROP(Temporal, OrderIsAntisymmetric, ()) {
  const DateTime left = *any_date_time();
  const DateTime right = *any_date_time();
  const std::string there = order(left, right);
  const std::string back = order(right, left);
  RC_ASSERT((there == "<") == (back == ">"));
  RC_ASSERT((there == "?") == (back == "?"));
  RC_ASSERT(order(left, left) == "=");
}

RC_GTEST_PROP(Temporal, BoundariesEncloseTheValue, ()) {
  const DateTime value = *any_date_time();
  const DateTime low = low_boundary(value).value();
  const DateTime high = high_boundary(value).value();
  RC_ASSERT(order(low, high) != ">");
  RC_ASSERT(order(value, low) != "<" && order(value, high) != ">");
}
