#include "musubi/delivery/pace.h"

#include <gtest/gtest.h>

namespace musubi::delivery {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Pacing pacing() {
  return {.retry = {.attempts = 5, .first_wait = seconds(1), .longest_wait = seconds(60)},
          .jitter = 0.0,
          .failures_to_open = 3,
          .records_per_minute = 0};
}

const base::Instant kStart{std::chrono::sys_days(std::chrono::year(2020) / 4 / 20)};

TEST(Pace, waits_longer_each_time_a_recipient_is_away) {
  Pace pace(pacing(), 1);
  EXPECT_TRUE(pace.may_ask(kStart));
  pace.failed(kStart);
  EXPECT_EQ(pace.not_before(), kStart + seconds(1));
  pace.failed(kStart);
  EXPECT_EQ(pace.not_before(), kStart + seconds(2));
  for (int time = 0; time < 20; ++time) pace.failed(kStart);
  EXPECT_EQ(pace.not_before(), kStart + seconds(60));
}

TEST(Pace, opens_the_circuit_then_tries_once_and_closes_it_on_success) {
  Pace pace(pacing(), 1);
  for (int time = 0; time < 2; ++time) pace.failed(kStart);
  EXPECT_EQ(pace.circuit(kStart), Circuit::closed);
  pace.failed(kStart);
  EXPECT_EQ(pace.circuit(kStart), Circuit::open);
  const auto later = pace.not_before();
  EXPECT_EQ(pace.circuit(later), Circuit::half_open);
  pace.succeeded(later, 10);
  EXPECT_EQ(pace.circuit(later), Circuit::closed);
  EXPECT_TRUE(pace.may_ask(later));
}

TEST(Pace, jitter_keeps_within_its_share_and_differs_between_hubs) {
  auto with_jitter = pacing();
  with_jitter.jitter = 0.2;
  Pace first(with_jitter, 1), same(with_jitter, 1), other(with_jitter, 2);
  for (auto* each : {&first, &same, &other}) each->failed(kStart);
  EXPECT_EQ(first.not_before(), same.not_before());
  EXPECT_NE(first.not_before(), other.not_before());
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Pace pace(with_jitter, seed);
    pace.failed(kStart);
    EXPECT_GE(pace.not_before(), kStart + milliseconds(800));
    EXPECT_LE(pace.not_before(), kStart + milliseconds(1200));
  }
}

TEST(Pace, a_quota_spreads_records_over_the_minute) {
  auto with_quota = pacing();
  with_quota.records_per_minute = 600;
  Pace pace(with_quota, 1);
  pace.succeeded(kStart, 100);
  EXPECT_EQ(pace.not_before(), kStart + seconds(10));
}

TEST(Pace, an_operator_need_not_wait) {
  Pace pace(pacing(), 1);
  for (int time = 0; time < 9; ++time) pace.failed(kStart);
  pace.ask_now(kStart);
  EXPECT_EQ(pace.circuit(kStart), Circuit::half_open);
}

}  // namespace
}  // namespace musubi::delivery
