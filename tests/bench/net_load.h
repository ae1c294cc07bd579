// Callers that keep their connections and ask again as soon as they are answered, or at a given pace.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musubi::bench {

struct Load {
  std::size_t connections = 32;
  std::chrono::milliseconds time{1000};
  /// Where twelve digits stand in the request that are another number each time; 0: every request is the
  /// same.
  std::size_t number_at = 0;
  std::uint64_t first_number = 1;
  /// Requests are due at this pace, whether the ones before are answered or not, and each wait begins when
  /// its request was due; 0: as soon as the connection is free.
  double due_a_second = 0;
};
struct Served {
  double a_second = 0;
  double milliseconds_p50 = 0, milliseconds_p99 = 0;
  double server_microseconds = 0;  ///< processor time of all other threads of this process, per answer
};
/// `request` over and over at 127.0.0.1, by one thread; answers have a Content-Length.
Served put_under_load(std::uint16_t port, std::string_view request, const Load& load);

}  // namespace musubi::bench
