// Number formats, serial numbers and references by themselves.
#include "xlsx_number_format.h"

#include <gtest/gtest.h>

#include "xlsx_reference.h"
#include "xlsx_serial.h"

namespace musubi::document {
namespace {

struct FormatCase {
  const char* code;
  NumberFormat format;
};

TEST(XlsxNumberFormat, TellsDatesAndTimesFromNumbers) {
  constexpr auto kDate = NumberFormat::date;
  constexpr auto kTime = NumberFormat::time;
  constexpr auto kPlain = NumberFormat::plain;
  const FormatCase cases[] = {
      {"m\"月\"d\"日\";@", kDate},
      {"[$-411]ggge\"年\"m\"月\"d\"日\";@", kDate},
      {"[$-411]ge.m.d;@", kDate},
      {"yyyy/mm/dd", kDate},
      {"yyyy\"年\"m\"月\"", kDate},
      {"m\"月\"", kDate},
      {"yyyy/m/d h:mm", kDate},
      {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", kDate},
      {"aaa", kDate},
      {"[Red]YYYY-MM-DD", kDate},
      {"h:mm", kTime},
      {"h\"時\"mm\"分\"", kTime},
      {"mm:ss.0", kTime},
      {"h:mm AM/PM", kTime},
      {"[h]:mm", kPlain},
      {"[mm]:ss", kPlain},
      {"General", kPlain},
      {"G/標準", kPlain},
      {"General\"人\"", kPlain},
      {"0", kPlain},
      {"#,##0_);[Red]\\(#,##0\\)", kPlain},
      {"0.00E+00", kPlain},
      {"0\"月\"", kPlain},
      {"0\"d\"", kPlain},
      {"\"yyyy\"", kPlain},
      {"@", kPlain},
      {"", kPlain},
      {"\"never closed", kPlain},
      {"[never closed", kPlain},
      {"\\", kPlain},
  };
  for (const auto& one : cases) EXPECT_EQ(number_format_of(one.code), one.format) << one.code;
}

TEST(XlsxNumberFormat, KnowsTheBuiltInOnes) {
  for (const auto id : {14U, 17U, 22U, 27U, 31U, 36U, 50U, 56U, 58U}) {
    EXPECT_EQ(built_in_number_format(id), NumberFormat::date) << id;
  }
  for (const auto id : {18U, 21U, 32U, 33U, 45U, 47U}) {
    EXPECT_EQ(built_in_number_format(id), NumberFormat::time) << id;
  }
  for (const auto id : {0U, 1U, 13U, 23U, 26U, 37U, 46U, 49U, 59U, 164U}) {
    EXPECT_EQ(built_in_number_format(id), NumberFormat::plain) << id;
  }
}

std::string serial(double number, NumberFormat format, bool from_1904 = false) {
  SerialText room;
  return std::string(serial_as_text(number, format, from_1904, room));
}

TEST(XlsxSerial, CountsBothEpochs) {
  EXPECT_EQ(serial(1, NumberFormat::date), "1900-01-01");
  EXPECT_EQ(serial(59, NumberFormat::date), "1900-02-28");
  EXPECT_EQ(serial(60, NumberFormat::date), "") << "29 February 1900 never was";
  EXPECT_EQ(serial(61, NumberFormat::date), "1900-03-01");
  EXPECT_EQ(serial(43922, NumberFormat::date), "2020-04-01");
  EXPECT_EQ(serial(42460, NumberFormat::date, true), "2020-04-01");
  EXPECT_EQ(serial(0, NumberFormat::date, true), "1904-01-01");
  EXPECT_EQ(serial(2958465, NumberFormat::date), "9999-12-31");
  EXPECT_EQ(serial(2958466, NumberFormat::date), "");
}

TEST(XlsxSerial, RoundsToTheSecond) {
  EXPECT_EQ(serial(43922.999999, NumberFormat::date), "2020-04-02");
  EXPECT_EQ(serial(43922.5, NumberFormat::time), "2020-04-01T12:00:00");
  EXPECT_EQ(serial(0.99998842592592590, NumberFormat::time), "23:59:59");
  EXPECT_EQ(serial(0, NumberFormat::time), "00:00:00");
  EXPECT_EQ(serial(43922, NumberFormat::plain), "");
}

TEST(XlsxReference, ReadsCellsInsideASheetOnly) {
  EXPECT_EQ(parse_reference("A1")->column, 0U);
  EXPECT_EQ(parse_reference("XFD1048576")->column, 16383U);
  EXPECT_EQ(parse_reference("AA10")->column, 26U);
  for (const auto* wrong :
       {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A-1", "A1B", "$A$1", "ZZZZZZZZZZZZ1"}) {
    EXPECT_FALSE(parse_reference(wrong)) << wrong;
  }
}

TEST(XlsxReference, ReadsRangesAndWritesReferences) {
  const auto range = parse_range("B2:AB30");
  ASSERT_TRUE(range);
  EXPECT_EQ(to_text(range->last), "AB30");
  EXPECT_EQ(to_text(parse_range("XFD7")->first), "XFD7");
  for (const auto* wrong : {"B2:A1", "A1:", ":A1", "A1:B2:C3"}) EXPECT_FALSE(parse_range(wrong)) << wrong;
}

}  // namespace
}  // namespace musubi::document
