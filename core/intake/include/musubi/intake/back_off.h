// How long to wait before trying again. Pure.
#pragma once

#include <chrono>
#include <cstdint>

namespace musubi::intake {

struct BackOffPolicy {
  std::chrono::milliseconds first{1'000};
  std::chrono::milliseconds most{300'000};
  double factor = 2.0;
  double jitter = 0.2;  ///< of the wait, up or down, so that many do not come back at once
};

/// Threads: one.
class BackOff {
 public:
  /// `seed`: of the jitter.
  explicit BackOff(const BackOffPolicy& policy = {}, std::uint64_t seed = 0) noexcept;
  /// The wait after one more failure.
  std::chrono::milliseconds next() noexcept;
  /// After a success.
  void reset() noexcept { failures_ = 0; }
  std::uint32_t failures() const noexcept { return failures_; }

 private:
  double random() noexcept;  ///< in [0, 1)
  BackOffPolicy policy_;
  std::uint64_t state_;
  std::uint32_t failures_ = 0;
};

}  // namespace musubi::intake
