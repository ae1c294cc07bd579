#include "musubi/base/shown_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "musubi/base/text.h"
#include "utf8.h"

namespace musubi::base {
namespace {

constexpr std::size_t kLongestColumnName = 40;   ///< characters
constexpr std::size_t kMostDigitsInAColumn = 3;  ///< in a row: years, telephone numbers and codes have more
constexpr std::string_view kReplacement = "\uFFFD";

constexpr bool is_control(char32_t code) noexcept { return code < 0x20 || (code >= 0x7F && code <= 0x9F); }

/// Line and paragraph separators, marks that turn the direction of writing, and the invisible ones.
constexpr bool reorders(char32_t code) noexcept {
  return (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF;
}

void append_escaped(std::string& into, char32_t code, std::string_view bytes) {
  if (code == '\n') {
    into += "\\n";
  } else if (code == '\r') {
    into += "\\r";
  } else if (code == '\t') {
    into += "\\t";
  } else if (code == kMalformed || is_control(code)) {
    for (const char byte : bytes) into += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  } else {
    into += fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(code));
  }
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each >= ' ' && each < 0x7F; });
}

bool has_run_of_digits(std::string_view text) {
  std::size_t run = 0;
  for (const char each : text) {
    run = each >= '0' && each <= '9' ? run + 1 : 0;
    if (run > kMostDigitsInAColumn) return true;
  }
  return false;
}

bool looks_like_a_column_name(std::string_view name) {
  return !name.empty() && characters(name) <= kLongestColumnName && name.find('@') == name.npos &&
         printable(name) == name && !has_run_of_digits(fold_width(name));
}

}  // namespace

std::string printable(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string shown;
  for (std::size_t position = 0; position < text.size();) {
    const auto [code, length] = character_at(text, position);
    const auto bytes = text.substr(position, length);
    if (code == kMalformed || is_control(code) || reorders(code))
      append_escaped(shown, code, bytes);
    else
      shown += bytes;
    position += length;
  }
  return shown;
}

std::string as_utf8(std::string text) {
  const auto first = malformed_utf8_at(text);
  if (!first) return text;
  auto mended = text.substr(0, *first);
  for (std::size_t position = *first; position < text.size();) {
    const auto [code, length] = character_at(text, position);
    mended += code == kMalformed ? kReplacement : std::string_view(text).substr(position, length);
    position += length;
  }
  return mended;
}

std::string shown_column(std::string_view name, std::size_t number) {
  const auto trimmed = trim(name);
  if (looks_like_a_column_name(trimmed)) return std::string(trimmed);
  return "[" + std::to_string(number) + "]";
}

}  // namespace musubi::base
