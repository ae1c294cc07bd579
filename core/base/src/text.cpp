#include "musubi/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "kana_width.h"

namespace musubi::base {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0", kWideSpace = "\u3000", kByteOrderMark = "\uFEFF";

constexpr bool is_ascii_blank(char byte) noexcept { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

std::size_t blank_at_start(std::string_view text) noexcept {
  if (is_ascii_blank(text.front())) return 1;
  for (const auto blank : {kWideSpace, kNoBreakSpace, kByteOrderMark}) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t blank_at_end(std::string_view text) noexcept {
  if (is_ascii_blank(text.back())) return 1;
  for (const auto blank : {kWideSpace, kNoBreakSpace, kByteOrderMark}) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t skip_ascii(std::string_view text, std::size_t position) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  for (std::uint64_t word = 0; position + sizeof word <= text.size(); position += sizeof word) {
    std::memcpy(&word, text.data() + position, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (position < text.size() && static_cast<unsigned char>(text[position]) < 0x80) ++position;
  return position;
}

constexpr bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Steps over kana and kanji, whose first bytes (0xE1–0xEC) leave nothing else to check.
std::size_t skip_kanji(std::string_view text, std::size_t position) noexcept {
  while (position + 3 <= text.size()) {
    const auto lead = static_cast<unsigned char>(text[position]);
    if (lead < 0xE1 || lead > 0xEC || !continues(text[position + 1]) || !continues(text[position + 2])) break;
    position += 3;
  }
  return position;
}

// Digits of an integer as they are read, in width-folded form: groups of three between commas.
class IntegerReader {
 public:
  bool digit(unsigned number) noexcept {
    ++in_group_;
    any_ = true;
    if (magnitude_ > (kLargest - number) / 10) return false;
    magnitude_ = magnitude_ * 10 + number;
    return true;
  }
  bool comma() noexcept {
    const bool fits = grouped_ ? in_group_ == 3 : in_group_ >= 1 && in_group_ <= 3;
    grouped_ = true;
    in_group_ = 0;
    return fits;
  }
  std::optional<std::int64_t> finish(bool negative) const noexcept {
    if (!any_ || (grouped_ && in_group_ != 3) || magnitude_ > kLargest - (negative ? 0 : 1)) return {};
    return static_cast<std::int64_t>(negative ? 0 - magnitude_ : magnitude_);
  }

 private:
  static constexpr std::uint64_t kLargest = std::uint64_t{1} << 63;
  std::uint64_t magnitude_ = 0;
  std::size_t in_group_ = 0;
  bool grouped_ = false, any_ = false;
};

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t blank = blank_at_start(text);
    if (blank == 0) break;
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    const std::size_t blank = blank_at_end(text);
    if (blank == 0) break;
    text.remove_suffix(blank);
  }
  return text;
}

std::optional<std::size_t> malformed_utf8_at(std::string_view text) noexcept {
  for (std::size_t position = 0;;) {
    position = skip_kanji(text, skip_ascii(text, position));
    if (position == text.size()) return {};
    const Character next = character_at(text, position);
    if (next.code == kMalformed) return position;
    position += next.length;
  }
}

std::size_t characters(std::string_view text) noexcept {
  // Eight bytes at once: a byte 10xxxxxx continues a character, and has its highest bit set and the next not.
  constexpr std::uint64_t kHighest = 0x8080808080808080, kOnes = 0x0101010101010101;
  std::size_t continuing = 0;
  auto rest = text;
  for (; rest.size() >= sizeof(std::uint64_t); rest.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, rest.data(), sizeof bytes);
    const auto of_each = (bytes & ~(bytes << 1) & kHighest) >> 7;
    continuing +=
        static_cast<std::size_t>((of_each * kOnes) >> 56);  // their sum, without a call to count bits
  }
  for (const char byte : rest) continuing += static_cast<signed char>(byte) < -64 ? 1 : 0;
  return text.size() - continuing;
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
  text = trim(text);
  IntegerReader reader;
  bool negative = false;
  for (std::size_t position = 0; position < text.size();) {
    const Character next = character_at(text, position);
    const char32_t code = to_narrow(next.code);
    if (code >= '0' && code <= '9') {
      if (!reader.digit(code - '0')) return {};
    } else if (position == 0 && (code == '-' || code == '+')) {
      negative = code == '-';
    } else if (code != ',' || !reader.comma()) {
      return {};
    }
    position += next.length;
  }
  return reader.finish(negative);
}

}  // namespace musubi::base
