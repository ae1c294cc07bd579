// Chance that can be repeated: what is drawn for a case depends on the seed and the number of the case alone.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace musubi::app::sample {

/// splitmix64 (Steele, Lea, Flood 2014).
class Draw {
 public:
  Draw(std::uint64_t seed, std::uint64_t number) noexcept
      : state_(seed * 0xD1B54A32D192ED03ULL ^ number * 0x9E3779B97F4A7C15ULL) {}

  std::uint64_t next() noexcept {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }
  /// 0 … limit - 1; `limit` is small beside 2^32.
  int below(int limit) noexcept {
    return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(limit)) >> 32);
  }
  bool one_in(int chances) noexcept { return below(chances) == 0; }

 private:
  std::uint64_t state_;
};

/// Texts with weights in thousandths, which must add up to 1000. One look-up a draw.
class Choice {
 public:
  using Weighted = std::pair<std::string_view, int>;
  explicit Choice(std::initializer_list<Weighted> texts) {
    std::size_t slot = 0;
    for (const auto& [text, weight] : texts) {
      for (int count = 0; count < weight && slot < slots_.size(); ++count) slots_[slot++] = text;
    }
  }
  std::string_view operator()(Draw& draw) const noexcept {
    return slots_[static_cast<std::size_t>(draw.below(static_cast<int>(slots_.size())))];
  }

 private:
  std::array<std::string_view, 1000> slots_{};
};

}  // namespace musubi::app::sample
