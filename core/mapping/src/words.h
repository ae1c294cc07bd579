// Words as sources write them: blanks, width, the many dashes.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/text.h"

namespace musubi::mapping {

/// base::trim, with a fast path for text that neither starts nor ends with a byte of a blank.
inline std::string_view trimmed(std::string_view text) noexcept {
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text.front());
  const auto last = static_cast<unsigned char>(text.back());
  const bool blank_first = first <= 0x20 || first == 0xC2 || first == 0xE3 || first == 0xEF;
  const bool blank_last = last <= 0x20 || last == 0xA0 || last == 0x80 || last == 0xBF;
  return blank_first || blank_last ? base::trim(text) : text;
}
/// `text` with width folded and blanks at the ends removed: itself where nothing changes, else a view of
/// `buffer`.
std::string_view folded(std::string_view text, std::string& buffer);
/// Nothing but dashes: -, ―, ー, －, −, ‐ and their kin.
bool is_dashes(std::string_view text) noexcept;
/// `text` (folded) as absent words are compared: any run of dashes is "-".
std::string_view comparable(std::string_view text) noexcept;

}  // namespace musubi::mapping
