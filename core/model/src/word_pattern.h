// Synonyms that differ in small ways, written as one: "90{歳,代,歳代}以上", "{0..9}歳".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::model {

inline constexpr std::size_t kMostWordsOfPattern = 1000;

/// Every word a pattern stands for: braces hold alternatives divided by commas (one may be empty) or a range
/// of numbers. A text without braces is the only word. nullopt: braces that do not close or lie in each
/// other, a range that runs backwards, or too many words.
std::optional<std::vector<std::string>> words_of_pattern(std::string_view pattern);

}  // namespace musubi::model
