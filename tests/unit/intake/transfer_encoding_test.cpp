#include "transfer_encoding.h"

#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

TEST(Base64, DecodesWithLineEndsAndEveryPadding) {
  EXPECT_EQ(decoded_base64(""), "");
  EXPECT_EQ(decoded_base64("TQ=="), "M");
  EXPECT_EQ(decoded_base64("TWE="), "Ma");
  EXPECT_EQ(decoded_base64("TWFu"), "Man");
  EXPECT_EQ(decoded_base64("TW\r\n Fu\r\nTWFu\r\n"), "ManMan");
  EXPECT_EQ(decoded_base64("AP+/"), std::string("\0\xFF\xBF", 3));
}

TEST(Base64, RefusesEverythingElse) {
  for (const auto* text :
       {"T", "TQ", "TQ=", "TQ===", "TQ==TWFu", "TWFu=", "TW-u", "TWFu\n-- \nfooter", "===="})
    EXPECT_EQ(decoded_base64(text), std::nullopt) << text;
}

TEST(QuotedPrintable, DecodesOctetsAndSoftLineBreaks) {
  EXPECT_EQ(decoded_quoted_printable("a=3Db=e3=81=82"), "a=bあ");
  EXPECT_EQ(decoded_quoted_printable("a=\r\nb=\nc= \t\r\nd="), "abcd");
  EXPECT_EQ(decoded_quoted_printable("a\r\nb"), "a\r\nb");
}

TEST(QuotedPrintable, RefusesEverythingElse) {
  for (const auto* text : {"=G0", "=4", "=x"})
    EXPECT_EQ(decoded_quoted_printable(text), std::nullopt) << text;
}

TEST(Q, DecodesUnderscoresAsBlanks) {
  EXPECT_EQ(decoded_q("a_b=5F"), "a b_");
  EXPECT_EQ(decoded_q("="), std::nullopt);
}

TEST(Percent, LeavesWhatIsNoOctet) { EXPECT_EQ(decoded_percent("%41%4%zz%"), "A%4%zz%"); }

}  // namespace
}  // namespace musubi::intake
