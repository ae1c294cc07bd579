#include "xlsx_text.h"

#include <charconv>
#include <cstdint>

namespace musubi::document {
namespace {

constexpr std::size_t kEscapeLength = 7;  ///< of "_x000D_"

/// The character the escape at the start of `text` stands for; 0: there is none. Control characters, and the
/// underscore that protects what only looks like an escape.
char escaped_at(std::string_view text) {
  std::uint32_t code = 0;
  if (text.size() < kEscapeLength || !text.starts_with("_x") || text[6] != '_') return '\0';
  const auto done = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
  const bool whole = done.ec == std::errc() && done.ptr == text.data() + 6;
  return whole && code < 0x80 ? static_cast<char>(code) : '\0';
}

}  // namespace

void decode_xlsx_escapes(std::string& text, std::size_t begin) {
  auto to = text.find("_x", begin);
  if (to == text.npos) return;
  for (auto from = to; from < text.size();) {
    const char meant = escaped_at(std::string_view(text).substr(from));
    text[to++] = meant == '\0' ? text[from] : meant;
    from += meant == '\0' ? 1 : kEscapeLength;
  }
  text.resize(to);
}

}  // namespace musubi::document
