#include "encoding_decoder.h"

namespace musubi::document {
namespace {

constexpr char kEscape = '\x1B';
constexpr EncodingEntry kYen = 0x0200A5C2;       // U+00A5
constexpr EncodingEntry kOverline = 0x03BE80E2;  // U+203E
constexpr DecodedCharacter kGiveMore{};

constexpr DecodedCharacter malformed(std::uint8_t bytes) { return {.read = bytes, .malformed = true}; }

constexpr DecodedCharacter ascii(char byte) {
  return {.read = 1, .utf8 = 1U << 24 | static_cast<unsigned char>(byte)};
}

DecodedCharacter next_cp932(std::string_view rest, bool last) {
  if (static_cast<signed char>(rest[0]) >= 0) return ascii(rest[0]);
  const auto first = static_cast<unsigned char>(rest[0]);
  const auto entry = cp932_entry(first, rest.size() > 1 ? static_cast<unsigned char>(rest[1]) : '\0');
  if (entry != 0) return {.read = static_cast<std::uint8_t>(bytes_read(entry)), .utf8 = entry};
  return rest.size() == 1 && !last ? kGiveMore : malformed(1);
}

DecodedCharacter roman(char byte) {
  if (byte == '\\') return {.read = 1, .utf8 = kYen};
  if (byte == '~') return {.read = 1, .utf8 = kOverline};
  return ascii(byte);
}

/// JIS X 0201 katakana in its seven-bit form: CP932's single bytes without their high bit.
DecodedCharacter katakana(char byte) {
  const auto entry = cp932_entry(static_cast<unsigned char>(byte | '\x80'), '\0');
  return byte > 0x5F || entry == 0 ? malformed(1) : DecodedCharacter{.read = 1, .utf8 = entry};
}

bool is_graphic(char byte) { return byte > 0x20 && byte < 0x7F; }

DecodedCharacter jis_x_0208(std::string_view rest, bool last) {
  if (rest.size() < 2) return last ? malformed(1) : kGiveMore;
  if (!is_graphic(rest[1])) return malformed(1);
  const auto entry =
      jis_x_0208_entry(static_cast<unsigned char>(rest[0]), static_cast<unsigned char>(rest[1]));
  return entry == 0 ? malformed(2) : DecodedCharacter{.read = 2, .utf8 = entry};
}

}  // namespace

DecodedCharacter CharacterDecoder::next(std::string_view rest, bool last) noexcept {
  return encoding_ == Encoding::cp932 ? next_cp932(rest, last) : next_iso2022jp(rest, last);
}

DecodedCharacter CharacterDecoder::next_iso2022jp(std::string_view rest, bool last) noexcept {
  const char byte = rest[0];
  if (byte == kEscape) return escape(rest, last);
  if (static_cast<signed char>(byte) < 0) return malformed(1);
  if (set_ == CharacterSet::ascii || !is_graphic(byte)) return ascii(byte);
  if (set_ == CharacterSet::roman) return roman(byte);
  return set_ == CharacterSet::katakana ? katakana(byte) : jis_x_0208(rest, last);
}

DecodedCharacter CharacterDecoder::escape(std::string_view rest, bool last) noexcept {
  if (rest.size() < 3) return last ? malformed(1) : kGiveMore;
  const auto sequence = rest.substr(1, 2);
  if (sequence == "(B")
    set_ = CharacterSet::ascii;
  else if (sequence == "(J")
    set_ = CharacterSet::roman;
  else if (sequence == "(I")
    set_ = CharacterSet::katakana;
  else if (sequence == "$B" || sequence == "$@")
    set_ = CharacterSet::jis_x_0208;
  else
    return malformed(1);
  return {.read = 3};
}

}  // namespace musubi::document
