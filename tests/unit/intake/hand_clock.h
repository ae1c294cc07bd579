// A clock that goes when told.
#pragma once

#include "musubi/base/clock.h"

namespace musubi::testing {

class HandClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override { return now_; }
  void advance(std::chrono::microseconds by) { now_ += by; }
  void set(base::Instant now) { now_ = now; }

 private:
  base::Instant now_{std::chrono::sys_days(std::chrono::year(2020) / 4 / 20) + std::chrono::hours(3)};
};

}  // namespace musubi::testing
