#include "musubi/base/japanese_date.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "lines_of_file.h"

namespace musubi::base {
namespace {

std::string text_of(std::optional<PartialDate> date) { return date ? to_text(*date) : "-"; }

TEST(ParseDate, ReadsEveryLineOfTheTable) {
  const auto lines = test::table("dates.csv", 3);
  ASSERT_GT(lines.size(), 100U);
  for (const auto& line : lines) {
    EXPECT_EQ(text_of(parse_date(line[0])), line[1]) << "'" << line[0] << "': " << line[2];
  }
}

TEST(ParseDate, ReadsWhatToTextWrites) {
  for (const PartialDate date : {PartialDate{2020, 4, 1}, PartialDate{2020, 4, 0}, PartialDate{2020, 0, 0},
                                 PartialDate{0, 4, 23}, PartialDate{0, 4, 0}}) {
    EXPECT_EQ(parse_date(to_text(date)), date) << to_text(date);
  }
}

TEST(ParseDate, ReadsEveryDayInIsoAndWareki) {
  using namespace std::chrono_literals;
  for (auto day = std::chrono::sys_days(1868y / 1 / 25); day < std::chrono::sys_days(2100y / 1 / 1);
       day += std::chrono::days(1)) {
    const PartialDate date = partial_date(day);
    ASSERT_EQ(parse_iso_date(to_text(date)), date);
    ASSERT_EQ(parse_date(to_wareki(date)), date) << to_wareki(date);
    ASSERT_EQ(day_of(date), day);
  }
}

TEST(ParseDate, SurvivesMalformedAndVeryLongText) {
  EXPECT_EQ(parse_date("\xE4\xBB"), std::nullopt);
  EXPECT_EQ(parse_date("2020\xE5\xB9"), std::nullopt);
  EXPECT_EQ(parse_date("2020-04-01\xFF"), std::nullopt);
  EXPECT_EQ(parse_date(std::string_view("2020-04-01\0", 11)), std::nullopt);
  EXPECT_EQ(parse_date(std::string(10'000'000, '9')), std::nullopt);
  EXPECT_EQ(parse_date("2020-04-01" + std::string(200, ' ')), (PartialDate{2020, 4, 1}));
}

TEST(ParseDate, OnlyEverReturnsPossibleDates) {
  std::mt19937 random(20200401);
  const std::string pieces[] = {"2020", "0", "4", "31", "令和", "平成", "年", "月", "日", "元",   "/",
                                "-",    ".", "R", "H",  "　",   "(水)", ":",  "T",  "末", "初旬", "99"};
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (auto length = random() % 9; length != 0; --length) text += pieces[random() % std::size(pieces)];
    if (const auto date = parse_date(text)) {
      ASSERT_TRUE(possible(*date)) << text;
    }
  }
}

TEST(ParseIsoDate, TakesNothingElse) {
  for (const auto* text : {"2020-4-1", "2020/04/01", " 2020-04-01", "2020-04-011", "2020-04-0a",
                           "２020-04-01", "+020-04-01", "2020-04--1", ""}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
  }
}

TEST(DateOfSerial, CountsAsSpreadsheetsDo) {
  EXPECT_EQ(text_of(date_of_serial(1, false)), "1900-01-01");
  EXPECT_EQ(text_of(date_of_serial(59, false)), "1900-02-28");
  EXPECT_EQ(text_of(date_of_serial(60, false)), "-") << "29 February 1900 never was";
  EXPECT_EQ(text_of(date_of_serial(61, false)), "1900-03-01");
  EXPECT_EQ(text_of(date_of_serial(43922, false)), "2020-04-01");
  EXPECT_EQ(text_of(date_of_serial(43922.75, false)), "2020-04-01");
  EXPECT_EQ(text_of(date_of_serial(2958465, false)), "9999-12-31");
  EXPECT_EQ(text_of(date_of_serial(0, true)), "1904-01-01");
  EXPECT_EQ(text_of(date_of_serial(42460, true)), "2020-04-01");
  EXPECT_EQ(text_of(date_of_serial(2957003, true)), "9999-12-31");
}

TEST(DateOfSerial, RefusesWhatIsNoDay) {
  for (const double serial :
       {0.0, 0.99, -1.0, 2958466.0, 1e300, std::nan(""), double{INFINITY}, -double{INFINITY}}) {
    EXPECT_EQ(date_of_serial(serial, false), std::nullopt) << serial;
  }
  EXPECT_EQ(date_of_serial(-0.5, true), std::nullopt);
  EXPECT_EQ(date_of_serial(2957004, true), std::nullopt);
}

TEST(ToWareki, NamesTheEraOfTheDay) {
  EXPECT_EQ(to_wareki({2020, 4, 1}), "令和2年4月1日");
  EXPECT_EQ(to_wareki({2019, 5, 1}), "令和元年5月1日");
  EXPECT_EQ(to_wareki({2019, 4, 30}), "平成31年4月30日");
  EXPECT_EQ(to_wareki({2019, 4, 0}), "平成31年4月");
  EXPECT_EQ(to_wareki({2019, 0, 0}), "令和元年");
  EXPECT_EQ(to_wareki({1867, 1, 1}), "1867年1月1日");
  EXPECT_EQ(to_wareki({0, 4, 1}), "4月1日");
  EXPECT_EQ(to_wareki({0, 4, 0}), "4月");
}

TEST(WithYearBefore, TakesTheLatestSuchDay) {
  const PartialDate reference{2020, 4, 20};
  EXPECT_EQ(to_text(with_year_before({0, 4, 20}, reference)), "2020-04-20");
  EXPECT_EQ(to_text(with_year_before({0, 4, 21}, reference)), "2019-04-21");
  EXPECT_EQ(to_text(with_year_before({0, 12, 31}, reference)), "2019-12-31");
  EXPECT_EQ(to_text(with_year_before({0, 4, 0}, reference)), "2020-04");
  EXPECT_EQ(to_text(with_year_before({0, 5, 0}, reference)), "2019-05");
  EXPECT_EQ(to_text(with_year_before({0, 2, 29}, {2023, 6, 1})), "2020-02-29");
  EXPECT_EQ(to_text(with_year_before({2018, 4, 1}, reference)), "2018-04-01");
  EXPECT_EQ(with_year_before({0, 4, 1}, {}), (PartialDate{0, 4, 1}));
}

TEST(PartialDates, WritesOnlyWhatIsKnown) {
  EXPECT_EQ(to_text(PartialDate{2020, 4, 1}), "2020-04-01");
  EXPECT_EQ(to_text(PartialDate{2020, 4, 0}), "2020-04");
  EXPECT_EQ(to_text(PartialDate{2020, 0, 0}), "2020");
  EXPECT_EQ(to_text(PartialDate{0, 4, 23}), "--04-23");
  EXPECT_EQ(to_text(PartialDate{0, 4, 0}), "--04");
  EXPECT_EQ(to_text(PartialDate{812, 4, 1}), "0812-04-01");
}

TEST(PartialDates, ArePossibleAsFarAsTheyAreKnown) {
  EXPECT_TRUE(possible({0, 2, 29}));
  EXPECT_FALSE(possible({0, 2, 30}));
  EXPECT_FALSE(possible({2021, 2, 29}));
  EXPECT_FALSE(possible({0, 0, 0})) << "of which nothing is known";
  EXPECT_FALSE(possible({2020, 0, 5}));
  EXPECT_FALSE(possible({-1, 1, 1}));
  EXPECT_FALSE(possible({2020, 13, 0}));
  EXPECT_FALSE(possible({2020, 255, 255}));
}

TEST(PartialDates, AreDaysOnlyWhenComplete) {
  EXPECT_EQ(day_of({2020, 4, 0}), std::nullopt);
  EXPECT_EQ(day_of({0, 4, 1}), std::nullopt);
  EXPECT_EQ(day_of({2020, 4, 31}), std::nullopt);
  EXPECT_EQ(day_of({1970, 1, 2}), std::chrono::sys_days(std::chrono::days(1)));
}

}  // namespace
}  // namespace musubi::base
