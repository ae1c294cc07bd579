#include "musubi/base/clock.h"

#include <gtest/gtest.h>

namespace musubi::base {
namespace {

using namespace std::chrono_literals;

Instant at(std::chrono::sys_days day, std::chrono::microseconds time) { return Instant(day + time); }

TEST(ClockTest, WritesUtc) {
  EXPECT_EQ(to_text(at(2020y / 4 / 20, 9h + 15min)), "2020-04-20T09:15:00.000000Z");
  EXPECT_EQ(to_text(at(1969y / 12 / 31, 23h + 59min + 59s + 999999us)), "1969-12-31T23:59:59.999999Z");
}

TEST(ClockTest, KnowsTheDayInJapan) {
  EXPECT_EQ(day_in_japan(at(2020y / 4 / 20, 14h + 59min)), std::chrono::sys_days(2020y / 4 / 20));
  EXPECT_EQ(day_in_japan(at(2020y / 4 / 20, 15h)), std::chrono::sys_days(2020y / 4 / 21));
  EXPECT_EQ(day_in_japan(at(1969y / 12 / 31, 14h)), std::chrono::sys_days(1969y / 12 / 31));
}

TEST(ClockTest, RunsForward) {
  const SystemClock clock;
  const Instant before = clock.now();
  EXPECT_LE(before, clock.now());
  EXPECT_GT(before, at(2024y / 1 / 1, 0us));
}

}  // namespace
}  // namespace musubi::base
