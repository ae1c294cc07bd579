#include "words.h"

#include <algorithm>
#include <array>

#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

constexpr auto kDashes = std::to_array<std::string_view>(
    {"-", "‐", "‑", "‒", "–", "—", "―", "−", "─", "━", "ー", "ｰ", "－", "﹣"});

/// Of UTF-8: "-", or the first byte of one of the other dashes.
bool may_be_dash(char first) noexcept {
  return first == '-' || first == '\xE2' || first == '\xE3' || first == '\xEF';
}

bool is_ascii(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char each) { return (each & 0x80) != 0; });
}

}  // namespace

std::string_view folded(std::string_view text, std::string& buffer) {
  if (is_ascii(text) || !base::needs_width_folding(text)) return text;
  buffer.clear();
  base::fold_width(text, buffer);
  return trimmed(buffer);
}

bool is_dashes(std::string_view text) noexcept {
  if (text.empty() || !may_be_dash(text.front())) return false;
  while (!text.empty()) {
    const auto dash = std::ranges::find_if(kDashes, [&](auto each) { return text.starts_with(each); });
    if (dash == kDashes.end()) return false;
    text.remove_prefix(dash->size());
  }
  return true;
}

std::string_view comparable(std::string_view text) noexcept { return is_dashes(text) ? "-" : text; }

}  // namespace musubi::mapping
