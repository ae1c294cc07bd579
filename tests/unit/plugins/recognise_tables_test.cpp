#include <gtest/gtest.h>

#include "musubi/base/messages.h"
#include "musubi/base/partial_date.h"
#include "musubi/plugin/source.h"
#include "workbook.h"

namespace musubi::plugin {
namespace {

using document::Shape;
using musubi::testing::Serial;
using musubi::testing::WorkbookSheet;
using Parts = base::Result<std::vector<Part>>;

constexpr const char* kCanary = "禁句漏洩子";

std::chrono::sys_days day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(of_month));
}

Layout layout(std::string mapping, std::string version, std::vector<std::string> columns,
              Shape shape = Shape::csv) {
  Layout result;
  result.mapping = std::move(mapping);
  result.version = std::move(version);
  result.columns = std::move(columns);
  result.shape = shape;
  return result;
}

Submission submission(std::string bytes, std::string name = "list.csv") {
  return {.bytes = document::ByteSource::of_text(std::move(bytes), name),
          .name = name,
          .stated_as_of = std::nullopt};
}

Parts recognise(const Submission& given, const std::vector<Layout>& layouts) {
  return recognise_tables(given, layouts, document::Limits());
}

std::string code_of(const Parts& parts) { return parts.has_error() ? parts.error().code() : ""; }

/// Index of the layout chosen for a file of one table; -1: none.
int chosen(const Submission& given, const std::vector<Layout>& layouts) {
  const auto parts = recognise(given, layouts);
  return parts.has_value() && parts->size() == 1 ? static_cast<int>(parts->front().layout) : -1;
}

const std::vector<std::string> kColumns = {"番号", "公表日", "年代", "性別"};

TEST(RecogniseTables, FindsTheLayoutAndHowToReadIt) {
  const std::vector layouts{layout("a/daily", "2020-01-01", {"日付", "検査件数", "陽性人数"}),
                            layout("a/cases", "2020-01-01", kColumns)};
  const auto given = submission("番号,公表日,年代,性別\n1,2020-04-01,40代,男性\n");
  const auto parts = recognise(given, layouts);
  ASSERT_EQ(code_of(parts), "");
  ASSERT_EQ(parts->size(), 1U);
  const auto& part = parts->front();
  EXPECT_EQ(part.layout, 1U);
  EXPECT_EQ(part.name, "");
  EXPECT_EQ(part.shape, Shape::csv);
  EXPECT_FALSE(part.as_of);
  const auto reader = document::open_rows(part.shape, given.bytes, part.table);
  ASSERT_TRUE(reader.has_value());
  EXPECT_EQ((*reader)->columns().size(), 4U);
}

TEST(RecogniseTables, NamesOfColumnsAreComparedWithoutWidthAndBlanks) {
  const std::vector layouts{layout("a/cases", "2020-01-01", {"No", "公表_年月日", "患者_年代"})};
  EXPECT_EQ(chosen(submission("Ｎｏ,公表＿年月日 ,\"患者_\n年代\"\n1,2,3\n"), layouts), 0);
}

TEST(RecogniseTables, HalfOfTheColumnsAreEnoughAndLessIsNot) {
  const std::vector layouts{layout("a/cases", "2020-01-01", {"A", "B", "C", "D"})};
  EXPECT_EQ(chosen(submission("A,B,x\n1,2,3\n"), layouts), 0);
  EXPECT_EQ(chosen(submission("A,x,y\n1,2,3\n"), layouts), -1);
}

