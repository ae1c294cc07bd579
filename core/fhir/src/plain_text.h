// Whether a text is of the plain form that nearly all are: nothing below a sign, and one sign not at all. The
// plain form of a type is narrower than its form in the specification (type_rules.cpp): what is plain is
// right, and has nothing in it that must be read (white space at its beginning, tags); what is not may be
// right too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace musubi::fhir {

struct PlainForm {
  std::uint8_t least = 0;     ///< sign; 0: no text is plain
  std::uint8_t never = 0xFF;  ///< this sign neither; 0xFF, which UTF-8 does not have: none
};

/// Plain texts begin with a sign above the blank.
class PlainTexts {
 public:
  /// Of texts in `readable` what lies behind them is read with them, for speed.
  explicit PlainTexts(std::string_view readable) : readable_(readable) {}

  bool has(std::string_view text, PlainForm form) const noexcept {
    constexpr unsigned char kBlank = ' ';
    if (form.least == 0 || text.empty() || static_cast<unsigned char>(text.front()) <= kBlank) return false;
#ifdef __SSE2__
    constexpr std::size_t kAtOnce = 32;
    // Where the text lies elsewhere, more than the size.
    const auto before =
        reinterpret_cast<std::uintptr_t>(text.data()) - reinterpret_cast<std::uintptr_t>(readable_.data());
    if (text.size() <= kAtOnce && before < readable_.size() && readable_.size() - before >= kAtOnce) {
      const auto found = others(text.data(), form) | others(text.data() + kAtOnce / 2, form) << kAtOnce / 2;
      return (found & ((std::uint64_t{1} << text.size()) - 1)) == 0;
    }
    std::size_t at = 0;
    for (; at + kAtOnce / 2 <= text.size(); at += kAtOnce / 2)
      if (others(text.data() + at, form) != 0) return false;
    text.remove_prefix(at);
#endif
    for (const char sign : text) {
      const auto byte = static_cast<unsigned char>(sign);
      if (byte < form.least || byte == form.never) return false;
    }
    return true;
  }

 private:
#ifdef __SSE2__
  /// A bit for each of sixteen signs that are not of the form.
  static std::uint64_t others(const char* at, PlainForm form) noexcept {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto below = _mm_set1_epi8(static_cast<char>(form.least - 1));
    const auto low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, below), bytes);
    const auto never = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(form.never)));
    return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, never))));
  }
#endif

  std::string_view readable_;
};

}  // namespace musubi::fhir
