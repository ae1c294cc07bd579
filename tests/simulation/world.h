// One hub, its disk, its senders and its recipient, driven by one seed: what happens, and when, is drawn from
// it, and the same seed does the same again.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "hub/couriers.h"
#include "memory_disk.h"
#include "small_hub.h"

namespace musubi::simulation {

/// Time that goes when it is told.
class HandClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override { return now_; }
  void advance(base::Instant::duration time) { now_ += time; }

 private:
  base::Instant now_{std::chrono::microseconds(1'587'343'500'000'000)};  ///< 2020-04-20 in Japan
};

/// A recipient with a store of its own, which outlives the hub: it is away, loses its answer after it has
/// stored, or refuses records.
class Recipient final : public plugin::Sink {
 public:
  using Key = std::pair<std::int64_t, std::uint32_t>;
  explicit Recipient(std::mt19937_64& random) : random_(random) {}

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override;
  base::Status read(const plugin::ReadRequest&, const plugin::RecordVisitor&) noexcept override { return {}; }
  base::Status close() noexcept override { return {}; }

  const std::map<Key, std::string>& stored() const noexcept { return stored_; }
  bool behaves = false;
  /// A key came again with other values: something was mapped or protected otherwise than before.
  bool saw_a_contradiction = false;

 private:
  std::mt19937_64& random_;
  std::map<Key, std::string> stored_;  ///< the record as it was disclosed
};

/// What does not change from world to world: read once.
struct Configuration {
  Configuration();
  std::shared_ptr<const model::Catalogue> catalogue;
  std::shared_ptr<const model::ValueSets> value_sets;
  std::shared_ptr<const quality::Checks> checks;
  std::shared_ptr<const privacy::Policies> policies;
  std::shared_ptr<const privacy::Routes> routes;
};

class World {
 public:
  World(const Configuration& configuration, std::uint64_t seed);
  ~World();

  /// So many things happen, one after the other.
  void live(int steps);
  /// Everybody behaves, and the hub is given time. False: something is still under way.
  bool settle();
  /// What is not as it was promised; empty: nothing.
  std::string complaint() const;

  struct Happened {
    int acknowledged = 0, power_failures = 0, restarts = 0, stopped = 0, put_right = 0;
  };
  const Happened& happened() const noexcept { return happened_; }

 private:
  struct Hub;
  std::uint64_t draw(std::uint64_t below) { return random_() % below; }
  bool open();
  void close();
  void recover();
  bool something_happens();
  bool receive();
  bool carry();
  bool step_courier();
  bool retire();
  /// Somebody puts a held record right.
  bool put_right();
  /// Those of the couriers, or everything is left in the ledger as after a restart.
  std::shared_ptr<pipeline::Handoffs> some_handoffs();
  std::uint64_t once_held() const;
  void plan_a_mishap();
  /// True: went on. False: the hub cannot go on.
  bool goes_on(const base::Error& error);
  std::string list_of_cases();

  const Configuration& configuration_;
  std::mt19937_64 random_;
  MemoryDisk disk_;
  testing::TemporaryFolder folder_;
  HandClock clock_;
  const bool reviewed_;  ///< in this world people put held records right
  Recipient recipient_;
  pipeline::TableSource source_;
  std::unique_ptr<Hub> hub_;
  std::vector<std::string> acknowledged_;  ///< the bytes, in order
  Happened happened_;
};

}  // namespace musubi::simulation
