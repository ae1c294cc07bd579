#include "transfer_encoding.h"

#include <array>
#include <cstdint>

namespace musubi::intake {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kSixBits = [] {
  std::array<std::int8_t, 256> bits{};
  bits.fill(-1);
  for (std::size_t index = 0; index < kAlphabet.size(); ++index)
    bits[static_cast<unsigned char>(kAlphabet[index])] = static_cast<std::int8_t>(index);
  return bits;
}();

bool is_blank(char each) { return each == ' ' || each == '\t' || each == '\r' || each == '\n'; }

int hex_digit(char each) {
  if (each >= '0' && each <= '9') return each - '0';
  if (each >= 'A' && each <= 'F') return each - 'A' + 10;
  return each >= 'a' && each <= 'f' ? each - 'a' + 10 : -1;
}

/// Of two hexadecimal digits at the beginning of `text`.
std::optional<char> octet(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const int high = hex_digit(text[0]), low = hex_digit(text[1]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

/// Blanks, then a line end: the length of both; 0: something else.
std::size_t line_end_at(std::string_view text) {
  auto at = text.find_first_not_of(" \t");
  if (at == text.npos) return text.size();
  if (text[at] == '\r') ++at;
  return at < text.size() && text[at] == '\n' ? at + 1 : 0;
}

}  // namespace

std::optional<std::string> decoded_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  unsigned digits = 0, padding = 0;
  for (const char each : text) {
    if (is_blank(each)) continue;
    if (each == '=') {
      ++padding;
      continue;
    }
    const auto six = kSixBits[static_cast<unsigned char>(each)];
    if (six < 0 || padding > 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(six);
    ++digits;
    if (digits % 4 != 1) bytes += static_cast<char>((bits >> (6 - 2 * ((digits - 1) % 4))) & 0xFFU);
  }
  const bool is_whole = digits % 4 != 1 && (digits + padding) % 4 == 0 && padding < 3;
  return is_whole ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<std::string> decoded_quoted_printable(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      bytes += text[at];
    } else if (const auto byte = octet(text.substr(at + 1))) {
      bytes += *byte;
      at += 2;
    } else if (const auto length = line_end_at(text.substr(at + 1)); length != 0 || at + 1 == text.size()) {
      at += length;
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

std::optional<std::string> decoded_q(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      bytes += text[at] == '_' ? ' ' : text[at];
      continue;
    }
    const auto byte = octet(text.substr(at + 1));
    if (!byte) return std::nullopt;
    bytes += *byte;
    at += 2;
  }
  return bytes;
}

std::string decoded_percent(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = text[at] == '%' ? octet(text.substr(at + 1)) : std::nullopt;
    bytes += byte ? *byte : text[at];
    if (byte) at += 2;
  }
  return bytes;
}

}  // namespace musubi::intake
