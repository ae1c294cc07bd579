// CP932 (the Shift_JIS of Windows) to UTF-8 by table, several times as fast as iconv and with its results:
// 0x8160 is U+FF5E, 0x815C U+2015, 0x8161 U+2225, 0x817C U+FF0D, 0x8191 U+FFE0, 0x8192 U+FFE1, 0x81CA U+FFE2;
// 0x5C is a backslash and 0x7E a tilde; the user-defined rows 0xF0-0xF9 are U+E000-U+E757; 0x80, 0xA0 and
// 0xFD-0xFF are malformed.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace musubi::document {

/// What a decoder did. read < number of bytes given: the byte there begins a malformed or truncated
/// character.
struct Decoding {
  std::size_t read = 0;
  std::size_t written = 0;
};

/// Bytes decode_cp932 may touch behind `out`.
constexpr std::size_t cp932_room(std::size_t bytes) noexcept { return 3 * bytes + 8; }

/// `out` has cp932_room(bytes.size()) bytes. Never replaces: stops at the first malformed character.
Decoding decode_cp932(std::string_view bytes, char* out) noexcept;

/// Table entries (see generator/generate_encoding_tables.cpp): UTF-8 in the low bytes, lengths above; 0:
/// malformed.
using EncodingEntry = std::uint32_t;
constexpr std::size_t bytes_written(EncodingEntry entry) noexcept { return entry >> 24 & 0xF; }
constexpr std::size_t bytes_read(EncodingEntry entry) noexcept { return entry >> 28; }
/// `first` ≥ 0x80; `second` is 0 at the end of the text.
EncodingEntry cp932_entry(unsigned char first, unsigned char second) noexcept;
/// `row` and `cell` 0x21-0x7E.
EncodingEntry jis_x_0208_entry(unsigned char row, unsigned char cell) noexcept;

/// All of `text` is ASCII.
inline bool is_ascii(const char* data, std::size_t size) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::uint64_t seen = 0, word = 0;
  if (size < 8) {
    for (std::size_t index = 0; index < size; ++index) seen |= static_cast<unsigned char>(data[index]);
    return (seen & 0x80U) == 0;
  }
  for (std::size_t at = 0; at + 8 <= size; at += 8) {
    std::memcpy(&word, data + at, 8);
    seen |= word;
  }
  std::memcpy(&word, data + size - 8, 8);
  return ((seen | word) & kHighBits) == 0;
}

/// The same where eight bytes may be read from every byte of the text on, also from its last.
inline bool is_ascii_with_slack(const char* data, std::size_t size) noexcept {
  if (size >= 8) return is_ascii(data, size);
  std::uint64_t word = 0;
  std::memcpy(&word, data, 8);
  return (word & ((std::uint64_t{1} << (8 * size)) - 1) & 0x8080808080808080U) == 0;
}

}  // namespace musubi::document