TEST(RecogniseTables, RequiredColumnsMustBeThere) {
  auto strict = layout("a/cases", "2020-01-01", {"A", "B", "C", "D"});
  strict.required_columns = {"D"};
  const auto parts = recognise(submission("A,B,C\n1,2,3\n"), {strict});
  ASSERT_EQ(code_of(parts), "adapter.layout_unknown");
  const auto sentence = base::describe(base::Language::english, parts.error());
  EXPECT_NE(sentence.find("a/cases 2020-01-01"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("misses the columns: D."), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("A, B, C"), std::string::npos) << sentence;
}

TEST(RecogniseTables, MostColumnsWinOverVersion) {
  const std::vector layouts{layout("a/cases", "2020-01-01", {"A", "B", "C"}),
                            layout("a/cases", "2021-01-01", {"A", "B", "D"})};
  EXPECT_EQ(chosen(submission("A,B,C\n", "2021-06-01.csv"), layouts), 0);
  EXPECT_EQ(chosen(submission("A,B,D\n", "2020-06-01.csv"), layouts), 1);
}

TEST(RecogniseTables, FewestMissingWinsAmongEquallyMany) {
  const std::vector layouts{layout("a/cases", "2020-01-01", {"A", "B"}),
                            layout("a/cases", "2020-10-01", {"A", "B", "C"})};
  EXPECT_EQ(chosen(submission("A,B\n"), layouts), 0);
}

TEST(RecogniseTables, AmongEqualsTheNewestVersionNotAfterTheDay) {
  const std::vector layouts{layout("a/cases", "2020-01-01", kColumns),
                            layout("a/cases", "2020-07-01", kColumns),
                            layout("a/cases", "2020-04-01", kColumns)};
  const std::string bytes = "番号,公表日,年代,性別\n";
  EXPECT_EQ(chosen(submission(bytes, "2020-03-31.csv"), layouts), 0);
  EXPECT_EQ(chosen(submission(bytes, "2020-04-01.csv"), layouts), 2);
  EXPECT_EQ(chosen(submission(bytes, "2020-06-30.csv"), layouts), 2);
  EXPECT_EQ(chosen(submission(bytes, "2020-07-01.csv"), layouts), 1);
  EXPECT_EQ(chosen(submission(bytes, "undated.csv"), layouts), 1);
  EXPECT_EQ(chosen(submission(bytes, "2019-12-31.csv"), layouts), 0) << "before all versions: the oldest";
}

TEST(RecogniseTables, TheDayIsStatedOrInATitleOrInTheName) {
  const std::vector layouts{layout("a/cases", "2020-01-01", kColumns)};
  const std::string table = "番号,公表日,年代,性別\n1,2020-04-01,40代,男性\n";
  auto given = submission("2020年3月1日の会見資料\n令和２年４月４日 時点\n" + table, "2020-05-05.csv");
  EXPECT_EQ(recognise(given, layouts)->front().as_of, day(2020, 4, 4));
  given.stated_as_of = day(2020, 6, 6);
  EXPECT_EQ(recognise(given, layouts)->front().as_of, day(2020, 6, 6));
  EXPECT_EQ(recognise(submission(table, "2020-05-05.csv"), layouts)->front().as_of, day(2020, 5, 5));
  EXPECT_EQ(recognise(submission(table), layouts)->front().as_of, std::nullopt)
      << "no day out of the records";
}

TEST(RecogniseTables, AHeaderOnlyIsATableWithoutRecords) {
  EXPECT_EQ(chosen(submission("番号,公表日,年代,性別\n"), {layout("a/cases", "2020-01-01", kColumns)}), 0);
}

TEST(RecogniseTables, RecordsAreNeverQuoted) {
  const std::vector layouts{layout("a/cases", "2020-01-01", kColumns)};
  const std::string name = kCanary;
  for (const auto& bytes :
       {name + ",2020-04-01,40代,男性\n", name + "," + name + "\n" + name + "\n", "番号," + name + "\n1,2\n",
        "[{\"" + name + "\":\"" + name + "\"}]", "<" + name + ">x</" + name + ">"}) {
    const auto parts = recognise(submission(bytes), layouts);
    ASSERT_TRUE(parts.has_error());
    for (const auto language : {base::Language::japanese, base::Language::english}) {
      const auto sentence = base::describe(language, parts.error());
      EXPECT_EQ(sentence.find(kCanary), std::string::npos) << sentence;
      EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
    }
  }
}

TEST(RecogniseTables, UnknownHeaderNamesTheKnownMappings) {
  auto ignored = layout("a/pivot", "2020-01-01", {"行ラベル", "個数"});
  ignored.ignored_because = "pivot";
  const auto parts =
      recognise(submission("x,y,z\n1,2,3\n"), {layout("a/cases", "2020-01-01", kColumns), ignored});
  ASSERT_EQ(code_of(parts), "adapter.header_unknown");
  const auto sentence = base::describe(base::Language::english, parts.error());
  EXPECT_NE(sentence.find("a/cases"), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find("a/pivot"), std::string::npos) << sentence;
}

TEST(RecogniseTables, ComplaintsOfTheReaderComeFirst) {
  const std::vector layouts{layout("a/cases", "2020-01-01", kColumns)};
  EXPECT_EQ(code_of(recognise(submission(""), layouts)), "document.empty");
  EXPECT_EQ(code_of(recognise(submission("%PDF-1.4\n"), layouts)), "adapter.format_unknown");
  EXPECT_EQ(code_of(recognise(submission("[1,2]"), layouts)), "adapter.no_layout_of_shape");
  EXPECT_EQ(code_of(recognise(submission("a,b\n"), {})), "adapter.no_layouts");
}

TEST(RecogniseTables, TooLargeAFileIsRefusedUnread) {
  document::Limits limits;
  limits.bytes = 10;
  const auto given = submission("番号,公表日,年代,性別\n");
  const auto parts = recognise_tables(given, std::vector{layout("a/cases", "2020-01-01", kColumns)}, limits);
  EXPECT_EQ(code_of(parts), "file.too_large");
}

TEST(RecogniseTables, LongAndManyNamesAreShortenedInMessages) {
  std::string header = "A,B," + std::string(5000, 'x');
  for (int count = 0; count < 100; ++count) header += ",列" + std::to_string(count);
  auto strict = layout("a/cases", "2020-01-01", {"A", "B", "C"});
  strict.required_columns = {"C"};
  const auto parts = recognise(submission(header + "\n"), {strict});
  ASSERT_EQ(code_of(parts), "adapter.layout_unknown");
  EXPECT_LT(base::describe(base::Language::japanese, parts.error()).size(), 2000U);
}

TEST(RecogniseTables, ARenamedColumnIsGuessed) {
  auto strict = layout("a/cases", "2020-01-01", {"番号", "公表_年月日", "年代"});
  strict.required_columns = {"公表_年月日"};
  const auto parts = recognise(submission("番号,公表_年月,年代\n1,2020-04,40代\n"), {strict});
  ASSERT_EQ(code_of(parts), "adapter.layout_unknown_near");
  const auto sentence = base::describe(base::Language::english, parts.error());
  EXPECT_NE(sentence.find("公表_年月日 → 公表_年月"), std::string::npos) << sentence;
}

TEST(RecogniseTables, CellsThatAreNoNamesAreNotQuotedAsNames) {
  auto strict = layout("a/cases", "2020-01-01", {"A", "B", "C"});
  strict.required_columns = {"C"};
  const auto parts = recognise(submission("A,B,山田太郎 090-1234-5678\n"), {strict});
  ASSERT_EQ(code_of(parts), "adapter.layout_unknown");
  const auto sentence = base::describe(base::Language::english, parts.error());
  EXPECT_EQ(sentence.find("山田"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("A, B, [3]"), std::string::npos) << sentence;
}

// Workbooks.

std::string fault_code(const Part& part) { return part.fault ? part.fault->code() : ""; }

const WorkbookSheet kCases{
    "一覧",
    {{Serial{43925}, "時点"}, {"番号", "公表日", "年代", "性別"}, {1, Serial{43922}, "40代", "男性"}}};
const WorkbookSheet kPivot{"ピポット集計", {{"行ラベル", "個数"}, {"退院", 99}}};
const WorkbookSheet kNotes{"メモ", {{"何か", "別の"}, {"もの", "もの"}}};
const WorkbookSheet kNothing{"空", {}};

Layout cases() { return layout("a/cases", "2020-01-01", kColumns, Shape::xlsx); }

Parts recognise_workbook(const std::vector<WorkbookSheet>& sheets, const std::vector<Layout>& layouts) {
  return recognise(submission(musubi::testing::workbook(sheets), "book.xlsx"), layouts);
}

TEST(RecogniseWorkbook, EverySheetIsAPart) {
  const auto parts = recognise_workbook({kPivot, kCases, kNothing, kNotes}, {cases()});
  ASSERT_EQ(code_of(parts), "");
  ASSERT_EQ(parts->size(), 4U);
  EXPECT_EQ(fault_code(parts->at(0)), "adapter.header_unknown");
  EXPECT_EQ(parts->at(1).ignored_because, "");
  EXPECT_EQ(parts->at(1).name, "一覧");
  EXPECT_EQ(parts->at(1).table.sheet, "一覧");
  EXPECT_EQ(parts->at(1).as_of, day(2020, 4, 4));
  EXPECT_EQ(parts->at(2).ignored_because, "adapter.sheet_empty");
  EXPECT_EQ(fault_code(parts->at(3)), "adapter.header_unknown");
}

TEST(RecogniseWorkbook, ASheetThatFitsNothingNamesTheNearestLayoutAndIsNotOpened) {
  auto strict = cases();
  strict.required_columns = {"番号"};
  const WorkbookSheet renamed{"七月",
                              {{"患者番号", "公表日", "年代", "性別"}, {1, Serial{43922}, "40代", "男性"}}};
  const auto given = submission(musubi::testing::workbook({kCases, renamed}), "book.xlsx");
  const auto parts = recognise(given, {strict});
  ASSERT_EQ(code_of(parts), "");
  const auto& part = parts->at(1);
  EXPECT_EQ(part.ignored_because, "");
  EXPECT_EQ(part.layout, 0U);
  ASSERT_EQ(fault_code(part), "adapter.layout_unknown");
  const auto sentence = base::describe(base::Language::english, *part.fault);
  EXPECT_NE(sentence.find("a/cases 2020-01-01, misses the columns: 番号."), std::string::npos) << sentence;
  const auto rows = open_table(given, part);
  ASSERT_TRUE(rows.has_error());
  EXPECT_EQ(rows.error().code(), "adapter.layout_unknown");
}

TEST(RecogniseWorkbook, ALayoutMayTellToIgnore) {
  auto by_columns = layout("a/pivot", "2020-01-01", {"行ラベル", "個数"}, Shape::xlsx);
  by_columns.ignored_because = "集計表";
  auto by_name = layout("a/notes", "2020-01-01", {}, Shape::xlsx);
  by_name.sheet = "メモ";
  by_name.ignored_because = "覚え書き";
  const auto parts = recognise_workbook({kPivot, kCases, kNotes}, {cases(), by_columns, by_name});
  ASSERT_EQ(code_of(parts), "");
  ASSERT_EQ(parts->size(), 3U);
  EXPECT_EQ(parts->at(0).ignored_because, "集計表");
  EXPECT_EQ(parts->at(0).layout, 1U);
  EXPECT_EQ(parts->at(1).layout, 0U);
  EXPECT_EQ(parts->at(2).ignored_because, "覚え書き");
  EXPECT_EQ(parts->at(2).layout, 2U);
}

TEST(RecogniseWorkbook, NothingIsIgnoredWhereNothingIsRead) {
  auto pivot = layout("a/pivot", "2020-01-01", {"行ラベル", "個数"}, Shape::xlsx);
  pivot.ignored_because = "集計表";
  EXPECT_EQ(code_of(recognise_workbook({kPivot, kNotes}, {cases(), pivot})), "adapter.header_unknown");
  EXPECT_EQ(code_of(recognise_workbook({kNothing}, {cases()})), "document.empty");
}

TEST(RecogniseWorkbook, AnIgnoredWorkbookIsIgnored) {
  auto pivot = layout("a/pivot", "2020-01-01", {"行ラベル", "個数"}, Shape::xlsx);
  pivot.ignored_because = "集計表";
  const auto parts = recognise_workbook({kPivot}, {cases(), pivot});
  ASSERT_EQ(code_of(parts), "");
  EXPECT_EQ(parts->front().ignored_because, "集計表");
}

TEST(RecogniseWorkbook, ALayoutMayNameItsSheet) {
  auto named = cases();
  named.sheet = "府HP用(陽性者";
  named.mapping = "a/named";
  auto twin = kCases;
  twin.name = "【公開OK】府ＨＰ用（陽性者ベース）";
  const auto parts = recognise_workbook({kCases, twin}, {cases(), named});
  ASSERT_EQ(code_of(parts), "");
  EXPECT_EQ(parts->at(0).layout, 0U);
  EXPECT_EQ(parts->at(1).layout, 1U);
}

TEST(RecogniseWorkbook, SheetsAreCounted) {
  std::vector<WorkbookSheet> sheets;
  for (int count = 0; count < 257; ++count)
    sheets.push_back({"シート" + std::to_string(count), {{"a", "b"}}});
  EXPECT_EQ(code_of(recognise_workbook(sheets, {cases()})), "adapter.too_many_sheets");
}

TEST(RecogniseWorkbook, ADamagedWorkbookIsAnError) {
  const auto whole = musubi::testing::workbook({kCases});
  for (const auto length : {std::size_t{4}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    const auto parts = recognise(submission(whole.substr(0, length), "book.xlsx"), {cases()});
    ASSERT_TRUE(parts.has_error()) << length;
    EXPECT_NE(base::find_message(parts.error().code()), nullptr) << parts.error().code();
  }
}

TEST(RecogniseOthers, ListsInJsonAndXml) {
  auto json = layout("a/json", "2020-01-01", {"No", "date"}, Shape::json);
  json.items = "patients";
  auto xml = layout("a/xml", "2020-01-01", {"No", "date"}, Shape::xml);
  xml.items = "row";
  const std::vector layouts{json, xml};
  EXPECT_EQ(chosen(submission(R"({"patients":[{"No":1,"date":"2020-04-01"}]})"), layouts), 0);
  EXPECT_EQ(chosen(submission("<a><row><No>1</No><date>2020-04-01</date></row></a>"), layouts), 1);
}

}  // namespace
}  // namespace musubi::plugin
