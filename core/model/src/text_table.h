// Text → number, for lookups on the hot path: open addressing, no allocation, no pointer chasing.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace musubi::model {

/// Keys are views: whoever adds them keeps them alive. Filled once, then read by any thread.
class TextTable {
 public:
  explicit TextTable(std::size_t expected) : entries_(std::bit_ceil(expected * 2 + 8)) {}

  /// False: the key is there already and keeps its number. At most `expected` keys.
  bool add(std::string_view key, std::uint32_t number) {
    Entry& entry = entries_[position(key)];
    if (entry.used) return false;
    entry = {key, number, true};
    return true;
  }

  std::optional<std::uint32_t> find(std::string_view key) const noexcept {
    const Entry& entry = entries_[position(key)];
    return entry.used ? std::optional(entry.number) : std::nullopt;
  }

 private:
  struct Entry {
    std::string_view key;
    std::uint32_t number = 0;
    bool used = false;
  };

  /// Where the key is, or the free place it would take.
  std::size_t position(std::string_view key) const noexcept {
    std::size_t place = hash(key) & (entries_.size() - 1);
    while (entries_[place].used && entries_[place].key != key) place = (place + 1) & (entries_.size() - 1);
    return place;
  }

  static std::uint64_t hash(std::string_view key) noexcept {
    std::uint64_t state = 0x9E3779B97F4A7C15u ^ key.size();
    for (; key.size() > 8; key.remove_prefix(8)) state = mixed(state, key, 8);
    state = mixed(state, key, key.size());
    return state ^ (state >> 32);
  }

  static std::uint64_t mixed(std::uint64_t state, std::string_view key, std::size_t bytes) noexcept {
    std::uint64_t word = 0;
    if (bytes != 0) std::memcpy(&word, key.data(), bytes);
    state = (state ^ word) * 0xFF51AFD7ED558CCDu;
    return state ^ (state >> 29);
  }

  std::vector<Entry> entries_;
};

}  // namespace musubi::model
