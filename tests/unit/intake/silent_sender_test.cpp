#include "musubi/intake/silent_sender.h"

#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

using base::Instant;
using std::chrono::hours;
using std::chrono::minutes;
using namespace std::chrono_literals;

// 2020-04-20, a Monday, 09:00 in Japan.
const Instant kMonday = std::chrono::sys_days(2020y / 4 / 20);

std::vector<Instant> every(minutes gap, int times, Instant from = kMonday) {
  std::vector<Instant> receipts;
  for (int index = 0; index < times; ++index) receipts.push_back(from + index * gap);
  return receipts;
}

TEST(SilentSender, LearnsTheUsualGapAndAlarmsBeyondThreeTimesIt) {
  const SilentSender sender({.least = 30min}, every(60min, 10));
  ASSERT_EQ(sender.usual_gap(), 60min);
  const auto last = kMonday + 9 * 60min;
  EXPECT_FALSE(sender.is_silent(last + 180min));
  EXPECT_TRUE(sender.is_silent(last + 181min));
}

TEST(SilentSender, IsNeverSilentBeforeTheLeastTime) {
  const SilentSender sender({.least = minutes(24h)}, every(20min, 10));
  EXPECT_FALSE(sender.is_silent(kMonday + 3h + 24h));
  EXPECT_TRUE(sender.is_silent(kMonday + 3h + 24h + 1min));
}

TEST(SilentSender, SaysNothingWhileItHasLearnedTooLittle) {
  const SilentSender sender({.least = 1min}, every(60min, 5));
  EXPECT_EQ(sender.usual_gap(), std::nullopt);
  EXPECT_FALSE(sender.is_silent(kMonday + 9000h));
}

TEST(SilentSender, NeedsNoLearningWhereTheGapIsConfigured) {
  const SilentSender sender({.expected_every = 60min, .least = 1min}, every(1min, 1));
  EXPECT_TRUE(sender.is_silent(kMonday + 181min));
}

TEST(SilentSender, IsNotSilentWhereNothingEverCame) {
  EXPECT_FALSE(SilentSender({.expected_every = 60min, .least = 1min}).is_silent(kMonday + 9000h));
}

TEST(SilentSender, CountsAManyFileSendingAsOne) {
  SilentSender sender({.least = 1min});
  for (int day = 0; day < 6; ++day)
    for (int file = 0; file < 10; ++file) sender.received(kMonday + day * 24h + file * 1min);
  ASSERT_TRUE(sender.usual_gap());
  EXPECT_GE(*sender.usual_gap(), 23h);
}

TEST(SilentSender, LearnsTheMiddleSoThatOneHolidayChangesNothing) {
  auto receipts = every(24h, 8);
  for (auto& each : every(24h, 8, kMonday + 17 * 24h)) receipts.push_back(each);
  EXPECT_EQ(SilentSender({}, receipts).usual_gap(), minutes(24h));
}

TEST(SilentSender, ForgetsAnOldRhythm) {
  auto receipts = every(60min, 100);
  for (auto& each : every(24h, 33, receipts.back() + 24h)) receipts.push_back(each);
  EXPECT_EQ(SilentSender({}, receipts).usual_gap(), minutes(24h));
}

TEST(SilentSender, SurvivesAClockThatStepsBack) {
  SilentSender sender({.expected_every = 60min, .least = 1min}, every(60min, 3));
  sender.received(kMonday - 24h);
  EXPECT_EQ(sender.last_received(), kMonday + 2h);
  EXPECT_FALSE(sender.is_silent(kMonday - 24h));
}

TEST(SilentSender, DoesNotCountWeekendsAndHolidaysWhereToldSo) {
  const SilentSender sender({.expected_every = minutes(24h),
                             .factor = 1,
                             .least = 1min,
                             .business_days = true,
                             .holidays = {std::chrono::sys_days(2020y / 4 / 29)}});
  const auto friday = kMonday + 4 * 24h, tuesday_before_the_holiday = kMonday + 8 * 24h;
  EXPECT_EQ(sender.counted_time(friday, friday + 3 * 24h), 24h) << "Friday to Monday";
  EXPECT_EQ(sender.counted_time(tuesday_before_the_holiday, tuesday_before_the_holiday + 2 * 24h), 24h);
  EXPECT_EQ(sender.counted_time(kMonday + 5 * 24h, kMonday + 6 * 24h), 0h) << "Saturday to Sunday";
  EXPECT_EQ(sender.counted_time(kMonday, kMonday + 3h), 3h);
}

TEST(SilentSender, AWeekendIsNoSilenceOnBusinessDays) {
  const SilentSender sender(
      {.expected_every = minutes(24h), .factor = 1.5, .least = 1min, .business_days = true},
      std::vector{kMonday + 4 * 24h});
  EXPECT_FALSE(sender.is_silent(kMonday + 7 * 24h));
  EXPECT_TRUE(sender.is_silent(kMonday + 8 * 24h));
}

}  // namespace
}  // namespace musubi::intake
