#include "musubi/document/encoding.h"

#include <gmock/gmock.h>

#include <random>

#include "csv_support.h"

namespace musubi::document {
namespace {

using testing::converted;

std::optional<std::string> ours(Encoding from, std::string_view bytes) {
  std::string text;
  if (to_utf8(from, bytes, text)) return std::nullopt;
  return text;
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

/// Every sequence of one and of two bytes that begins with `prefix` and ends with `suffix`.
template <class Check>
void for_all_pairs(Check check) {
  for (int first = 0; first < 256; ++first) {
    check(std::string(1, static_cast<char>(first)));
    for (int second = 0; second < 256; ++second) {
      check(std::string{static_cast<char>(first), static_cast<char>(second)});
    }
  }
}

TEST(Cp932, GivesWhatIconvGivesForEverySequence) {
  for_all_pairs([](const std::string& bytes) {
    EXPECT_EQ(ours(Encoding::cp932, bytes), converted("CP932", "UTF-8", bytes)) << hex(bytes);
  });
}

TEST(Cp932, GivesWhatIconvGivesForLongTexts) {
  std::vector<std::string> characters;
  for_all_pairs([&](const std::string& bytes) {
    if (bytes.size() == 1 || static_cast<signed char>(bytes[0]) < 0) {
      if (converted("CP932", "UTF-8", bytes)) characters.push_back(bytes);
    }
  });
  std::mt19937 random(20200401);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (auto left = random() % 40; left > 0; --left) {
      bytes += random() % 3 == 0 ? std::string(1, static_cast<char>('0' + random() % 10))
                                 : characters[random() % characters.size()];
    }
    ASSERT_EQ(ours(Encoding::cp932, bytes), converted("CP932", "UTF-8", bytes)) << hex(bytes);
  }
}

TEST(Cp932, MapsTheWaveDashAndItsSiblingsTheDocumentedWay) {
  const std::pair<const char*, const char*> expected[] = {
      {"\x81\x60", "\uFF5E"}, {"\x81\x5C", "\u2015"}, {"\x81\x61", "\u2225"}, {"\x81\x7C", "\uFF0D"},
      {"\x81\x91", "\uFFE0"}, {"\x81\x92", "\uFFE1"}, {"\x81\xCA", "\uFFE2"}, {"\x5C", "\\"},
      {"\x7E", "~"},          {"\x83\x5C", "ソ"},     {"\x95\x5C", "表"},     {"\x87\x40", "①"},
      {"\xFB\xFC", "髙"},     {"\xB1", "ｱ"},          {"\xF0\x40", "\uE000"}};
  for (const auto& [bytes, text] : expected) EXPECT_EQ(ours(Encoding::cp932, bytes), text) << hex(bytes);
}

TEST(Cp932, NamesTheFirstMalformedByteAndKeepsWhatIsBefore) {
  const struct {
    std::string bytes;
    std::size_t at;
    std::string before;
  } cases[] = {{"abc\x82", 3, "abc"},
               {"\x82\xA0\x82", 2, "あ"},
               {"\x82\xA0\x80\x82\xA0", 2, "あ"},
               {"0123456789\xFF", 10, "0123456789"},
               {"\x82,", 0, ""},
               {"\xA0", 0, ""},
               {"\xB1\xFD", 1, "ｱ"}};
  for (const auto& each : cases) {
    std::string text = ">";
    EXPECT_EQ(to_utf8(Encoding::cp932, each.bytes, text), each.at) << hex(each.bytes);
    EXPECT_EQ(text, ">" + each.before) << hex(each.bytes);
  }
}

TEST(Iso2022jp, GivesWhatIconvGivesForEveryCellOfTheTable) {
  for (char row = 0x21; row < 0x7F; ++row) {
    for (char cell = 0x21; cell < 0x7F; ++cell) {
      const auto bytes = std::string("\x1B$B") + row + cell + "\x1B(B";
      const auto theirs = converted("ISO-2022-JP", "UTF-8", bytes);
      if (!theirs) continue;
      EXPECT_EQ(ours(Encoding::iso2022jp, bytes), theirs) << hex(bytes);
    }
  }
}

TEST(Iso2022jp, SwitchesCharacterSets) {
  EXPECT_EQ(ours(Encoding::iso2022jp, "a\x1B$B$\"\x1B(Bb\x1B$@0!\x1B(Bc"), "aあb亜c");
  EXPECT_EQ(ours(Encoding::iso2022jp, "\x1B(J\\~\x1B(B\\~"), "¥‾\\~");
  EXPECT_EQ(ours(Encoding::iso2022jp, "\x1B$B-!\x1B(B"), "①");  // row 13 of NEC
  EXPECT_EQ(ours(Encoding::iso2022jp, "\x1B(I1\x1B(B"), "ｱ");   // half-width katakana
  EXPECT_EQ(ours(Encoding::iso2022jp, "\x1B$B!A\x1B(B"), "\u301C");
}

TEST(Iso2022jp, NamesTheFirstMalformedByte) {
  const struct {
    std::string bytes;
    std::size_t at;
  } cases[] = {{"ab\x82", 2}, {"\x1B$B$", 3},        {"\x1B", 0},         {"a\x1B$", 1},
               {"\x1B%G", 0}, {"\x1B$B\x7E\x7E", 3}, {"\x1B$B$\"$\n", 5}, {"\x1B(Ia", 3}};
  for (const auto& each : cases) {
    std::string text;
    EXPECT_EQ(to_utf8(Encoding::iso2022jp, each.bytes, text), each.at) << hex(each.bytes);
  }
}

TEST(Utf8, IsCopiedUpToTheFirstMalformedByte) {
  const struct {
    std::string bytes;
    std::size_t at;
  } cases[] = {{"\xC0\x80", 0},           {"a\xE3\x81", 1},    {"\xED\xA0\x80", 0},
               {"あ\xF4\x90\x80\x80", 3}, {"\xE0\x80\xAF", 0}, {"ab\x80", 2}};
  for (const auto& each : cases) {
    std::string text;
    EXPECT_EQ(to_utf8(Encoding::utf8, each.bytes, text), each.at) << hex(each.bytes);
    EXPECT_EQ(text, each.bytes.substr(0, each.at));
  }
  EXPECT_EQ(ours(Encoding::utf8, "新型\U00020BB7"), "新型\U00020BB7");
}

}  // namespace
}  // namespace musubi::document
