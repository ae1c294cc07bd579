// Texts that callers send to say who they are, and to name their request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace musubi::net {

/// The token of "Bearer TOKEN" (RFC 6750, section 2.1). nullopt: another scheme, or no token.
std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept;

/// The parts of "musubi_<id>_<secret>". nullopt: not one of ours.
struct TokenText {
  std::string_view id, secret;
};
std::optional<TokenText> parse_token(std::string_view token) noexcept;

bool is_token_id(std::string_view text) noexcept;

/// The trace id of a traceparent header (W3C Trace Context, version 00 and later ones). nullopt: not valid.
std::optional<std::string_view> trace_id(std::string_view traceparent) noexcept;

/// 32 hexadecimal digits, different each time.
std::string new_trace_id();

}  // namespace musubi::net
