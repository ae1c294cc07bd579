#include "buckets.h"

#include <algorithm>
#include <cmath>

namespace musubi::net {
namespace {

constexpr std::size_t kMostCallers = 65'536;

double seconds(Tick from, Tick to) { return std::chrono::duration<double>(to - from).count(); }

}  // namespace

bool Buckets::take(std::string_view caller, Tick now) {
  if (a_second_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  auto& bucket = filled(caller, now);
  if (bucket.drops < 1) return false;
  bucket.drops -= 1;
  return true;
}

bool Buckets::has(std::string_view caller, Tick now) {
  if (a_second_ <= 0) return true;
  const std::lock_guard lock(mutex_);
  return filled(caller, now).drops >= 1;
}

std::chrono::seconds Buckets::wait() const noexcept {
  return std::chrono::seconds(
      static_cast<int>(std::clamp(std::ceil(1 / std::max(a_second_, 0.001)), 1.0, 3600.0)));
}

Buckets::Bucket& Buckets::filled(std::string_view caller, Tick now) {
  if (buckets_.size() >= kMostCallers) forget_full(now);
  const auto [found, is_new] = buckets_.try_emplace(std::string(caller), Bucket{most_, now});
  auto& bucket = found->second;
  bucket.drops = std::min(most_, bucket.drops + seconds(bucket.at, now) * a_second_);
  bucket.at = now;
  return bucket;
}

/// Where none is full, everybody begins anew: memory is bounded before fairness.
void Buckets::forget_full(Tick now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    return entry.second.drops + seconds(entry.second.at, now) * a_second_ >= most_;
  });
  if (buckets_.size() >= kMostCallers) buckets_.clear();
}

}  // namespace musubi::net
