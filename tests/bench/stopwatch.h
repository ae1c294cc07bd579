// Alternated timing and the table it is printed in.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace musubi::bench {

/// Wall seconds of one call.
double seconds(const std::function<void()>& work);
/// CPU seconds of the calling thread.
double thread_cpu_seconds();
double median(std::vector<double> values);

struct Pair {
  double ours = 0, limit = 0;  ///< median seconds
  double ratio = 0;            ///< median of limit/ours, pair by pair: 1 means as fast as the limit
};
/// Runs both in turn: ours, limit, ours, limit, ... after one warm-up of each.
Pair alternate(const std::function<void()>& ours, const std::function<void()>& limit, int times = 5);

/// "name    123,456 rows/s   0.87 of limit name".
void print_line(const std::string& name, double amount, const std::string& unit, double seconds,
                const std::string& beside);

}  // namespace musubi::bench
