#include "musubi/base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace musubi::base {
namespace {

TEST(Trim, TakesBlanksOfAllKinds) {
  EXPECT_EQ(trim("\uFEFF \t\u3000東京 都\u00A0\r\n"), "東京 都");
  EXPECT_EQ(trim(" \u3000\u3000 "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\xE3\x80"), "\xE3\x80") << "half a blank is not a blank";
}

TEST(FoldWidth, MakesLettersDigitsAndSignsNarrow) {
  EXPECT_EQ(fold_width("ＡＢｃ１２３！～　（）"), "ABc123!~ ()");
  EXPECT_EQ(fold_width("10−20〜30"), "10-20~30") << "what CP932 and JIS decode differently means the same";
  EXPECT_EQ(fold_width("東京都"), "東京都");
  EXPECT_EQ(fold_width("ー"), "ー") << "the long mark is a letter";
}

TEST(FoldWidth, JoinsVoicingMarksOfHalfWidthKatakana) {
  EXPECT_EQ(fold_width("ｶﾞｷﾞﾊﾟﾎﾟｳﾞﾜﾞｦﾞ"), "ガギパポヴヷヺ");
  EXPECT_EQ(fold_width("ｺﾛﾅｳｲﾙｽ"), "コロナウイルス");
  EXPECT_EQ(fold_width("ﾔﾏﾀﾞ･ﾀﾛｰ｡"), "ヤマダ・タロー。");
  EXPECT_EQ(fold_width("ｱﾞﾅﾟﾞ"), "ア゛ナ゜゛") << "marks without a letter that takes them stay";
  EXPECT_EQ(fold_width("ｶﾟ"), "カ゜");
}

TEST(FoldWidth, ChangesNothingTwice) {
  for (const auto* text : {"ｶﾞＡ　１", "ヴァ", "ﾞ", "山田 太郎", "\xFF\xEF\xBD", ""}) {
    const std::string once = fold_width(text);
    EXPECT_EQ(fold_width(once), once);
    EXPECT_FALSE(needs_width_folding(once));
  }
}

TEST(FoldWidth, KeepsMalformedBytes) { EXPECT_EQ(fold_width("Ａ\xFF\xEF\xBC"), "A\xFF\xEF\xBC"); }

TEST(FoldWidth, Appends) {
  std::string into = "x";
  fold_width("Ａ", into);
  fold_width("b", into);
  EXPECT_EQ(into, "xAb");
}

TEST(NeedsWidthFolding, AgreesWithFolding) {
  for (const auto* text : {"abc", "東京都", "Ａ", "　", "ｱ", "−", "〜", "ー", "゛", "￥"}) {
    EXPECT_EQ(needs_width_folding(text), fold_width(text) != text) << text;
  }
}

TEST(Kana, ChangesBetweenTheScripts) {
  EXPECT_EQ(to_katakana("やまだ たろう"), "ヤマダ タロウ");
  EXPECT_EQ(to_katakana("ﾔﾏﾀﾞ ゔゝゞ"), "ヤマダ ヴヽヾ");
  EXPECT_EQ(to_hiragana("ヤマダ タロー"), "やまだ たろー");
  EXPECT_EQ(to_hiragana("ｳﾞｧヵヶ"), "ゔぁゕゖ");
  EXPECT_EQ(to_katakana("漢字ABC"), "漢字ABC");
  EXPECT_EQ(to_hiragana("ヷ"), "ヷ") << "has no hiragana";
}

TEST(Kana, GoesBothWaysForEveryLetter) {
  std::string hiragana;
  for (char32_t code = 0x3041; code <= 0x3096; ++code) {
    hiragana += {static_cast<char>(0xE3), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
                 static_cast<char>(0x80 | (code & 0x3F))};
  }
  EXPECT_TRUE(is_katakana(to_katakana(hiragana)));
  EXPECT_EQ(to_hiragana(to_katakana(hiragana)), hiragana);
}

TEST(Kana, RecognisesAFurigana) {
  EXPECT_TRUE(is_katakana("ヤマダ　タロー"));
  EXPECT_TRUE(is_katakana("マリア・テレサ"));
  for (const auto* text : {"", "　", "やまだ", "ﾔﾏﾀﾞ", "ヤマダA", "山田", "ヤ\xFF", "・"}) {
    EXPECT_FALSE(is_katakana(text)) << text;
  }
}

TEST(FullWidth, WidensWhatCanBe) {
  EXPECT_EQ(to_full_width("A-1 ｶﾞ"), "Ａ－１　ガ");
  EXPECT_EQ(to_full_width("東京"), "東京");
  EXPECT_EQ(fold_width(to_full_width("abc ~!")), "abc ~!");
}

TEST(Utf8, PointsAtTheFirstMalformedByte) {
  EXPECT_EQ(malformed_utf8_at(""), std::nullopt);
  EXPECT_EQ(malformed_utf8_at("0123456789abcdef 東京 \U0001F637 é"), std::nullopt);
  EXPECT_EQ(malformed_utf8_at("abc\x80"), 3U);
  EXPECT_EQ(malformed_utf8_at("abcdefghij\xFFklm"), 10U);
  EXPECT_EQ(malformed_utf8_at("東\xC0\xAF"), 3U) << "overlong";
  EXPECT_EQ(malformed_utf8_at("\xE0\x80\xAF"), 0U) << "overlong";
  EXPECT_EQ(malformed_utf8_at("\xF0\x80\x80\x80"), 0U) << "overlong";
  EXPECT_EQ(malformed_utf8_at("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(malformed_utf8_at("\xF4\x90\x80\x80"), 0U) << "beyond U+10FFFF";
  EXPECT_EQ(malformed_utf8_at("ab\xE6\x9D"), 2U) << "cut off";
  EXPECT_EQ(malformed_utf8_at("\x93\x8C\x8B\x9E"), 0U) << "CP932";
  EXPECT_EQ(malformed_utf8_at("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"), std::nullopt) << "the borders";
}

TEST(Utf8, CountsCharacters) {
  EXPECT_EQ(characters(""), 0U);
  EXPECT_EQ(characters("abc東京\U0001F637"), 6U);
}

TEST(ParseInteger, ReadsDecimalNumbers) {
  EXPECT_EQ(parse_integer("0"), 0);
  EXPECT_EQ(parse_integer(" 42 "), 42);
  EXPECT_EQ(parse_integer("-42"), -42);
  EXPECT_EQ(parse_integer("+42"), 42);
  EXPECT_EQ(parse_integer("１，２３４"), 1234);
  EXPECT_EQ(parse_integer("－５"), -5);
  EXPECT_EQ(parse_integer("12,345,678"), 12345678);
  EXPECT_EQ(parse_integer("007"), 7);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(ParseInteger, RefusesEverythingElse) {
  for (const auto* text : {"",
                           " ",
                           "-",
                           "+",
                           ",",
                           "1,2",
                           "1,23,456",
                           "1234,567",
                           ",123",
                           "123,",
                           "1,,234",
                           "1.0",
                           "1e3",
                           "0x10",
                           "1 2",
                           "--1",
                           "-,123",
                           "9223372036854775808",
                           "-9223372036854775809",
                           "18446744073709551616",
                           "99999999999999999999999999",
                           "十",
                           "1\xFF",
                           "40代"}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
  }
}

TEST(EditDistance, CountsCharactersNotBytes) {
  EXPECT_EQ(edit_distance("公表_年月日", "公表_年月日", 3), 0U);
  EXPECT_EQ(edit_distance("公表_年月日", "公表年月日", 3), 1U);
  EXPECT_EQ(edit_distance("公表_年月日", "公表_月年日", 3), 1U) << "a swap is one step";
  EXPECT_EQ(edit_distance("", "東京", 3), 2U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(edit_distance("sitting", "kitten", 9), 3U);
}

TEST(EditDistance, StopsAtTheLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);
  EXPECT_EQ(edit_distance("abc", "xyz", 0), 1U);
  EXPECT_EQ(edit_distance("abc", "abc", 0), 0U);
  EXPECT_EQ(edit_distance("a", "abcdef", 2), 3U);
  EXPECT_EQ(edit_distance("ab", "ba", 1), 1U);
}

TEST(DisplayWidth, CountsColumnsOfATerminal) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("東京ab"), 6U);
  EXPECT_EQ(display_width("ｶﾞ"), 2U);
  EXPECT_EQ(display_width("Ａ　"), 4U);
  EXPECT_EQ(display_width("か\u3099"), 2U) << "a combining mark takes no column";
  EXPECT_EQ(display_width(""), 0U);
}

}  // namespace
}  // namespace musubi::base
