#include "word_pattern.h"

#include <charconv>

namespace musubi::model {
namespace {

using Words = std::vector<std::string>;

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || stop != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// "1..5" → 1, 2, 3, 4, 5.
std::optional<Words> range_of(std::string_view inside, std::size_t dots) {
  const auto first = number_in(inside.substr(0, dots));
  const auto last = number_in(inside.substr(dots + 2));
  if (!first || !last || *first > *last || *last - *first >= static_cast<int>(kMostWordsOfPattern))
    return std::nullopt;
  Words words;
  for (int each = *first; each <= *last; ++each) words.push_back(std::to_string(each));
  return words;
}

std::optional<Words> alternatives_of(std::string_view inside) {
  if (const auto dots = inside.find(".."); dots != inside.npos) return range_of(inside, dots);
  Words words;
  for (std::size_t comma = inside.find(','); comma != inside.npos; comma = inside.find(',')) {
    words.emplace_back(inside.substr(0, comma));
    inside.remove_prefix(comma + 1);
  }
  words.emplace_back(inside);
  return words;
}

/// Each of `words` followed by each of `endings`.
Words combined(const Words& words, const Words& endings) {
  Words all;
  all.reserve(words.size() * endings.size());
  for (const auto& word : words)
    for (const auto& ending : endings) all.push_back(word + ending);
  return all;
}

}  // namespace

std::optional<Words> words_of_pattern(std::string_view pattern) {
  Words words{std::string()};
  while (!pattern.empty()) {
    const auto open = pattern.find_first_of("{}");
    words = combined(words, {std::string(pattern.substr(0, open))});
    if (open == pattern.npos) break;
    const auto close = pattern.find_first_of("{}", open + 1);
    if (pattern[open] == '}' || close == pattern.npos || pattern[close] == '{') return std::nullopt;
    const auto alternatives = alternatives_of(pattern.substr(open + 1, close - open - 1));
    if (!alternatives || words.size() * alternatives->size() > kMostWordsOfPattern) return std::nullopt;
    words = combined(words, *alternatives);
    pattern.remove_prefix(close + 1);
  }
  return words;
}

}  // namespace musubi::model
