// Words as sources write them: blanks, width, the many dashes.
#pragma once

#include <string>
#include <string_view>

namespace musubi::mapping {

/// base::trim, with a fast path for text that neither starts nor ends like a blank.
std::string_view trimmed(std::string_view text) noexcept;
/// `text` with width folded and blanks at the ends removed: itself where nothing changes, else a view of
/// `buffer`.
std::string_view folded(std::string_view text, std::string& buffer);
/// Nothing but dashes: -, ―, ー, －, −, ‐ and their kin.
bool is_dashes(std::string_view text) noexcept;
/// `text` (folded) as absent words are compared: any run of dashes is "-".
std::string_view comparable(std::string_view text) noexcept;

}  // namespace musubi::mapping
