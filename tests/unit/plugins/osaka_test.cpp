#include "adapter_fixture.h"
#include "workbook.h"

namespace musubi::osaka {
namespace {

using document::Shape;
using musubi::testing::day;
using musubi::testing::layout_of;
using musubi::testing::Serial;
using musubi::testing::WorkbookSheet;

enum Known : std::size_t {
  kCasesCsv,
  kDailyCsv,
  kOnsetCsv,
  kCasesApril,
  kCasesJuly,
  kDailyApril,
  kDailyJuly,
  kPivot
};

std::vector<plugin::Layout> layouts() {
  auto pivot = layout_of("osaka/pivot", "2020-01-01", {"行ラベル", "データの個数 / 性別"}, Shape::xlsx);
  pivot.ignored_because = "一覧から作られた集計表";
  return {layout_of("osaka/positive-cases", "2020-01-01",
                    {"番号", "報道提供日", "年代", "性別", "居住地", "退院"}),
          layout_of("osaka/daily", "2020-01-01",
                    {"日付", "検査件数", "陽性人数", "陽性累計", "現在陽性者数", "退院", "退院済累計",
                     "退院判明", "退院判明累計", "死亡", "リンク不明者"}),
          layout_of("osaka/onset", "2020-01-01", {"発症日", "人数"}),
          layout_of("osaka/workbook-cases", "2020-01-01",
                    {"番号", "報道提供日", "年代", "性別", "居住地", "発症日", "症状", "入退院の状況"},
                    Shape::xlsx),
          layout_of("osaka/workbook-cases", "2020-06-01",
                    {"番号", "報道提供日", "年代", "性別", "居住地", "発症日", "症状", "退院"}, Shape::xlsx),
          layout_of("osaka/workbook-daily", "2020-01-01",
                    {"検査件数", "陽性人数", "陽性累計", "現在陽性者数", "退院", "退院済累計", "退院判明",
                     "退院判明累計", "死亡"},
                    Shape::xlsx),
          layout_of("osaka/workbook-daily", "2020-06-01",
                    {"検査件数", "陽性人数", "陽性累計", "現在陽性者数", "退院", "退院済累計", "退院判明",
                     "退院判明累計", "死亡", "リンク不明者"},
                    Shape::xlsx),
          pivot};
}

/// "番号,報道提供日,年代,性別,居住地,退院\n1,2020-01-29,40,女性,大阪市,退院\n" in CP932.
const std::string kCp932List =
    "\x94\xD4\x8D\x86,\x95\xF1\x93\xB9\x92\xF1\x8B\x9F\x93\xFA,\x94\x4E\x91\xE3,\x90\xAB\x95\xCA,"
    "\x8B\x8F\x8F\x5A\x92\x6E,\x91\xDE\x89\x40\n"
    "1,2020-01-29,40,\x8F\x97\x90\xAB,\x91\xE5\x8D\xE3\x8E\x73,\x91\xDE\x89\x40\n";

class OsakaTest : public musubi::testing::AdapterTest {
 protected:
  void expect_csv(const plugin::Submission& given, std::size_t layout,
                  std::optional<std::chrono::sys_days> as_of, std::size_t rows) {
    const auto source = make("osaka", {});
    ASSERT_NE(source, nullptr);
    const auto parts = source->recognise(given, layouts());
    ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
    ASSERT_EQ(parts->size(), 1U);
    EXPECT_EQ(parts->front().layout, layout);
    EXPECT_EQ(parts->front().as_of, as_of);
    EXPECT_EQ(sound_rows(*source, given, parts->front()), rows);
  }

  void expect_real_csv(const std::string& name, std::size_t layout, std::chrono::sys_days as_of,
                       std::size_t rows) {
    const auto given = of_real_file(name);
    if (!given) GTEST_SKIP() << "the real lists are not at hand: set MUSUBI_SHARED_DATA to their folder";
    expect_csv(*given, layout, as_of, rows);
  }

  struct ExpectedPart {
    std::size_t layout, rows;
  };
  void expect_real_workbook(const std::string& name, std::chrono::sys_days as_of, ExpectedPart cases,
                            ExpectedPart daily) {
    const auto given = of_real_file(name);
    if (!given) GTEST_SKIP() << "the real lists are not at hand: set MUSUBI_SHARED_DATA to their folder";
    const auto source = make("osaka", {});
    ASSERT_NE(source, nullptr);
    const auto parts = source->recognise(*given, layouts());
    ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
    ASSERT_EQ(parts->size(), 3U);
    EXPECT_EQ(parts->at(0).layout, kPivot);
    EXPECT_EQ(parts->at(0).ignored_because, "一覧から作られた集計表");
    expect_sheet(*source, *given, parts->at(1), as_of, cases);
    expect_sheet(*source, *given, parts->at(2), as_of, daily);
  }

