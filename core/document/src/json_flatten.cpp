#include "json_flatten.h"

namespace musubi::document {

std::string_view compact_json(std::string_view text, TextArena& texts) {
  char* const begin = texts.reserve(text.size());
  char* to = begin;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (!in_string && (letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n')) continue;
    *to++ = letter;
    if (letter == '"') in_string = !in_string;
    if (in_string && letter == '\\') *to++ = text[++at];
  }
  return texts.keep(static_cast<std::size_t>(to - begin));
}

}  // namespace musubi::document
