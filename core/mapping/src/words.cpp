#include "words.h"

#include <algorithm>
#include <array>

#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

constexpr auto kDashes = std::to_array<std::string_view>(
    {"-", "‐", "‑", "‒", "–", "—", "―", "−", "─", "━", "ー", "ｰ", "－", "﹣"});

bool may_start_with_blank(unsigned char first) noexcept {
  return first <= 0x20 || first == 0xC2 || first == 0xE3 || first == 0xEF;
}
bool may_end_with_blank(unsigned char last) noexcept {
  return last <= 0x20 || last == 0xA0 || last == 0x80 || last == 0xBF;
}

bool is_ascii(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char each) { return (each & 0x80) != 0; });
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text.front());
  const auto last = static_cast<unsigned char>(text.back());
  if (!may_start_with_blank(first) && !may_end_with_blank(last)) return text;
  return base::trim(text);
}

std::string_view folded(std::string_view text, std::string& buffer) {
  if (is_ascii(text) || !base::needs_width_folding(text)) return text;
  buffer.clear();
  base::fold_width(text, buffer);
  return trimmed(buffer);
}

bool is_dashes(std::string_view text) noexcept {
  if (text.empty()) return false;
  while (!text.empty()) {
    const auto dash = std::ranges::find_if(kDashes, [&](auto each) { return text.starts_with(each); });
    if (dash == kDashes.end()) return false;
    text.remove_prefix(dash->size());
  }
  return true;
}

std::string_view comparable(std::string_view text) noexcept { return is_dashes(text) ? "-" : text; }

}  // namespace musubi::mapping
