#include "kana_width.h"
#include "musubi/base/text.h"

namespace musubi::base {
namespace {

constexpr char32_t kDistance = 0x60;  // from a hiragana to its katakana
constexpr char32_t kVoicedMark = 0xFF9E, kHalfVoicedMark = 0xFF9F;
constexpr std::u16string_view kFullWidth =
    u"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
    u"ハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
static_assert(kFullWidth.size() == 0xFF9F - 0xFF61 + 1);

constexpr char32_t voiced(char32_t code) noexcept {
  if (std::u32string_view(U"カキクケコサシスセソタチツテトハヒフヘホ").find(code) !=
      std::u32string_view::npos)
    return code + 1;
  if (code == U'ウ') return U'ヴ';
  if (code == U'ワ') return U'ヷ';
  return code == U'ヲ' ? U'ヺ' : code;
}

constexpr char32_t half_voiced(char32_t code) noexcept {
  return std::u32string_view(U"ハヒフヘホ").find(code) != std::u32string_view::npos ? code + 2 : code;
}

constexpr char32_t joined(char32_t letter, char32_t mark) noexcept {
  if (mark == kVoicedMark) return voiced(letter);
  return mark == kHalfVoicedMark ? half_voiced(letter) : letter;
}

constexpr bool is_hiragana_letter(char32_t code) noexcept {
  return (code >= 0x3041 && code <= 0x3096) || code == 0x309D || code == 0x309E;
}

constexpr bool has_hiragana(char32_t code) noexcept {
  return (code >= 0x30A1 && code <= 0x30F6) || code == 0x30FD || code == 0x30FE;
}

constexpr bool is_katakana_letter(char32_t code) noexcept {
  return (code >= 0x30A1 && code <= 0x30FA) || code == 0x30FD || code == 0x30FE;
}

constexpr bool goes_between_katakana(char32_t code) noexcept {
  return code == U'ー' || code == U'・' || code == ' ' || code == 0x3000;
}

}  // namespace

Character full_width_katakana_at(std::string_view text, std::size_t position) noexcept {
  const Character letter = character_at(text, position);
  if (!is_half_width_katakana(letter.code)) return letter;
  const char32_t alone = kFullWidth[letter.code - 0xFF61];
  const std::size_t after = position + letter.length;
  if (after >= text.size()) return {alone, letter.length};
  const Character mark = character_at(text, after);
  const char32_t together = joined(alone, mark.code);
  return {together, together == alone ? letter.length : letter.length + mark.length};
}

std::string to_katakana(std::string_view text) {
  std::string katakana;
  append_mapped(text, katakana,
                [](char32_t code) { return is_hiragana_letter(code) ? code + kDistance : code; });
  return katakana;
}

std::string to_hiragana(std::string_view text) {
  std::string hiragana;
  append_mapped(text, hiragana, [](char32_t code) { return has_hiragana(code) ? code - kDistance : code; });
  return hiragana;
}

bool is_katakana(std::string_view text) noexcept {
  bool any = false;
  for (std::size_t position = 0; position < text.size();) {
    const Character next = character_at(text, position);
    const bool letter = is_katakana_letter(next.code);
    if (!letter && !goes_between_katakana(next.code)) return false;
    any |= letter;
    position += next.length;
  }
  return any;
}

}  // namespace musubi::base
