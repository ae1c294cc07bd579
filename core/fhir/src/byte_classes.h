// What kinds of characters a text has, in one pass without branches.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace musubi::fhir {

inline constexpr std::uint8_t kDigit = 1, kLetter = 2;
inline constexpr std::uint8_t kBlank = 4;        ///< space, tab, line breaks
inline constexpr std::uint8_t kControl = 8;      ///< other control characters
inline constexpr std::uint8_t kIdMark = 16;      ///< - and .
inline constexpr std::uint8_t kBase64Mark = 32;  ///< + and /
inline constexpr std::uint8_t kOther = 128;

constexpr std::uint8_t class_of(char c) noexcept {
  if (c >= '0' && c <= '9') return kDigit;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return kLetter;
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return kBlank;
  if (static_cast<unsigned char>(c) < 0x20) return kControl;
  if (c == '-' || c == '.') return kIdMark;
  if (c == '+' || c == '/') return kBase64Mark;
  return kOther;
}

inline constexpr auto kByteClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) classes[byte] = class_of(static_cast<char>(byte));
  return classes;
}();

/// The classes of all its characters together; 0: it is empty.
inline unsigned classes_in(std::string_view text) noexcept {
  unsigned classes = 0;
  for (const char c : text) classes |= kByteClasses[static_cast<unsigned char>(c)];
  return classes;
}

/// Whether a byte is less than `limit`, which is at most 128.
template <std::uint8_t limit>
bool has_byte_below(std::string_view text) noexcept {
  constexpr auto kOnes = ~std::uint64_t{0} / 255;
  const auto found = [](std::uint64_t word) { return ((word - kOnes * limit) & ~word & kOnes * 128) != 0; };
  const auto* const begin = text.data();
  std::uint64_t word = 0;
  if (text.size() < sizeof word) {
    for (const char c : text)
      if (static_cast<unsigned char>(c) < limit) return true;
    return false;
  }
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin + at));
    const auto low = _mm_min_epu8(bytes, _mm_set1_epi8(static_cast<char>(limit - 1)));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(low, bytes)) != 0) return true;
  }
#endif
  for (; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, begin + at, sizeof word);
    if (found(word)) return true;
  }
  std::memcpy(&word, begin + text.size() - sizeof word, sizeof word);
  return found(word);
}

/// How many characters at the front are letters, digits, + or /.
inline std::size_t base64_signs_at_front(std::string_view text) noexcept {
  std::size_t at = 0;
#ifdef __SSE2__
  const auto between = [](__m128i bytes, char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  for (; at + 16 <= text.size(); at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto letters = between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
    const auto digits = between(bytes, '/', '9');  // / stands before 0
    const auto good = _mm_or_si128(_mm_or_si128(letters, digits), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('+')));
    if (_mm_movemask_epi8(good) != 0xFFFF) break;
  }
#endif
  constexpr unsigned kSigns = kLetter | kDigit | kBase64Mark;
  while (at < text.size() && (kByteClasses[static_cast<unsigned char>(text[at])] & kSigns) != 0) ++at;
  return at;
}

}  // namespace musubi::fhir
