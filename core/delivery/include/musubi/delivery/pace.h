// When a recipient is asked next: back-off with jitter while it is away, a circuit breaker that keeps a
// recipient that stays away from being hammered, and a quota. Pure: it is told the time and what happened.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "musubi/base/clock.h"
#include "musubi/delivery/delivery.h"

namespace musubi::delivery {

struct Pacing {
  RetryPolicy retry;    ///< `attempts`: how often one consignment may fail before it is suspected
  double jitter = 0.2;  ///< share of a wait by which it is made shorter or longer by chance
  std::uint32_t failures_to_open = 5;    ///< in a row, before the circuit opens
  std::uint64_t records_per_minute = 0;  ///< 0: as many as it takes
};

enum class Circuit : std::uint8_t {
  closed,    ///< it answers
  open,      ///< away for some time: nothing is asked before not_before()
  half_open  ///< one attempt will show whether it is back
};
std::string_view name_of(Circuit circuit) noexcept;

/// Threads: one at a time. Equal seeds wait equally.
class Pace {
 public:
  Pace(const Pacing& pacing, std::uint64_t seed);

  base::Instant not_before() const noexcept { return not_before_; }
  bool may_ask(base::Instant now) const noexcept { return now >= not_before_; }
  Circuit circuit(base::Instant now) const noexcept;
  std::uint32_t failures() const noexcept { return failures_; }  ///< in a row

  void succeeded(base::Instant now, std::uint64_t records);
  void failed(base::Instant now);
  /// An operator does not want to wait.
  void ask_now(base::Instant now) noexcept { not_before_ = now; }

 private:
  double chance();

  Pacing pacing_;
  std::uint64_t state_;
  std::uint32_t failures_ = 0;
  base::Instant not_before_{};
};

}  // namespace musubi::delivery
