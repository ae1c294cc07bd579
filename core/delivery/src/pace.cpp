#include "musubi/delivery/pace.h"

#include <algorithm>

namespace musubi::delivery {
namespace {

using std::chrono::microseconds;

microseconds scaled(std::chrono::milliseconds wait, double factor) {
  return microseconds(static_cast<std::int64_t>(static_cast<double>(microseconds(wait).count()) * factor));
}

microseconds share_of_quota(std::uint64_t records, std::uint64_t per_minute) {
  return microseconds(std::chrono::minutes(1)) * static_cast<std::int64_t>(records) /
         static_cast<std::int64_t>(per_minute);
}

}  // namespace

std::string_view name_of(Circuit circuit) noexcept {
  constexpr std::string_view kNames[] = {"closed", "open", "half_open"};
  return kNames[static_cast<std::size_t>(circuit)];
}

Pace::Pace(const Pacing& pacing, std::uint64_t seed) : pacing_(pacing), state_(seed) {}

/// SplitMix64: a number in [-1, 1).
double Pace::chance() {
  state_ += 0x9E3779B97F4A7C15;
  auto mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  mixed ^= mixed >> 31;
  constexpr double kScale = 1.0 / static_cast<double>(std::uint64_t{1} << 52);
  return static_cast<double>(mixed >> 11) * kScale - 1.0;
}

Circuit Pace::circuit(base::Instant now) const noexcept {
  if (failures_ < pacing_.failures_to_open) return Circuit::closed;
  return may_ask(now) ? Circuit::half_open : Circuit::open;
}

void Pace::succeeded(base::Instant now, std::uint64_t records) {
  failures_ = 0;
  not_before_ = now;
  if (pacing_.records_per_minute != 0) not_before_ += share_of_quota(records, pacing_.records_per_minute);
}

void Pace::failed(base::Instant now) {
  ++failures_;
  const auto wait = wait_before(pacing_.retry, failures_ + 1);
  not_before_ = now + scaled(wait, 1.0 + std::clamp(pacing_.jitter, 0.0, 1.0) * chance());
}

}  // namespace musubi::delivery
