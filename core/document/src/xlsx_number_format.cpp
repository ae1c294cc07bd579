#include "xlsx_number_format.h"

#include <algorithm>
#include <string>

namespace musubi::document {
namespace {

constexpr std::size_t kLongestCode = 1024;  ///< Excel allows 255 characters

struct Range {
  std::uint32_t first, last;
};

constexpr Range kDates[] = {{14, 17}, {22, 22}, {27, 31}, {34, 36}, {50, 58}};
constexpr Range kTimes[] = {{18, 21}, {32, 33}, {45, 45}, {47, 47}};

template <std::size_t kCount>
bool in_one_of(const Range (&ranges)[kCount], std::uint32_t id) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [id](const Range& range) { return id >= range.first && id <= range.last; });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

void remove_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at)) text.erase(at, part.size());
}

/// [h], [mm], [ss]: a duration, not a time of day.
bool is_elapsed(std::string_view in_brackets) {
  return !in_brackets.empty() &&
         std::string_view("hms").find(in_brackets.front()) != std::string_view::npos &&
         in_brackets.find_first_not_of(in_brackets.front()) == in_brackets.npos;
}

/// The letters of the first section of a format that mean something: without literals, colours, locales.
struct Meaning {
  std::string letters;
  bool elapsed = false;
};

Meaning meaning_of(std::string_view code) {
  Meaning meaning;
  while (!code.empty() && code.front() != ';') {
    const char letter = code.front();
    std::size_t length = 1;
    if (letter == '"') {
      length = std::min(code.find('"', 1), code.size() - 1) + 1;
    } else if (letter == '[') {
      length = std::min(code.find(']'), code.size() - 1) + 1;
      meaning.elapsed |= is_elapsed(code.substr(1, code.find(']') - 1));
    } else if (letter == '\\' || letter == '_' || letter == '*') {
      length = std::min<std::size_t>(2, code.size());
    } else {
      meaning.letters += letter;
    }
    code.remove_prefix(length);
  }
  return meaning;
}

bool has(std::string_view text, std::string_view letters) { return text.find_first_of(letters) != text.npos; }

}  // namespace

NumberFormat built_in_number_format(std::uint32_t id) noexcept {
  if (in_one_of(kDates, id)) return NumberFormat::date;
  return in_one_of(kTimes, id) ? NumberFormat::time : NumberFormat::plain;
}

NumberFormat number_format_of(std::string_view code) {
  if (code.size() > kLongestCode) return NumberFormat::plain;
  auto [letters, elapsed] = meaning_of(lower(code));
  for (const auto* word : {"general", "g/標準", "e+", "e-", "am/pm", "a/p"}) remove_all(letters, word);
  if (elapsed || has(letters, "#?")) return NumberFormat::plain;
  const bool clock = has(letters, "hs");
  if (has(letters, "0") && !clock) return NumberFormat::plain;
  if (has(letters, "ydge") || letters.find("aaa") != letters.npos) return NumberFormat::date;
  if (clock) return NumberFormat::time;
  return has(letters, "m") ? NumberFormat::date : NumberFormat::plain;
}

}  // namespace musubi::document
