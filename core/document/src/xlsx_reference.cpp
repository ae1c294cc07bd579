#include "xlsx_reference.h"

#include <algorithm>
#include <charconv>

namespace musubi::document {

std::optional<CellReference> parse_reference(std::string_view text) noexcept {
  CellReference reference;
  std::size_t letters = 0;
  for (; letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z'; ++letters) {
    reference.column = reference.column * 26 + static_cast<std::uint32_t>(text[letters] - 'A' + 1);
    if (reference.column > kXlsxColumns) return std::nullopt;
  }
  const auto* end = text.data() + text.size();
  const auto done = std::from_chars(text.data() + letters, end, reference.row);
  const bool whole = letters > 0 && done.ec == std::errc() && done.ptr == end;
  if (!whole || reference.row < 1 || reference.row > kXlsxRows) return std::nullopt;
  --reference.column;
  return reference;
}

std::optional<CellRange> parse_range(std::string_view text) noexcept {
  const auto colon = std::min(text.find(':'), text.size());
  const auto first = parse_reference(text.substr(0, colon));
  const auto last = colon == text.size() ? first : parse_reference(text.substr(colon + 1));
  if (!first || !last || first->row > last->row || first->column > last->column) return std::nullopt;
  return CellRange{.first = *first, .last = *last};
}

std::string to_text(CellReference reference) {
  std::string letters;
  for (auto column = reference.column + 1; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(reference.row);
}

}  // namespace musubi::document
