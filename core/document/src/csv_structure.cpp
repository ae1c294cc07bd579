#include "csv_structure.h"

#include <bit>
#include <cstring>
#include <initializer_list>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace musubi::document {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kLowBits = 0x7F7F7F7F7F7F7F7FU;

/// 0x80 in every byte of `word` that is zero, 0 in the others.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return ~(((word & kLowBits) + kLowBits) | word | kLowBits);
}

constexpr std::uint64_t bytes_equal(std::uint64_t word, char byte) {
  return zero_bytes(word ^ (kOnes * static_cast<unsigned char>(byte)));
}

}  // namespace

std::size_t find_structure_portably(const char* data, std::uint32_t from, std::uint32_t to, char separator,
                                    std::uint32_t* into) noexcept {
  static_assert(std::endian::native == std::endian::little);
  auto* next = into;
  for (auto at = from; at < to; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, data + at, 8);
    auto found = bytes_equal(word, separator) | bytes_equal(word, '"') | bytes_equal(word, '\n') |
                 bytes_equal(word, '\r');
    if (to - at < 8) found &= (std::uint64_t{1} << (8 * (to - at))) - 1;
    for (; found != 0; found &= found - 1)
      *next++ = at + static_cast<std::uint32_t>(std::countr_zero(found)) / 8;
  }
  return static_cast<std::size_t>(next - into);
}

#if defined(__x86_64__)
namespace {

/// A table for PSHUFB: each structural byte in the slot of its low four bits, so that a byte is structural
/// exactly when the table's entry for it equals it.
struct LookupTable {
  alignas(16) char slots[16];
  bool usable;
};

LookupTable table_for(char separator) {
  LookupTable table{.slots = {}, .usable = (separator & 0x80) == 0};
  std::memset(table.slots, 0xFF, sizeof table.slots);
  for (const char byte : {'"', '\n', '\r', separator}) {
    auto& slot = table.slots[byte & 0x0F];
    if (slot != '\xFF') table.usable = false;
    slot = byte;
  }
  return table;
}

__attribute__((target("avx2"))) inline std::uint64_t structural_bits(const char* block,
                                                                     __m256i table) noexcept {
  __m256i low, high;
  std::memcpy(&low, block, sizeof low);
  std::memcpy(&high, block + sizeof low, sizeof high);
  const auto low_bits = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, low), low));
  const auto high_bits = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, high), high));
  return static_cast<std::uint32_t>(low_bits) | std::uint64_t{static_cast<std::uint32_t>(high_bits)} << 32;
}

/// Writes in groups of eight without asking after each; what is written too much is overwritten later.
__attribute__((target("avx2,bmi,popcnt"))) inline std::uint32_t* write_positions(
    std::uint64_t bits, std::uint32_t base, std::uint32_t* into) noexcept {
  auto* const end = into + std::popcount(bits);
  while (bits != 0) {
    for (int index = 0; index < 8; ++index) {
      into[index] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
    into += 8;
  }
  return end;
}

__attribute__((target("avx2,bmi,popcnt"))) std::size_t find_structure_avx2(const char* data,
                                                                           std::uint32_t from,
                                                                           std::uint32_t to,
                                                                           const LookupTable& lookup,
                                                                           std::uint32_t* into) noexcept {
  const auto table =
      _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(lookup.slots)));
  auto* next = into;
  for (auto at = from; at < to; at += 64) {
    auto bits = structural_bits(data + at, table);
    if (to - at < 64) bits &= (std::uint64_t{1} << (to - at)) - 1;
    next = write_positions(bits, at, next);
  }
  return static_cast<std::size_t>(next - into);
}

}  // namespace

std::size_t find_structure(const char* data, std::uint32_t from, std::uint32_t to, char separator,
                           std::uint32_t* into) noexcept {
  static const bool kHasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
  const auto table = table_for(separator);
  if (!kHasAvx2 || !table.usable) return find_structure_portably(data, from, to, separator, into);
  return find_structure_avx2(data, from, to, table, into);
}
#else
std::size_t find_structure(const char* data, std::uint32_t from, std::uint32_t to, char separator,
                           std::uint32_t* into) noexcept {
  return find_structure_portably(data, from, to, separator, into);
}
#endif

}  // namespace musubi::document
