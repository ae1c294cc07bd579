// Finds what gives a CSV its structure: separators, quotes, line feeds and carriage returns.
#pragma once

#include <cstddef>
#include <cstdint>

namespace musubi::document {

/// Bytes behind the text that may be read (their content does not matter).
inline constexpr std::size_t kStructurePadding = 64;

/// Writes the positions of structural bytes of data[from, to) to `into`, ascending, and returns their number.
/// `into` has room for to - from + kStructurePadding. Picks the fastest way the processor knows.
std::size_t find_structure(const char* data, std::uint32_t from, std::uint32_t to, char separator,
                           std::uint32_t* into) noexcept;

/// The way that runs everywhere; same results.
std::size_t find_structure_portably(const char* data, std::uint32_t from, std::uint32_t to, char separator,
                                    std::uint32_t* into) noexcept;

}  // namespace musubi::document
