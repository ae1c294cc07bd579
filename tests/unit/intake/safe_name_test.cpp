#include "safe_name.h"

#include <gtest/gtest.h>

#include "musubi/base/text.h"

namespace musubi::intake {
namespace {

TEST(SafeName, KeepsWhatIsPlain) {
  for (const std::string name : {"report.csv", "陽性者一覧 (2).xlsx", "a b~c.CSV", "発生届"})
    EXPECT_EQ(safe_name(name, "x"), name);
}

TEST(SafeName, KeepsOnlyTheLastPartOfAPath) {
  EXPECT_EQ(safe_name("../../etc/passwd", "x"), "passwd");
  EXPECT_EQ(safe_name("C:\\temp\\報告.csv", "x"), "報告.csv");
}

TEST(SafeName, HasAnotherNameForNothing) {
  for (const auto* name : {"", ".", "..", "...", "   ", "/", "a/", "a\\.."})
    EXPECT_EQ(safe_name(name, "x"), "x");
}

TEST(SafeName, ShowsNoControlCharacters) {
  const auto name = safe_name(
      "a\r\nb\x1b[2J\xE2\x80\xAE"
      "csv.exe",
      "x");
  for (const char each : name) EXPECT_GE(static_cast<unsigned char>(each), 0x20) << name;
  EXPECT_EQ(name.find("\xE2\x80\xAE"), name.npos);
  EXPECT_EQ(name.find('\\'), name.npos);
}

TEST(SafeName, IsAlwaysUtf8AndShort) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  for (std::size_t from = 0; from < all.size(); ++from) {
    const auto name = safe_name(all.substr(from) + all + all + ".csv", "x");
    EXPECT_FALSE(base::malformed_utf8_at(name)) << from;
    EXPECT_LE(name.size(), 200U);
    EXPECT_TRUE(name.ends_with(".csv"));
  }
}

TEST(NumberedName, PutsTheNumberBeforeTheExtension) {
  EXPECT_EQ(numbered_name("a.csv", 1), "a.csv");
  EXPECT_EQ(numbered_name("a.csv", 2), "a-2.csv");
  EXPECT_EQ(numbered_name("README", 3), "README-3");
  EXPECT_EQ(numbered_name(".hidden", 2), ".hidden-2");
}

TEST(NumberedName, LeavesRoomForMore) {
  std::string longest;
  for (int index = 0; index < 84; ++index) longest += "報";
  for (const unsigned nth : {1U, 2U, 9999U}) {
    const auto name = numbered_name(longest + ".csv", nth);
    EXPECT_LE(name.size(), 220U);
    EXPECT_FALSE(base::malformed_utf8_at(name));
  }
}

}  // namespace
}  // namespace musubi::intake
