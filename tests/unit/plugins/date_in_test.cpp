#include <gtest/gtest.h>

#include "musubi/base/partial_date.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {
namespace {

struct Case {
  const char* text;
  const char* day;  ///< "": none
};

std::string found_in(std::string_view text) {
  const auto day = date_in(text);
  return day ? base::to_text(base::partial_date(*day)) : "";
}

class DateIn : public ::testing::TestWithParam<Case> {};

TEST_P(DateIn, FindsTheDayAPersonWouldRead) {
  EXPECT_EQ(found_in(GetParam().text), GetParam().day) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    FileNames, DateIn,
    ::testing::Values(Case{"130001_tokyo_covid19_patients_2020-04-20.csv", "2020-04-20"},
                      Case{"130001_tokyo_covid19_patients.csv", ""},
                      Case{"patients_20200420.csv", "2020-04-20"},
                      Case{"patients_20200420153000.csv", "2020-04-20"},
                      Case{"patients_202004201530.csv", "2020-04-20"}, Case{"2020_04_20.xlsx", "2020-04-20"},
                      Case{"list2020-04-20.csv", ""}, Case{"一覧2020-04-20.csv", "2020-04-20"},
                      Case{"令和2年4月20日公表.xlsx", "2020-04-20"}, Case{"R2.4.20.csv", "2020-04-20"},
                      Case{"SARS2.4.20.csv", ""}, Case{"2020-04-20_to_2020-04-26.csv", "2020-04-26"},
                      Case{"2020-04-31.csv", ""}, Case{"2020-04-201.csv", ""}, Case{"12020-04-20.csv", ""},
                      Case{"0312345678.csv", ""}, Case{"20209999.csv", ""}, Case{"2020-04.csv", ""},
                      Case{"", ""}));

INSTANTIATE_TEST_SUITE_P(
    TitleRows, DateIn,
    ::testing::Values(Case{"2020年4月4日 時点", "2020-04-04"}, Case{"2020年 4月 4日 現在", "2020-04-04"},
                      Case{"（令和２年４月１日18時現在）", "2020-04-01"},
                      Case{"令和元年12月31日", "2019-12-31"}, Case{"最終更新 2020/4/4 21:30", "2020-04-04"},
                      Case{"43925 時点", "2020-04-04"}, Case{"43925時点", "2020-04-04"}, Case{"43925", ""},
                      Case{"10000 時点", "1927-05-18"}, Case{"4月4日時点", ""}, Case{"平成32年4月1日", ""},
                      Case{"2020年1月24日から2020年4月20日まで", "2020-04-20"},
                      Case{"（1）入退院の状況", ""}));

TEST(DateInHostile, LooksAtABoundedPart) {
  std::string endless;
  for (int count = 0; count < 100000; ++count) endless += "2020-04-";
  EXPECT_EQ(found_in(endless), "");
  EXPECT_EQ(found_in(std::string(2'000'000, '1')), "");
  EXPECT_EQ(found_in(std::string(600, 'x') + " 2020-04-20"), "") << "beyond what is looked at";
}

TEST(DateInHostile, MalformedBytesAreNoDate) {
  EXPECT_EQ(found_in("\xFF\xFE\xE5\xB9"), "");
  EXPECT_EQ(found_in("2020\xE5\xB9"
                     "4\xE6\x9C"
                     "4"),
            "");
}

}  // namespace
}  // namespace musubi::plugin
