#include <gmock/gmock.h>

#include "csv_support.h"
#include "musubi/base/messages.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::read_csv;
using testing::SeenRow;

TableOptions looking_for(std::vector<std::string> columns, std::uint32_t rows = 1) {
  TableOptions options;
  options.header.columns = std::move(columns);
  options.header.rows = rows;
  return options;
}

TEST(CsvHeader, IsTheFirstRowWithTextWhenNoColumnsAreNamed) {
  const auto table = read_csv("\n,,\n  \nNo,年代\n1,20代\n");
  EXPECT_THAT(table.columns, ElementsAre("No", "年代"));
  EXPECT_THAT(table.titles, IsEmpty());
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "20代"}));
}

TEST(CsvHeader, IsFoundBelowTitleRows) {
  const auto table = read_csv(
      "新型コロナウイルス感染症 発生状況,,\n,,\n2020年4月4日 時点,,県\nNo,公表日,年代\n1,2020-04-01,20代\n",
      looking_for({"No", "公表日", "年代"}));
  EXPECT_THAT(table.columns, ElementsAre("No", "公表日", "年代"));
  EXPECT_THAT(table.titles, ElementsAre("新型コロナウイルス感染症 発生状況", "2020年4月4日 時点 県"));
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2020-04-01", "20代"}));
  EXPECT_EQ(table.origins[0].row, 1U);
  EXPECT_EQ(table.origins[0].line, 5U);
}

TEST(CsvHeader, IsComparedWithoutWidthBlanksAndLineBreaks) {
  const auto table = read_csv("題\nＮｏ,\"公表\n年月日\", 患者＿年代 \n1,x,y\n",
                              looking_for({"No", "公表年月日", "患者_年代"}));
  EXPECT_THAT(table.columns, ElementsAre("Ｎｏ", "公表 年月日", "患者＿年代"));
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "x", "y"}));
}

TEST(CsvHeader, JoinsTheRowsOfAHighHeader) {
  const auto table = read_csv("一覧\n患者,患者,検査,\n年代,性別,日,\n20代,女性,4/1,x\n",
                              looking_for({"患者 年代", "患者 性別", "検査 日"}, 2));
  EXPECT_THAT(table.columns, ElementsAre("患者 年代", "患者 性別", "検査 日", ""));
  EXPECT_THAT(table.titles, ElementsAre("一覧"));
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"20代", "女性", "4/1", "x"}));
}

TEST(CsvHeader, KeepsEmptyNamesAndTellsEqualOnesApart) {
  EXPECT_THAT(read_csv("結果,,結果,結果 (2),結果,\n").columns,
              ElementsAre("結果", "", "結果 (3)", "結果 (2)", "結果 (4)", ""));
  EXPECT_THAT(read_csv("a,a,a\n").columns, ElementsAre("a", "a (2)", "a (3)"));
}

TEST(CsvHeader, NeedsHalfOfTheColumnsAndAtLeastTwo) {
  EXPECT_EQ(failure_code(read_csv("No,x,y\n1,2,3\n", looking_for({"No", "年代"}))),
            "document.header_not_found");
  EXPECT_EQ(failure_code(read_csv("No,年代,y\n", looking_for({"No", "年代", "性別", "住所"}))), "");
  EXPECT_EQ(failure_code(read_csv("No,年代\n", looking_for({"No", "年代", "性別", "住所", "職業"}))),
            "document.header_not_found");
  EXPECT_EQ(failure_code(read_csv("No\n1\n", looking_for({"No"}))), "");
}

TEST(CsvHeader, IsTheRowWithTheMostColumns) {
  const auto table = read_csv("No,年代,x\nNo,年代,性別\n1,2,3\n", looking_for({"No", "年代", "性別"}));
  EXPECT_THAT(table.columns, ElementsAre("No", "年代", "性別"));
  EXPECT_THAT(table.titles, ElementsAre("No 年代 x"));
}

TEST(CsvHeader, IsNotLookedForFurtherThanAskedFor) {
  auto options = looking_for({"No", "年代"});
  options.header.look_in = 3;
  EXPECT_EQ(failure_code(read_csv("t\nt\nNo,年代\n", options)), "");
  EXPECT_EQ(failure_code(read_csv("t\nt\nt\nNo,年代\n", options)), "document.header_not_found");
}

TEST(CsvHeader, SaysWhatIsMissingAndWhereWithoutShowingCells) {
  const auto table = read_csv("x\nNo,山田太郎,1980-01-01\n2,佐藤花子,1990-01-01\n",
                              looking_for({"No", "公表_年月日", "患者_年代"}));
  ASSERT_EQ(failure_code(table), "document.header_not_found");
  EXPECT_EQ(table.failure->place().line, 2U);
  EXPECT_EQ(table.failure->place().file, "cases.csv");
  for (const auto language : {base::Language::japanese, base::Language::english}) {
    const auto text = base::describe(language, *table.failure);
    EXPECT_THAT(text, HasSubstr("公表_年月日, 患者_年代"));
    EXPECT_THAT(text, Not(HasSubstr("山田")));
    EXPECT_THAT(text, Not(HasSubstr("1980")));
    EXPECT_THAT(text, Not(HasSubstr("{")));
  }
}

TEST(CsvHeader, AloneIsATableWithoutRows) {
  for (const std::string bytes : {"No,年代", "No,年代\n", "No,年代\r\n\r\n"}) {
    const auto table = read_csv(bytes);
    EXPECT_EQ(failure_code(table), "");
    EXPECT_THAT(table.rows, IsEmpty());
    EXPECT_THAT(table.columns, ElementsAre("No", "年代"));
  }
}

TEST(CsvHeader, IsMissedInAnEmptyFile) {
  for (const std::string bytes : {"", "\n\r\n\n", "\xEF\xBB\xBF", ",,\n , \n"}) {
    EXPECT_EQ(failure_code(read_csv(bytes)), "document.empty");
    EXPECT_EQ(failure_code(read_csv(bytes, looking_for({"No", "年代"}))), "document.empty");
  }
}

TEST(CsvHeader, ThatCannotBeReadIsAnErrorWithItsPlace) {
  const auto malformed = read_csv("患者,\xFF年代\n1,2\n");
  EXPECT_EQ(failure_code(malformed), "text.malformed_bytes");
  EXPECT_EQ(malformed.failure->place().byte, 7U);
  EXPECT_EQ(malformed.failure->place().line, 1U);
  EXPECT_EQ(failure_code(read_csv(std::string("a,b\0c\n1,2\n", 10))), "text.nul_byte");
}

TEST(CsvHeader, IsFoundBesideADamagedTitle) {
  const auto table = read_csv("発生状況\xFF\nNo,年代\n1,20代\n", looking_for({"No", "年代"}));
  EXPECT_EQ(failure_code(table), "");
  EXPECT_THAT(table.titles, IsEmpty());
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "20代"}));
}

}  // namespace
}  // namespace musubi::document
