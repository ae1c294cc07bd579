#include "musubi/intake/back_off.h"

#include <algorithm>

namespace musubi::intake {

BackOff::BackOff(const BackOffPolicy& policy, std::uint64_t seed) noexcept : policy_(policy), state_(seed) {}

std::chrono::milliseconds BackOff::next() noexcept {
  const auto most = static_cast<double>(policy_.most.count());
  auto wait = static_cast<double>(policy_.first.count());
  for (std::uint32_t times = 0; times < failures_ && wait < most; ++times) wait *= policy_.factor;
  ++failures_;
  wait = std::min(wait, most) * (1 + policy_.jitter * (2 * random() - 1));
  return std::chrono::milliseconds(static_cast<std::int64_t>(wait));
}

// SplitMix64 (Steele, Lea, Flood 2014): its upper 53 bits as a fraction.
double BackOff::random() noexcept {
  std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15U);
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<double>((mixed ^ (mixed >> 31U)) >> 11U) * 0x1.0p-53;
}

}  // namespace musubi::intake
