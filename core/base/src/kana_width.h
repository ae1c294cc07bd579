// Half-width katakana (U+FF61–FF9F) to full width, with the voicing marks that follow joined to their letter.
#pragma once

#include "utf8.h"

namespace musubi::base {

constexpr bool is_half_width_katakana(char32_t code) noexcept { return code >= 0xFF61 && code <= 0xFF9F; }

/// The character at `position`, joined with a following half-width mark (ｶﾞ → ガ).
Character full_width_katakana_at(std::string_view text, std::size_t position) noexcept;

/// Appends `text` to `into`: half-width katakana made full width, then each character through `map`.
template <class Map>
void append_mapped(std::string_view text, std::string& into, Map map) {
  into.reserve(into.size() + text.size());
  for (std::size_t position = 0; position < text.size();) {
    const Character next = full_width_katakana_at(text, position);
    if (const char32_t mapped = next.code == kMalformed ? kMalformed : map(next.code); mapped == kMalformed) {
      into += text[position];
    } else {
      append_character(into, mapped);
    }
    position += next.length;
  }
}

/// Full-width ASCII and blank, and the signs that CP932 and JIS decode differently (− 〜), to ASCII.
constexpr char32_t to_narrow(char32_t code) noexcept {
  if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFEE0;
  if (code == 0x3000) return ' ';
  if (code == 0x2212) return '-';
  if (code == 0x301C) return '~';
  return code;
}

/// - ‐ ‑ ‒ – — ― − ー and their full-width and half-width forms.
constexpr bool is_hyphen(char32_t code) noexcept {
  return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0x30FC ||
         code == 0xFF0D || code == 0xFF70;
}

}  // namespace musubi::base
