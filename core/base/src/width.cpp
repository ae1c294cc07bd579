#include <algorithm>
#include <iterator>

#include "kana_width.h"
#include "musubi/base/text.h"

namespace musubi::base {
namespace {

constexpr char32_t to_wide(char32_t code) noexcept {
  if (code == ' ') return 0x3000;
  return code > ' ' && code < 0x7F ? code + 0xFEE0 : code;
}

constexpr bool changes_when_folded(char32_t code) noexcept {
  return is_half_width_katakana(code) || to_narrow(code) != code;
}

// The first bytes of U+2212, of U+3000 and U+301C, and of U+FF01–FF9F.
constexpr bool begins_foldable(unsigned char byte) noexcept {
  return byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

struct Range {
  char32_t first, last;
};

// Unicode East Asian Width W and F, as far as terminals agree.
constexpr Range kWide[] = {{0x1100, 0x115F},  {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
                           {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
                           {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
                           {0x20000, 0x3FFFD}};
constexpr Range kNoWidth[] = {{0x0, 0x1F},      {0x7F, 0x9F},     {0x300, 0x36F},  {0x200B, 0x200F},
                              {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

template <std::size_t Size>
bool within(const Range (&ranges)[Size], char32_t code) noexcept {
  const auto* found = std::ranges::lower_bound(ranges, code, {}, &Range::last);
  return found != std::end(ranges) && code >= found->first;
}

std::size_t columns_of(char32_t code) noexcept {
  if (code >= ' ' && code < 0x7F) return 1;
  if (within(kNoWidth, code)) return 0;
  return within(kWide, code) ? 2 : 1;
}

}  // namespace

bool needs_width_folding(std::string_view text) noexcept {
  for (std::size_t position = 0; position < text.size(); ++position) {
    if (!begins_foldable(static_cast<unsigned char>(text[position]))) continue;
    if (changes_when_folded(character_at(text, position).code)) return true;
  }
  return false;
}

void fold_width(std::string_view text, std::string& into) {
  if (needs_width_folding(text)) {
    append_mapped(text, into, to_narrow);
  } else {
    into += text;
  }
}

std::string fold_width(std::string_view text) {
  std::string folded;
  fold_width(text, folded);
  return folded;
}

std::string to_full_width(std::string_view text) {
  std::string wide;
  append_mapped(text, wide, to_wide);
  return wide;
}

std::size_t display_width(std::string_view text) noexcept {
  std::size_t columns = 0;
  for (std::size_t position = 0; position < text.size();) {
    const Character next = character_at(text, position);
    columns += columns_of(next.code);
    position += next.length;
  }
  return columns;
}

}  // namespace musubi::base
