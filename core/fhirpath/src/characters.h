// Characters of well-formed UTF-8, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::fhirpath {

struct Character {
  std::int32_t code = 0;
  std::size_t bytes = 0;
};

/// The one that begins at `at`, which is within the text. What is not well-formed counts as one byte.
inline Character character_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t ahead) { return static_cast<unsigned char>(text[at + ahead]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 1 || at + length > text.size()) return {static_cast<std::int32_t>(first), 1};
  auto code = first & (0x7FU >> length);
  for (std::size_t index = 1; index < length; ++index) code = code << 6U | (byte(index) & 0x3FU);
  return {static_cast<std::int32_t>(code), length};
}

inline void append_character(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0U | code >> 6U);
  } else if (code < 0x10000) {
    byte(0xE0U | code >> 12U);
    byte(0x80U | (code >> 6U & 0x3FU));
  } else {
    byte(0xF0U | code >> 18U);
    byte(0x80U | (code >> 12U & 0x3FU));
    byte(0x80U | (code >> 6U & 0x3FU));
  }
  byte(0x80U | (code & 0x3FU));
}

}  // namespace musubi::fhirpath
