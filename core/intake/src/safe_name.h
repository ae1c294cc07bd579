// File names that came from outside, made fit to be shown and stored. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace musubi::intake {

/// Of a name or path in any bytes: its last part (/ and \ divide), as UTF-8, without control characters and
/// marks that reorder text, at most 200 bytes; `otherwise` where nothing is left, or only dots.
std::string safe_name(std::string_view name, std::string_view otherwise);

/// At most `most` bytes, cut before the extension and between characters.
std::string shortened_name(std::string_view name, std::size_t most);

/// The name for the nth try to find a free one: NAME.csv, NAME-2.csv, … At most 220 bytes, which leaves room
/// for another extension.
std::string numbered_name(std::string_view name, unsigned nth);

}  // namespace musubi::intake
