// How often each caller may do something: token buckets.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace musubi::net {

using Tick = std::chrono::steady_clock::time_point;

/// Threads: any. Remembers a bounded number of callers; full buckets are forgotten first.
class Buckets {
 public:
  /// `a_second` drops flow in until there are `most`. 0: no limit.
  Buckets(double a_second, double most) : a_second_(a_second), most_(most) {}

  /// Takes one drop; false: the bucket is empty.
  bool take(std::string_view caller, Tick now);
  /// Whether there is a drop to take.
  bool has(std::string_view caller, Tick now);
  /// How long an empty bucket takes to have one again; at least a second.
  std::chrono::seconds wait() const noexcept;

 private:
  struct Bucket {
    double drops;
    Tick at;
  };
  Bucket& filled(std::string_view caller, Tick now);
  void forget_full(Tick now);

  const double a_second_, most_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace musubi::net
