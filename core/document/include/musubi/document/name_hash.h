// A quick hash of short names: of members, elements, columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace musubi::document {

/// The first and the last eight bytes of a name; with its length they are all of one of up to 16.
struct NameWords {
  std::uint64_t first = 0, last = 0;
};

inline NameWords words_of_name(std::string_view name) noexcept {
  const auto* const begin = name.data();
  const auto size = name.size();
  NameWords words;
  if (size >= 8) {
    std::memcpy(&words.first, begin, 8);
    std::memcpy(&words.last, begin + size - 8, 8);
  } else if (size >= 4) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, begin, 4);
    std::memcpy(&last, begin + size - 4, 4);
    words = {first, last};
  } else if (size > 0) {
    const auto byte = [begin](std::size_t at) {
      return std::uint64_t{static_cast<unsigned char>(begin[at])};
    };
    words.first = byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
  }
  return words;
}

inline std::uint64_t hash_of_words(const NameWords& words, std::size_t size) noexcept {
  constexpr std::uint64_t kSpread = 0xD6E8FEB86659FD93U;
  auto hash = (words.first ^ size * 0x9E3779B97F4A7C15U) * kSpread;
  hash = ((hash ^ hash >> 32U) ^ words.last) * kSpread;
  return hash ^ hash >> 32U;
}

/// Who finds by it compares the names too.
inline std::uint64_t hash_of_name(std::string_view name) noexcept {
  return hash_of_words(words_of_name(name), name.size());
}

}  // namespace musubi::document
