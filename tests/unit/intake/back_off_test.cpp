#include "musubi/intake/back_off.h"

#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

using std::chrono::milliseconds;

constexpr BackOffPolicy kPlain{milliseconds(100), milliseconds(1'000), 2.0, 0.0};

TEST(BackOff, DoublesUpToTheMost) {
  BackOff back_off(kPlain);
  for (const int expected : {100, 200, 400, 800, 1'000, 1'000}) EXPECT_EQ(back_off.next().count(), expected);
}

TEST(BackOff, BeginsAnewAfterASuccess) {
  BackOff back_off(kPlain);
  back_off.next();
  back_off.next();
  back_off.reset();
  EXPECT_EQ(back_off.next().count(), 100);
}

TEST(BackOff, JitterStaysWithinItsShareAndVaries) {
  auto policy = kPlain;
  policy.jitter = 0.5;
  policy.factor = 1;
  BackOff back_off(policy, 7), another(policy, 8);
  int different = 0;
  for (int times = 0; times < 100; ++times) {
    const auto wait = back_off.next().count();
    EXPECT_GE(wait, 50);
    EXPECT_LE(wait, 150);
    different += wait != another.next().count() ? 1 : 0;
  }
  EXPECT_GT(different, 50);
}

TEST(BackOff, NeverOverflows) {
  BackOff back_off(kPlain);
  for (int times = 0; times < 100'000; ++times) ASSERT_LE(back_off.next(), kPlain.most);
}

}  // namespace
}  // namespace musubi::intake
