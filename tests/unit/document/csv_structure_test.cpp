#include "csv_structure.h"

#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

namespace musubi::document {
namespace {

using Positions = std::vector<std::uint32_t>;

Positions expected_in(const std::string& text, std::uint32_t from, std::uint32_t to, char separator) {
  Positions positions;
  for (auto at = from; at < to; ++at) {
    if (std::string("\"\n\r").find(text[at]) != std::string::npos || text[at] == separator)
      positions.push_back(at);
  }
  return positions;
}

template <class Find>
Positions found_in(Find find, const std::string& text, std::uint32_t from, std::uint32_t to, char separator) {
  const auto padded = text + std::string(kStructurePadding, ',');
  Positions positions(to - from + kStructurePadding);
  positions.resize(find(padded.data(), from, to, separator, positions.data()));
  return positions;
}

std::string random_text(std::mt19937& random, std::size_t length) {
  constexpr std::string_view kOften = ",\"\n\r\t;|:*";
  std::string text;
  while (text.size() < length) {
    text += random() % 3 == 0 ? kOften[random() % kOften.size()] : static_cast<char>(random() % 256);
  }
  return text;
}

TEST(CsvStructure, FindsEveryStructuralByteAndNoOther) {
  std::mt19937 random(7);
  for (const char separator : {',', '\t', ';', '|', ':', '*', 'J'}) {  // ':' and '*' share low bits with '\n'
    for (std::uint32_t length = 0; length < 200; ++length) {
      const auto text = random_text(random, length);
      const auto from = length == 0 ? 0 : static_cast<std::uint32_t>(random() % length);
      const auto expected = expected_in(text, from, length, separator);
      ASSERT_EQ(found_in(find_structure, text, from, length, separator), expected);
      ASSERT_EQ(found_in(find_structure_portably, text, from, length, separator), expected);
    }
  }
}

TEST(CsvStructure, HasRoomWhenEveryByteIsStructural) {
  const std::string text(1000, '"');
  EXPECT_EQ(found_in(find_structure, text, 0, 1000, ',').size(), 1000U);
  EXPECT_EQ(found_in(find_structure_portably, text, 0, 1000, ',').size(), 1000U);
}

}  // namespace
}  // namespace musubi::document
