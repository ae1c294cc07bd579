// Steps through UTF-8 one character at a time. Malformed bytes come out as kMalformed, one byte long, so that
// callers copy them unchanged and never read past the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::base {

inline constexpr char32_t kMalformed = 0xFFFFFFFF;

struct Character {
  char32_t code = kMalformed;
  std::size_t length = 1;  ///< in bytes
};

/// The shortest form only; no surrogates; at most U+10FFFF.
constexpr bool well_formed(char32_t code, std::size_t length) noexcept {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return code >= kSmallest[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

constexpr std::size_t length_by_lead(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// `position` must be inside `text`.
constexpr Character character_at(std::string_view text, std::size_t position) noexcept {
  const auto lead = static_cast<unsigned char>(text[position]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = length_by_lead(lead);
  if (length == 0 || text.size() - position < length) return {};
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t index = 1; index < length; ++index) {
    const auto next = static_cast<unsigned char>(text[position + index]);
    if ((next & 0xC0) != 0x80) return {};
    code = (code << 6) | (next & 0x3F);
  }
  return well_formed(code, length) ? Character{code, length} : Character{};
}

inline void append_character(std::string& into, char32_t code) {
  const auto append = [&into](char32_t byte) { into += static_cast<char>(byte); };
  if (code < 0x80) return append(code);
  if (code < 0x800) {
    append(0xC0 | (code >> 6));
    return append(0x80 | (code & 0x3F));
  }
  if (code < 0x10000) {
    append(0xE0 | (code >> 12));
  } else {
    append(0xF0 | (code >> 18));
    append(0x80 | ((code >> 12) & 0x3F));
  }
  append(0x80 | ((code >> 6) & 0x3F));
  append(0x80 | (code & 0x3F));
}

}  // namespace musubi::base
