// Whose turn it is, and how much of it.
#include "hub/work_queue.h"

#include <gtest/gtest.h>

namespace musubi::pipeline {
namespace {

constexpr std::size_t kMost = 3;
constexpr std::uint64_t kSmall = 10;

Work work(std::int64_t submission, std::uint64_t bytes) { return {submission, "tokyo", bytes}; }

TEST(WorkQueue, AFullTurnIsAsManyAsOneTakesOrALargeOne) {
  WorkQueue queue;
  EXPECT_FALSE(queue.has_full_turn("tokyo", kMost, kSmall));
  queue.add(work(1, 5));
  queue.add(work(2, 5));
  EXPECT_FALSE(queue.has_full_turn("tokyo", kMost, kSmall));
  queue.add(work(3, 5));
  EXPECT_TRUE(queue.has_full_turn("tokyo", kMost, kSmall));
  queue.done(work(1, 5));
  EXPECT_FALSE(queue.has_full_turn("tokyo", kMost, kSmall));
  queue.add(work(4, 50));
  EXPECT_TRUE(queue.has_full_turn("tokyo", kMost, kSmall))
      << "the small ones before it have nothing to wait for";
  EXPECT_FALSE(queue.has_full_turn("osaka", kMost, kSmall));
}

TEST(WorkQueue, SmallOnesGoTogetherUpToALargeOne) {
  WorkQueue queue;
  for (const auto& each : {work(1, 5), work(2, 5), work(3, 50), work(4, 5)}) queue.add(each);
  const auto first = queue.next(kMost, kSmall);
  ASSERT_EQ(first.size(), 2U);
  for (const auto& each : first) queue.done(each);
  queue.turn_over("tokyo", {});
  const auto second = queue.next(kMost, kSmall);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second.front().submission, 3);
}

}  // namespace
}  // namespace musubi::pipeline
