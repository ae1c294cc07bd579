#include "timeline.h"

#include <cmath>

namespace musubi::app::sample {
namespace {

constexpr std::uint64_t kDaysOfAnEdition = 7;
constexpr std::uint64_t kShareOfAnEdition = 8;

double weight_of(std::chrono::sys_days day, const Epidemic& epidemic) {
  double weight = 0.01;
  for (const Wave& wave : epidemic.waves) {
    const double distance = static_cast<double>((day - wave.peak).count()) / wave.days;
    weight += wave.height / (1 + distance * distance * distance * distance);
  }
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  return weekday <= 1 ? weight * 0.6 : weight;
}

}  // namespace

Timeline::Timeline(const Epidemic& epidemic, std::uint64_t rows, unsigned edition) : first_(epidemic.first) {
  std::vector<double> sums;
  double sum = 0;
  for (auto day = epidemic.first; day <= epidemic.last; day += std::chrono::days(1))
    sums.push_back(sum += weight_of(day, epidemic));
  for (const double until : sums)
    until_.push_back(static_cast<std::uint64_t>(std::llround(static_cast<double>(rows) * (until / sum))));
  until_.back() = rows;
  for (unsigned later = 2; later <= edition; ++later)
    add_edition((rows + kShareOfAnEdition - 1) / kShareOfAnEdition);
}

void Timeline::add_edition(std::uint64_t cases) {
  known_before_ = until_.back();
  for (std::uint64_t day = 1; day <= kDaysOfAnEdition; ++day)
    until_.push_back(known_before_ + cases * day / kDaysOfAnEdition);
}

std::chrono::sys_days Timeline::as_of() const noexcept {
  return first_ + std::chrono::days(until_.size() - 1);
}

}  // namespace musubi::app::sample
