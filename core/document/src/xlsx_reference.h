// References to cells as workbooks write them: "B3", "A1:C2".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::document {

inline constexpr std::uint32_t kXlsxRows = 1048576;
inline constexpr std::uint32_t kXlsxColumns = 16384;

struct CellReference {
  std::uint32_t row = 0;     ///< from 1
  std::uint32_t column = 0;  ///< from 0
};

/// nullopt: not a reference, or outside what a sheet can have.
std::optional<CellReference> parse_reference(std::string_view text) noexcept;

struct CellRange {
  CellReference first, last;
};
/// A single cell is a range too; nullopt also where the corners are swapped.
std::optional<CellRange> parse_range(std::string_view text) noexcept;

/// "B3".
std::string to_text(CellReference reference);

}  // namespace musubi::document
