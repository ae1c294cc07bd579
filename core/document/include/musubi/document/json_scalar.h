// Strings, numbers and words of JSON, strictly: what RFC 8259 does not allow is not read.
#pragma once

#include <bit>
#include <optional>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "musubi/base/export.h"
#include "musubi/document/text_arena.h"

namespace musubi::document {

enum class JsonStringFault : unsigned char { none, bad_escape, lone_surrogate, nul };

struct JsonString {
  std::string_view text;
  JsonStringFault fault = JsonStringFault::none;
};

/// `token` with its quotes; control characters and UTF-8 are already judged. A string without escapes stays a
/// view of the token.
MUSUBI_SDK_API JsonString read_json_string(std::string_view token, TextArena& texts);

/// The first quotation mark or backslash from `at` on; there must be one before `end`.
inline const char* end_of_plain_text(const char* at, const char* end) noexcept {
#ifdef __SSE2__
  const auto quote = _mm_set1_epi8('"');
  const auto backslash = _mm_set1_epi8('\\');
  for (; end - at >= 16; at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    if (const auto places = static_cast<unsigned>(_mm_movemask_epi8(found)); places != 0)
      return at + std::countr_zero(places);
  }
#endif
  while (*at != '"' && *at != '\\') ++at;
  return at;
}

/// The last quotation mark up to `at`; there must be one, and nothing but blanks behind it. What is read lies
/// between `begin` and `at`.
inline const char* last_quotation_mark(const char* at, const char* begin) noexcept {
  if (*at == '"') return at;
#ifdef __SSE2__
  const auto quote = _mm_set1_epi8('"');
  for (; at - begin >= 16; at -= 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at - 15));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quote)));
    if (found != 0) return at - 16 + std::bit_width(found);
  }
#endif
  while (*at != '"') --at;
  return at;
}

enum class JsonNumberFault : unsigned char { none, not_a_number, out_of_range };

/// An integer must fit int64, any other number a double. Its text stays as written.
MUSUBI_SDK_API JsonNumberFault check_json_number(std::string_view token);

}  // namespace musubi::document
