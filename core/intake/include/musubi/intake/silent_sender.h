// Notices that a sender has gone silent: nothing came for much longer than usual. In 2020 whole wards went
// missing from the numbers for days because nobody looks for what is not there. Pure: the caller brings the
// receipts and the time.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "musubi/base/clock.h"

namespace musubi::intake {

struct SilenceSettings {
  /// Configured; otherwise it is learned, as the median of the last gaps.
  std::optional<std::chrono::minutes> expected_every{};
  double factor = 3.0;                            ///< silent: longer than so many times the usual gap …
  std::chrono::minutes least{24 * 60};            ///< … and longer than this
  std::chrono::minutes one_sending{10};           ///< receipts closer than this count as one
  bool business_days = false;                     ///< Saturdays, Sundays and `holidays` do not count
  std::vector<std::chrono::sys_days> holidays{};  ///< days in Japan, in order
};

/// Threads: one.
class SilentSender {
 public:
  /// Gaps that are needed before a usual one is known, and gaps that are remembered.
  static constexpr std::size_t kLeastGaps = 5, kMostGaps = 32;

  /// `receipts`: known ones, in order; the last few dozen are enough.
  explicit SilentSender(SilenceSettings settings, std::span<const base::Instant> receipts = {});
  /// One that is not later than the last (a clock that stepped back) teaches nothing.
  void received(base::Instant when);

  std::optional<base::Instant> last_received() const noexcept { return last_; }
  /// nullopt: not configured and not learned yet.
  std::optional<std::chrono::minutes> usual_gap() const;
  /// What silence has to exceed; nullopt: there is no telling yet.
  std::optional<std::chrono::minutes> longest_usual_silence() const;
  /// Nothing came for longer than that. Never, where nothing ever came.
  bool is_silent(base::Instant now) const;
  /// The time between two instants, without days off where the settings say so.
  std::chrono::minutes counted_time(base::Instant from, base::Instant until) const;

 private:
  bool is_day_off(std::chrono::sys_days day) const;
  SilenceSettings settings_;
  std::optional<base::Instant> last_;
  std::deque<std::chrono::minutes> gaps_;
};

}  // namespace musubi::intake
