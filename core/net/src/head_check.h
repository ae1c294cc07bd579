// The bytes of a request's head before anything is parsed: what two readers could understand differently is
// refused here (RFC 9112, sections 2.2, 5 and 11.2).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace musubi::net {

/// Where the head ends: after the first CRLF CRLF. npos: not yet. The first `known` bytes were looked at
/// before.
std::size_t end_of_head(std::string_view received, std::size_t known) noexcept;

/// Whether what has come so far can never become a good head: a line feed without carriage return.
bool is_hopeless(std::string_view received, std::size_t known) noexcept;

enum class HeadFault : unsigned char { none, line, field, value, too_many_fields, url_too_long };

/// The whole head, with its CRLF CRLF. Lines end in CRLF and nothing else; the request line is three parts
/// with one space between; names are tokens directly before the colon; values have no control characters; no
/// line is folded.
HeadFault check_head(std::string_view head, std::size_t most_fields, std::size_t most_url_bytes) noexcept;

}  // namespace musubi::net
