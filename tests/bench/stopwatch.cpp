#include "stopwatch.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>

namespace musubi::bench {

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Pair alternate(const std::function<void()>& ours, const std::function<void()>& limit, int times) {
  ours();
  limit();
  std::vector<double> our_times, limit_times, ratios;
  for (int index = 0; index < times; ++index) {
    our_times.push_back(seconds(ours));
    limit_times.push_back(seconds(limit));
    ratios.push_back(limit_times.back() / our_times.back());
  }
  return {median(our_times), median(limit_times), median(ratios)};
}

void print_line(const std::string& name, double amount, const std::string& unit, double spent,
                const std::string& beside) {
  fmt::print("{:<34} {:>14.1f} {:<8} {}\n", name, amount / spent, unit, beside);
}

}  // namespace musubi::bench
