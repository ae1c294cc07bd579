// A quick hash of short names: of members, elements, columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace musubi::document {

/// Of the length and of at most the first and the last eight bytes: who finds by it compares the names too.
inline std::uint64_t hash_of_name(std::string_view name) noexcept {
  const auto* const begin = name.data();
  const auto size = name.size();
  std::uint64_t first = 0, last = 0;
  if (size >= 8) {
    std::memcpy(&first, begin, 8);
    std::memcpy(&last, begin + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(&first, begin, 4);
    std::memcpy(&last, begin + size - 4, 4);
  } else if (size > 0) {
    const auto byte = [begin](std::size_t at) {
      return std::uint64_t{static_cast<unsigned char>(begin[at])};
    };
    first = byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
  }
  auto hash = (first ^ size * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
  hash = ((hash ^ hash >> 32U) ^ last) * 0xD6E8FEB86659FD93U;
  return hash ^ hash >> 32U;
}

}  // namespace musubi::document
