#include "bearer.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "characters.h"
#include "musubi/base/digest.h"

namespace musubi::net {
namespace {

constexpr std::size_t kIdDigits = 16, kSecretCharacters = 43;  // 32 bytes in base64url without padding

bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_base64url(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }
bool is_token68(char c) {
  return is_base64url(c) || std::string_view("./~+=").find(c) != std::string_view::npos;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::ranges::all_of(text, is_lower_hex);
}
bool is_not_zero(std::string_view digits) { return digits.find_first_not_of('0') != digits.npos; }

}  // namespace

std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept {
  constexpr std::string_view kScheme = "bearer ";
  if (!same_letters(authorization.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  const auto token = trim_blanks(authorization.substr(kScheme.size()));
  if (token.empty() || !std::ranges::all_of(token, is_token68)) return std::nullopt;
  return token;
}

std::optional<TokenText> parse_token(std::string_view token) noexcept {
  constexpr std::string_view kPrefix = "musubi_";
  if (!token.starts_with(kPrefix)) return std::nullopt;
  token.remove_prefix(kPrefix.size());
  const TokenText parts{token.substr(0, kIdDigits), token.substr(std::min(token.size(), kIdDigits + 1))};
  const bool good = is_hex(parts.id, kIdDigits) && token.size() == kIdDigits + 1 + kSecretCharacters &&
                    token[kIdDigits] == '_' && std::ranges::all_of(parts.secret, is_base64url);
  return good ? std::optional(parts) : std::nullopt;
}

bool is_token_id(std::string_view text) noexcept { return is_hex(text, kIdDigits); }

std::optional<std::string_view> trace_id(std::string_view traceparent) noexcept {
  auto rest = traceparent;
  const auto version = take_until(rest, '-');
  const auto trace = take_until(rest, '-');
  const auto parent = take_until(rest, '-');
  const auto flags = take_until(rest, '-');
  const bool good = is_hex(version, 2) && version != "ff" && is_hex(trace, 32) && is_not_zero(trace) &&
                    is_hex(parent, 16) && is_not_zero(parent) && is_hex(flags, 2) &&
                    (version != "00" || traceparent.size() == 55);
  return good ? std::optional(trace) : std::nullopt;
}

std::string new_trace_id() {
  std::array<std::uint8_t, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return base::to_hex(bytes);
}

}  // namespace musubi::net
