// Bytes written as text: base64 and quoted-printable (RFC 2045), the Q encoding (RFC 2047), percent signs
// (RFC 2231). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace musubi::intake {

/// Strict but for blanks and line ends; nullopt: it is something else, or is cut short.
std::optional<std::string> decoded_base64(std::string_view text);
/// nullopt: an = that begins neither an octet nor a soft line break.
std::optional<std::string> decoded_quoted_printable(std::string_view text);
/// Of an encoded word; nullopt as above.
std::optional<std::string> decoded_q(std::string_view text);
/// A % that begins no octet stays.
std::string decoded_percent(std::string_view text);

}  // namespace musubi::intake
