#include "line_count.h"

#include <algorithm>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace musubi::fhir {
namespace {

constexpr std::size_t kBlock = 16;

/// Of whole blocks, at most so many that a count of each place fits a byte.
std::uint64_t lines_in_blocks(const char* at, std::size_t blocks) noexcept {
#ifdef __SSE2__
  const auto line_feed = _mm_set1_epi8('\n');
  auto counts = _mm_setzero_si128();
  for (std::size_t block = 0; block < blocks; ++block, at += kBlock) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(bytes, line_feed));
  }
  const auto sums = _mm_sad_epu8(counts, _mm_setzero_si128());
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) +
         static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
#else
  return static_cast<std::uint64_t>(std::count(at, at + blocks * kBlock, '\n'));
#endif
}

}  // namespace

std::uint64_t lines_in(std::string_view text) noexcept {
  constexpr std::size_t kMostBlocks = 255;
  std::uint64_t lines = 0;
  while (text.size() >= kBlock) {
    const auto blocks = std::min(text.size() / kBlock, kMostBlocks);
    lines += lines_in_blocks(text.data(), blocks);
    text.remove_prefix(blocks * kBlock);
  }
  return lines + static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

}  // namespace musubi::fhir
