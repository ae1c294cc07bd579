#include "musubi/fhirpath/japanese.h"

#include <gtest/gtest.h>

using namespace musubi::fhirpath;

namespace {

Date date(std::string_view text) { return parse_date(text).value(); }

std::string wareki(std::string_view text) {
  const auto value = date_of_wareki(text);
  return value ? to_text(*value) : "";
}

std::optional<std::int64_t> age(std::string_view birth, std::string_view when) {
  return age_at(date(birth), date(when));
}

}  // namespace

TEST(Japanese, DatesAsTheyAreWritten) {
  EXPECT_EQ(wareki("令和２年４月１日"), "2020-04-01");
  EXPECT_EQ(wareki("R2.4.1"), "2020-04-01");
  EXPECT_EQ(wareki("令和元年5月1日"), "2019-05-01");
  EXPECT_EQ(wareki("昭和39年"), "1964");
  EXPECT_EQ(wareki("2020年4月"), "2020-04");
  for (const char* text : {"", "平成32年1月1日", "4月1日", "令和2年2月30日", "不明"})
    EXPECT_EQ(wareki(text), "") << text;
}

TEST(Japanese, DatesInEras) {
  EXPECT_EQ(wareki_of(date("2020-04-01")), "令和2年4月1日");
  EXPECT_EQ(wareki_of(date("2019-05-01")), "令和元年5月1日");
  EXPECT_EQ(wareki_of(date("1989-01-07")), "昭和64年1月7日");
  EXPECT_EQ(wareki_of(date("2020-04")), "令和2年4月");
  EXPECT_FALSE(wareki_of(date("1700-01-01")));
}

TEST(Japanese, Ages) {
  EXPECT_EQ(age("1964-10-10", "2020-10-09"), 55);
  EXPECT_EQ(age("1964-10-10", "2020-10-10"), 56);
  EXPECT_EQ(age("2000-02-29", "2001-02-28"), 0);
  EXPECT_EQ(age("2000-02-29", "2001-03-01"), 1);
  EXPECT_EQ(age("2000-02-29", "2004-02-29"), 4);
  EXPECT_EQ(age("1980-03", "2020-05-01"), 40);
  EXPECT_FALSE(age("1980", "2020-05-01"));
  EXPECT_FALSE(age("1980-05", "2020-05-15"));
  EXPECT_FALSE(age("2020-05-02", "2020-05-01"));
}

TEST(Japanese, AgeBands) {
  EXPECT_EQ(age_band(0), "10歳未満");
  EXPECT_EQ(age_band(9), "10歳未満");
  EXPECT_EQ(age_band(10), "10代");
  EXPECT_EQ(age_band(99), "90代");
  EXPECT_EQ(age_band(100), "100歳以上");
  EXPECT_FALSE(age_band(-1));
  EXPECT_FALSE(age_band(151));
}

TEST(Japanese, DaysOfSpreadsheets) {
  EXPECT_EQ(date_of_excel(43922), date("2020-04-01"));
  EXPECT_EQ(date_of_excel(parse_decimal("43922.75").value()), date("2020-04-01"));
  EXPECT_EQ(date_of_excel(42460, true), date("2020-04-01"));
  EXPECT_FALSE(date_of_excel(60));
  EXPECT_FALSE(date_of_excel(0));
  EXPECT_FALSE(date_of_excel(parse_decimal("99999999999999999999").value()));
}

TEST(Japanese, NamesHaveTwoParts) {
  const auto parts = name_parts(" 結城　花子 ");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->family, "結城");
  EXPECT_EQ(parts->given, "花子");
  EXPECT_EQ(name_parts("Yuki  Hana Maria")->given, "Hana Maria");
  EXPECT_FALSE(name_parts("結城花子"));
  EXPECT_FALSE(name_parts("　"));
}

TEST(Japanese, CharactersAndNumbers) {
  EXPECT_EQ(kana("ゆうき ﾊﾅｺ"), "ユウキ ハナコ");
  EXPECT_EQ(hiragana("ユウキ"), "ゆうき");
  EXPECT_EQ(halfwidth("Ａ１２３（ｶ）"), "A123(カ)");
  EXPECT_EQ(fullwidth("A1"), "Ａ１");
  EXPECT_EQ(phone("+81 3-1234-5678"), "0312345678");
  EXPECT_FALSE(phone("内線 12"));
  EXPECT_EQ(postal("〒163ー8001"), "1638001");
  EXPECT_FALSE(postal("163-800"));
}
