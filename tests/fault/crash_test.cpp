// The hub is ended at named points, again and again over the same home, and loses nothing, doubles nothing.
// In two worlds: one where only the process dies, and one where the power fails and what was not synced is
// gone.
//
//   MUSUBI_KILLS=2000 MUSUBI_SEED=7 crash_test       (seeds and rounds of a failure are told)
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>

#include "faulty_machine.h"
#include "laboratory.h"
#include "musubi/base/kill_point.h"

namespace {

using musubi::base::kKillPoints;
using musubi::testing::eventually;
using musubi::testing::Laboratory;
using musubi::testing::Report;
using musubi::testing::Reports;
using musubi::testing::ServingHub;
using std::chrono::milliseconds;

constexpr std::uint64_t kUsualKills = 20;
constexpr std::uint64_t kKillsPerHome = 25;

std::uint64_t wanted(const char* name, std::uint64_t otherwise) {
  const char* given = std::getenv(name);
  return given == nullptr ? otherwise : std::stoull(given);
}

struct Death {
  std::string_view point;
  std::uint64_t passing = 1;
  milliseconds patience{60'000};  ///< after which it is killed from outside, wherever it is
};

enum class World { process_dies, power_fails };

// NOLINTNEXTLINE(readability-identifier-naming): the name that GoogleTest calls
void PrintTo(World world, std::ostream* out) {
  *out << (world == World::process_dies ? "process_dies" : "power_fails");
}

class Crash : public ::testing::TestWithParam<World> {
 protected:
  void SetUp() override {
    if (GetParam() == World::power_fails && !musubi::testing::machine_can_be_faulty())
      GTEST_SKIP() << "a sanitizer's runtime leaves no room for another preloaded library";
  }

  Laboratory::Environment world(const Laboratory& laboratory, std::uint64_t seed) const {
    if (GetParam() == World::process_dies) return {};
    return musubi::testing::forgetful_disk(laboratory, seed);
  }
  Laboratory::Environment with(Laboratory::Environment environment, const Death& death) const {
    environment.emplace_back("MUSUBI_KILL_AT",
                             std::string(death.point) + ":" + std::to_string(death.passing));
    return environment;
  }
  /// True: it died by itself.
  static bool await_death(ServingHub& hub, milliseconds patience) {
    if (eventually([&] { return !hub.runs(); }, patience)) return true;
    if (GetParam() == World::power_fails) {
      hub.signal(SIGPWR);
      EXPECT_TRUE(eventually([&] { return !hub.runs(); }));
    }
    hub.kill();
    return false;
  }

  const Report& next() { return reports.number(next_report++); }
  void hand_in_something(std::mt19937_64& random, Laboratory& laboratory, const ServingHub& hub) {
    const bool again = next_report > 0 && random() % 4 == 0;
    const auto& report = again ? reports.number(random() % next_report) : next();
    switch (random() % 3) {
      case 0:
        laboratory.post(hub, report);
        break;
      case 1:
        laboratory.upload(hub, report);
        break;
      default:
        laboratory.drop(report);
    }
  }

  /// Hands in, kills, so many times; then looks at what is there. How often it died at a point.
  std::uint64_t kill_one_home(std::mt19937_64& random, std::uint64_t kills) {
    Laboratory laboratory;
    next_report = 0;
    std::uint64_t by_themselves = 0;
    for (std::uint64_t each = 0; each < kills; ++each) {
      const Death death{.point = kKillPoints[random() % kKillPoints.size()],
                        .passing = 1 + random() % (random() % 2 == 0 ? 3 : 12),
                        .patience = milliseconds(random() % 100)};
      ServingHub hub(laboratory.settings(with(world(laboratory, random()), death)));
      for (auto left = 1 + random() % 3; left > 0; --left) hand_in_something(random, laboratory, hub);
      by_themselves += await_death(hub, death.patience) ? 1 : 0;
    }
    laboratory.expect_nothing_lost_nothing_double(world(laboratory, random()));
    return by_themselves;
  }

  Reports reports;
  std::size_t next_report = 0;
};

TEST_P(Crash, at_every_point_on_the_road) {
  Laboratory laboratory;
  for (const auto point : kKillPoints) {
    SCOPED_TRACE(point);
    const Death death{.point = point};
    ServingHub hub(laboratory.settings(with(world(laboratory, 0), death)));
    laboratory.post(hub, next());
    laboratory.drop(next());
    laboratory.upload(hub, next());
    EXPECT_TRUE(await_death(hub, death.patience)) << "nobody passes it";
    if (HasFatalFailure()) return;
  }
  laboratory.expect_nothing_lost_nothing_double(world(laboratory, 0));
}

TEST_P(Crash, at_points_and_moments_by_seed) {
  const auto kills = wanted("MUSUBI_KILLS", kUsualKills), seed = wanted("MUSUBI_SEED", 20200515);
  std::mt19937_64 random(seed);
  std::uint64_t done = 0, by_themselves = 0;
  while (done < kills && !HasFailure()) {
    SCOPED_TRACE("MUSUBI_SEED=" + std::to_string(seed) + ", kills before: " + std::to_string(done));
    const auto now = std::min(kills - done, kKillsPerHome);
    by_themselves += kill_one_home(random, now);
    done += now;
  }
  std::cout << done << " kills, " << by_themselves << " of them at a point\n";
}

std::string name_of(const ::testing::TestParamInfo<World>& world) {
  return ::testing::PrintToString(world.param);
}

INSTANTIATE_TEST_SUITE_P(Worlds, Crash, ::testing::Values(World::process_dies, World::power_fails), name_of);

}  // namespace
