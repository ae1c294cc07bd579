// When the cases of a synthetic epidemic are published: waves over days, fewer at weekends, the same share of
// cases on a day however many there are.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace musubi::app::sample {

struct Wave {
  std::chrono::sys_days peak;
  double days;    ///< from peak to a bit more than half of it
  double height;  ///< beside the other waves
};

struct Epidemic {
  std::chrono::sys_days first, last;  ///< of the first edition
  std::vector<Wave> waves;
};

class Timeline {
 public:
  Timeline(const Epidemic& epidemic, std::uint64_t rows, unsigned edition);

  /// Cases in this edition.
  std::uint64_t cases() const noexcept { return until_.back(); }
  /// Cases that an earlier edition had already.
  std::uint64_t known_before() const noexcept { return known_before_; }
  /// The last day the edition covers.
  std::chrono::sys_days as_of() const noexcept;
  /// The day of case `number`, counted from 0; to be asked in ascending order.
  std::chrono::sys_days day_of(std::uint64_t number) noexcept {
    while (until_[day_] <= number) ++day_;
    return first_ + std::chrono::days(day_);
  }

 private:
  void add_edition(std::uint64_t cases);
  std::chrono::sys_days first_;
  std::vector<std::uint64_t> until_;  ///< day → cases up to its end
  std::size_t day_ = 0;
  std::uint64_t known_before_ = 0;
};

}  // namespace musubi::app::sample
