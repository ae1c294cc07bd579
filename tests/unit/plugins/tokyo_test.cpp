#include "adapter_fixture.h"
#include "tokyo/file_names.h"

namespace musubi::tokyo {
namespace {

using musubi::testing::day;
using musubi::testing::layout_of;

TEST(TokyoFileNames, CodesOfOtherPrefecturesAreKnown) {
  EXPECT_EQ(code_of_other_prefecture("440001_oita_covid19_patients_2020-03-26.csv"), "440001");
  EXPECT_EQ(code_of_other_prefecture("130001_tokyo_covid19_patients.csv"), "");
  EXPECT_EQ(code_of_other_prefecture("131016_chiyoda.csv"), "");
  EXPECT_EQ(code_of_other_prefecture("123456_not_a_code.csv"), "") << "wrong check digit: no code at all";
  EXPECT_EQ(code_of_other_prefecture("200420_list.csv"), "");
  EXPECT_EQ(code_of_other_prefecture("440001.csv"), "");
  EXPECT_EQ(code_of_other_prefecture("440001"), "");
  EXPECT_EQ(code_of_other_prefecture(""), "");
}

std::vector<plugin::Layout> layouts() {
  return {layout_of("tokyo/positive-cases", "2020-01-01",
                    {"No", "全国地方公共団体コード", "都道府県名", "市区町村名", "公表_年月日", "曜日",
                     "発症_年月日", "患者_居住地", "患者_年代", "患者_性別", "患者_属性", "患者_状態",
                     "患者_症状", "患者_渡航歴の有無フラグ", "備考", "退院済フラグ"}),
          layout_of(
              "tokyo/municipality-counts", "2020-03-31",
              {"全国地方公共団体コード", "都道府県名", "市区町村名", "公表_年月日", "集計区分", "陽性者数"})};
}

class TokyoTest : public musubi::testing::AdapterTest {
 protected:
  void expect_part(const plugin::Submission& given, std::size_t layout,
                   std::optional<std::chrono::sys_days> as_of, std::size_t rows) {
    const auto source = make("tokyo", {});
    ASSERT_NE(source, nullptr);
    const auto parts = source->recognise(given, layouts());
    ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
    ASSERT_EQ(parts->size(), 1U);
    EXPECT_EQ(parts->front().layout, layout);
    EXPECT_EQ(parts->front().as_of, as_of);
    EXPECT_EQ(sound_rows(*source, given, parts->front()), rows);
  }

  void expect_real_part(const std::string& name, std::size_t layout,
                        std::optional<std::chrono::sys_days> as_of, std::size_t rows) {
    const auto given = of_real_file(name);
    if (!given) GTEST_SKIP() << "the real lists are not at hand: set MUSUBI_SHARED_DATA to their folder";
    expect_part(*given, layout, as_of, rows);
  }
};

TEST_F(TokyoTest, ReadsTheListWithItsMarkAndLineEnds) {
  const std::string list =
      "\xEF\xBB\xBFNo,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,"
      "患者_年代,"
      "患者_性別,患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\r\n"
      "1,130001,東京都,,2020-01-24,金,,湖北省武漢市,40代,男性,,,,,,1\r\n"
      "2,130001,東京都,,2020-01-25,土,,\"都\n内\",30代,女性,,,,,,\r\n";
  expect_part(of_text(list, "130001_tokyo_covid19_patients_2020-04-20.csv"), 0, day(2020, 4, 20), 2);
}

TEST_F(TokyoTest, ReadsTheCountsPerMunicipality) {
  expect_part(of_text("全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,集計区分,陽性者数\n"
                      "131016,東京都,千代田区,2020-03-31,市区町村,3\n",
                      "130001_tokyo_positive_cases_by_municipality.csv"),
              1, std::nullopt, 1);
}

TEST_F(TokyoTest, RefusesTheListOfAnotherPrefecture) {
  const auto source = make("tokyo", {});
  ASSERT_NE(source, nullptr);
  const auto parts =
      source->recognise(of_text("No,公表_年月日\n", "440001_oita_covid19_patients.csv"), layouts());
  ASSERT_TRUE(parts.has_error());
  EXPECT_EQ(parts.error().code(), "adapter.other_prefecture");
}

TEST_F(TokyoTest, EncodingCanBeOverridden) {
  const auto source = make("tokyo", {{"encoding", "cp932"}});
  ASSERT_NE(source, nullptr);
  const auto parts = source->recognise(of_text("No,公表_年月日,曜日,備考\n", "130001_tokyo.csv"), layouts());
  EXPECT_TRUE(parts.has_error());
}

TEST_F(TokyoTest, LimitsHold) {
  const auto source = make("tokyo", {{"max_bytes", "100"}});
  ASSERT_NE(source, nullptr);
  const auto parts = source->recognise(of_text(std::string(101, 'x'), "130001_tokyo.csv"), layouts());
  ASSERT_TRUE(parts.has_error());
  EXPECT_EQ(parts.error().code(), "file.too_large");
}

TEST_F(TokyoTest, RealListOfMarch) {
  expect_real_part("tokyo/130001_tokyo_covid19_patients_2020-03-29.csv", 0, day(2020, 3, 29), 430);
}

TEST_F(TokyoTest, RealListOfApril) {
  expect_real_part("tokyo/130001_tokyo_covid19_patients_2020-04-20.csv", 0, day(2020, 4, 20), 3184);
}

TEST_F(TokyoTest, RealCountsPerMunicipality) {
  expect_real_part("tokyo/130001_tokyo_positive_cases_by_municipality.csv", 1, std::nullopt, 58240);
}

}  // namespace
}  // namespace musubi::tokyo