 private:
  static void expect_sheet(plugin::Source& source, const plugin::Submission& given, const plugin::Part& part,
                           std::chrono::sys_days as_of, ExpectedPart expected) {
    EXPECT_EQ(part.layout, expected.layout) << part.name;
    EXPECT_EQ(part.as_of, as_of) << part.name;
    EXPECT_EQ(part.ignored_because, "");
    EXPECT_EQ(sound_rows(source, given, part), expected.rows) << part.name;
  }
};

TEST_F(OsakaTest, ReadsCp932) {
  expect_csv(of_text(kCp932List, "patients_2020-10-26.csv"), kCasesCsv, day(2020, 10, 26), 1);
}

TEST_F(OsakaTest, ReadsUtf8WhereAFileIsThat) {
  const std::string list = "番号,報道提供日,年代,性別,居住地,退院\n1,2020-01-29,40,女性,大阪市,退院\n";
  expect_csv(of_text(list, "patients.csv"), kCasesCsv, std::nullopt, 1);
  expect_csv(of_text("\xEF\xBB\xBF" + list, "patients.csv"), kCasesCsv, std::nullopt, 1);
}

TEST_F(OsakaTest, AConfiguredEncodingIsTakenAtItsWord) {
  const auto source = make("osaka", {{"encoding", "utf8"}});
  ASSERT_NE(source, nullptr);
  EXPECT_TRUE(source->recognise(of_text(kCp932List, "patients.csv"), layouts()).has_error());
}

TEST_F(OsakaTest, TheLastColumnWasRenamed) {
  expect_csv(of_text("番号,報道提供日,年代,性別,居住地,退院・解除\n", "patients.csv"), kCasesCsv,
             std::nullopt, 0);
}

TEST_F(OsakaTest, ReadsEverySheetOfTheWorkbook) {
  const std::vector<WorkbookSheet> sheets{
      {"【公開OK】ピポット集計",
       {{}, {"（1）入退院の状況"}, {"行ラベル", "データの個数 / 性別"}, {"退院", 99}}},
      {"【公開OK】府HP用(陽性者ベース)",
       {{Serial{43925}, "時点"},
        {"番号", "報道提供日", "年代", "性別", "居住地", "発症日", "症状", "入退院の状況"},
        {1, 43859, 40, "女性", "大阪市", "―", "―", "退院"},
        {2, 43888, 40, "男性", "大阪市", Serial{43881}, "―", "退院"}}}};
  const auto given = of_text(musubi::testing::workbook(sheets), "patients_and_inspections.xlsx");
  const auto source = make("osaka", {});
  ASSERT_NE(source, nullptr);
  const auto parts = source->recognise(given, layouts());
  ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ(parts->at(0).layout, kPivot);
  EXPECT_EQ(parts->at(1).layout, kCasesApril);
  EXPECT_EQ(parts->at(1).as_of, day(2020, 4, 4));
  EXPECT_EQ(sound_rows(*source, given, parts->at(1)), 2U);
}

TEST_F(OsakaTest, RealList) {
  expect_real_csv("osaka/patients_2020-10-26_cp932.csv", kCasesCsv, day(2020, 10, 26), 12089);
}

TEST_F(OsakaTest, RealDailyCounts) {
  expect_real_csv("osaka/summary_2021-02-22_cp932.csv", kDailyCsv, day(2021, 2, 22), 394);
}

TEST_F(OsakaTest, RealOnsetCounts) {
  expect_real_csv("osaka/onset_2021-05-06_cp932.csv", kOnsetCsv, day(2021, 5, 6), 443);
}

TEST_F(OsakaTest, RealWorkbookOfApril) {
  expect_real_workbook("osaka/patients_and_inspections_2020-04-05.xlsx", day(2020, 4, 4), {kCasesApril, 387},
                       {kDailyApril, 71});
}

TEST_F(OsakaTest, RealWorkbookOfJuly) {
  expect_real_workbook("osaka/patients_and_inspections_2020-07-28.xlsx", day(2020, 7, 26), {kCasesJuly, 3188},
                       {kDailyJuly, 184});
}

}  // namespace
}  // namespace musubi::osaka
