#include "musubi/base/shown_text.h"

#include <gtest/gtest.h>

#include "musubi/base/messages.h"

namespace musubi::base {
namespace {

TEST(Printable, LeavesPlainTextAlone) {
  for (const char* text : {"", "patients.csv", "患者_年代", "a\\nb", "𠮷野家", "é"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("evil\nmusubi: fake"), "evil\\nmusubi: fake");
  EXPECT_EQ(printable("\x1b[31mred\t\r\x7f"), "\\x1b[31mred\\t\\r\\x7f");
  EXPECT_EQ(printable("\u009b2J"), "\\xc2\\x9b2J") << "a control character of two bytes";
  EXPECT_EQ(printable("abc\u202Egpj.exe"), "abc\\u{202e}gpj.exe");
  EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
}

TEST(Printable, ShowsBytesThatAreNoText) { EXPECT_EQ(printable("\x82\xa0.csv"), "\\x82\\xa0.csv"); }

TEST(AsUtf8, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(as_utf8("東京"), "東京");
  EXPECT_EQ(as_utf8("a\xff\xfe京"), "a\uFFFD\uFFFD京");
}

TEST(ShownColumn, IsTheNameWhereItLooksLikeOne) {
  for (const char* name : {"No", "患者_年代", "備考（その他）", "退院・解除", "COVID-19", "年代 10歳刻み"})
    EXPECT_EQ(shown_column(name, 7), name);
}

TEST(ShownColumn, IsThePositionWhereACellOfARecordMayStand) {
  const std::string long_text(200, 'x');
  for (const std::string name : {"", " ", "山田太郎 090-1234-5678", "1985-04-01", "０９０１２３４",
                                 "taro@example.jp", "a\x1b[2J", "\x82\xa0"})
    EXPECT_EQ(shown_column(name, 7), "[7]") << name;
  EXPECT_EQ(shown_column(long_text, 3), "[3]");
}

TEST(Describe, EscapesWhatItWasGiven) {
  const auto error =
      Error(ErrorKind::usage, "app.sink_unknown", {{"sink", "x\x1b[2J"}}).at({.file = "evil\nmusubi: fake"});
  const auto text = describe(Language::english, error);
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_TRUE(text.starts_with("evil\\nmusubi: fake: There is no sink named \"x\\x1b[2J\"")) << text;
}

}  // namespace
}  // namespace musubi::base
