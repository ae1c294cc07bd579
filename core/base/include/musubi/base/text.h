// Japanese text: width, kana, blanks, UTF-8. Pure functions; the common case (nothing to change) does not
// allocate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// Without blanks at both ends: ASCII blanks, tabs, line ends, U+00A0, U+3000, U+FEFF.
MUSUBI_SDK_API std::string_view trim(std::string_view text) noexcept;

/// Full-width letters, digits, signs and space to ASCII; half-width katakana (with its marks) to full width.
/// What every lookup key and number goes through. Appends to `into`.
MUSUBI_SDK_API void fold_width(std::string_view text, std::string& into);
MUSUBI_SDK_API std::string fold_width(std::string_view text);
/// False: fold_width would change nothing (the fast path).
MUSUBI_SDK_API bool needs_width_folding(std::string_view text) noexcept;

MUSUBI_SDK_API std::string to_katakana(
    std::string_view text);  ///< ひらがな → カタカナ, half width → full width
MUSUBI_SDK_API std::string to_hiragana(std::string_view text);
MUSUBI_SDK_API std::string to_full_width(
    std::string_view text);  ///< ASCII and half-width katakana → full width
/// Katakana, the long mark, ・ and blanks only (a フリガナ).
MUSUBI_SDK_API bool is_katakana(std::string_view text) noexcept;

/// Offset of the first byte that is not well-formed UTF-8 (overlong forms and surrogates are not); nullopt:
/// all is.
MUSUBI_SDK_API std::optional<std::size_t> malformed_utf8_at(std::string_view text) noexcept;
/// Number of characters (code points) of well-formed UTF-8.
MUSUBI_SDK_API std::size_t characters(std::string_view text) noexcept;

/// A decimal integer after width folding and removal of thousands commas; nullopt when it is not one or
/// overflows.
MUSUBI_SDK_API std::optional<std::int64_t> parse_integer(std::string_view text) noexcept;

/// Damerau-Levenshtein distance in characters, bounded: returns limit + 1 beyond `limit`.
MUSUBI_SDK_API std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);
/// Columns a text takes on a terminal: CJK and full-width two, others one.
MUSUBI_SDK_API std::size_t display_width(std::string_view text) noexcept;

}  // namespace musubi::base
