#include "encoded_words.h"

#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

TEST(EncodedWords, DecodesWhatJapaneseMailComesIn) {
  EXPECT_EQ(decoded_words("=?UTF-8?B?55m655Sf5bGKLmNzdg==?="), "発生届.csv");
  EXPECT_EQ(decoded_words("=?utf-8?q?=E7=99=BA_=E5=B1=8A.csv?="), "発 届.csv");
  EXPECT_EQ(decoded_words("=?ISO-2022-JP?B?GyRCSC9AOEZPGyhCLmNzdg==?="), "発生届.csv");
  EXPECT_EQ(decoded_words("=?Shift_JIS?B?lK2QtpPNLmNzdg==?="), "発生届.csv");
  EXPECT_EQ(decoded_words("=?UTF-8*ja?B?55m6?="), "発");
}

TEST(EncodedWords, JoinsNeighboursAlsoWithinACharacter) {
  EXPECT_EQ(decoded_words("=?UTF-8?B?55m6?=\r\n =?UTF-8?B?55Sf?="), "発生");
  EXPECT_EQ(decoded_words("=?UTF-8?B?55m6?= =?UTF-8?B?5w==?= =?UTF-8?B?lJ8=?="), "発生");
  EXPECT_EQ(decoded_words("a =?UTF-8?B?55m6?= b"), "a 発 b");
}

TEST(EncodedWords, LeavesWhatIsNone) {
  for (const auto* text :
       {"=?", "=?UTF-8", "=?UTF-8?B", "=?UTF-8?B?55m6", "=?UTF-8?X?a?=", "=?UTF-8?B?***?=", "a=?b"})
    EXPECT_EQ(decoded_words(text), text);
}

TEST(EncodedWords, GuessesAnEncodingItDoesNotKnow) {
  EXPECT_EQ(decoded_words("=?x-unknown?B?55m6?="), "発");
  EXPECT_EQ(guessed_utf8("\x94\xAD\x90\xB6"), "発生");
  EXPECT_EQ(guessed_utf8("\x1b$BH/@8\x1b(B"), "発生");
}

TEST(FieldValue, ReadsParametersAsTheyAreWritten) {
  const auto field = field_value("Multipart/Mixed ; Boundary=\"a;b\\\"c\" ; charset = utf-8; x");
  EXPECT_EQ(field.value, "multipart/mixed");
  EXPECT_EQ(field.parameter("boundary"), "a;b\"c");
  EXPECT_EQ(field.parameter("charset"), "utf-8");
  EXPECT_EQ(field.parameter("x"), "");
}

TEST(FieldValue, ReadsNamesOfFiles) {
  const std::pair<std::string, std::string> cases[] = {
      {"attachment; filename=a.csv", "a.csv"},
      {"attachment; filename*=UTF-8''%E7%99%BA.csv", "発.csv"},
      {"attachment; filename*=iso-2022-jp'ja'%1B%24BH%2F%1B%28B.csv", "発.csv"},
      {"attachment; filename*1=\"b.csv\"; filename*0=\"a\"", "ab.csv"},
      {"attachment; filename*0*=UTF-8''%E7%99; filename*1*=%BA; filename*2=.csv", "発.csv"},
      {"attachment; filename=\"=?UTF-8?B?55m6?=.csv\"", "発.csv"},
      {"attachment; filename=\"\x94\xAD.csv\"", "発.csv"},
      {"attachment; filename=\"C:\\report\\a.csv\"", "C:\\report\\a.csv"},
      {"attachment; filename*=broken%E7", "broken\xEF\xBF\xBD"},
      {"attachment; filename=\"open", "open"}};
  for (const auto& [text, name] : cases) EXPECT_EQ(field_value(text).parameter("filename"), name) << text;
}

}  // namespace
}  // namespace musubi::intake
