// Many small worlds, each drawn from a seed: senders hand in, the hub reads and delivers, the power and the
// disk fail, the recipient is away, forgets to answer, refuses. In the end everything acknowledged has
// arrived once. MUSUBI_SEEDS and MUSUBI_FIRST_SEED choose the worlds; the seed of one that goes wrong is
// printed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "world.h"

namespace musubi::simulation {
namespace {

/// In four tests, so that two processors share them.
constexpr std::uint64_t kUsualSeeds = 2'000, kShares = 4;
constexpr int kSteps = 60;

std::uint64_t wanted(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class Simulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Simulation, WhateverHappensEverythingAcknowledgedArrivesOnce) {
  const Configuration configuration;
  const auto wanted_seeds = wanted("MUSUBI_SEEDS", kUsualSeeds);
  const auto seeds = (wanted_seeds + kShares - 1 - GetParam()) / kShares;
  const auto first = wanted("MUSUBI_FIRST_SEED", 1) + GetParam();
  World::Happened all;
  int wrong = 0;
  for (std::uint64_t number = 0; number < seeds && wrong < 5; ++number) {
    const auto seed = first + number * kShares;
    World world(configuration, seed);
    world.live(kSteps);
    const bool settled = world.settle();
    const auto complaint = settled ? world.complaint() : "something is still under way";
    EXPECT_EQ(complaint, "") << "MUSUBI_FIRST_SEED=" << seed << " MUSUBI_SEEDS=1";
    wrong += complaint.empty() ? 0 : 1;
    const auto& happened = world.happened();
    all.acknowledged += happened.acknowledged;
    all.power_failures += happened.power_failures;
    all.restarts += happened.restarts;
    all.stopped += happened.stopped;
    all.put_right += happened.put_right;
  }
  std::cout << seeds << " worlds: " << all.acknowledged << " lists acknowledged, " << all.power_failures
            << " power failures, " << all.stopped << " stops, " << all.restarts << " restarts, "
            << all.put_right << " put right\n";
  constexpr std::uint64_t kMany = 50;
  if (seeds > kMany) {
    EXPECT_GT(all.power_failures, static_cast<int>(seeds / 10)) << "or nothing was tried";
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, Simulation, ::testing::Range(std::uint64_t{0}, kShares));

}  // namespace
}  // namespace musubi::simulation
