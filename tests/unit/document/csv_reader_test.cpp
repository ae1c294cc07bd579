#include <gmock/gmock.h>

#include "csv_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::read_csv;
using testing::SeenRow;
using testing::SeenTable;

TableOptions options_for(Encoding encoding, char separator = ',') {
  TableOptions options;
  options.encoding = encoding;
  options.separator = separator;
  return options;
}

std::vector<SeenRow> rows_of(const std::string& bytes) {
  const auto table = read_csv(bytes);
  EXPECT_EQ(failure_code(table), "");
  EXPECT_THAT(table.faults, IsEmpty());
  return table.rows;
}

TEST(CsvReader, ReadsCellsOfEveryKindOfLineEnd) {
  const std::vector<SeenRow> expected{{"1", "東京都"}, {"2", "大阪府"}};
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    EXPECT_EQ(rows_of("No,居住地" + end + "1,東京都" + end + "2,大阪府" + end), expected);
    EXPECT_EQ(rows_of("No,居住地" + end + "1,東京都" + end + "2,大阪府"), expected);
  }
  EXPECT_EQ(rows_of("No,居住地\r\n1,東京都\n2,大阪府\r"), expected);
}

TEST(CsvReader, ReadsQuotedCells) {
  EXPECT_THAT(rows_of("a,b\n\"1,2\",\"x\ny\"\n"), ElementsAre(SeenRow{"1,2", "x\ny"}));
  EXPECT_THAT(rows_of("a,b\n\"x\r\ny\",\"\"\n"), ElementsAre(SeenRow{"x\r\ny", ""}));
  EXPECT_THAT(rows_of("a,b\n\"\"\"\",\"彼は\"\"はい\"\"と\"\n"),
              ElementsAre(SeenRow{"\"", "彼は\"はい\"と"}));
  EXPECT_THAT(rows_of("a\n\"last\""), ElementsAre(SeenRow{"last"}));
  EXPECT_THAT(rows_of("a\n\"\"\n"), ElementsAre(SeenRow{""}));
}

TEST(CsvReader, TakesAQuoteInsideOfAnUnquotedCellAsItIs) {
  EXPECT_THAT(rows_of("a,b\n5\" disk,x\"\"\n \"y\",z\n"),
              ElementsAre(SeenRow{"5\" disk", "x\"\""}, SeenRow{" \"y\"", "z"}));
}

TEST(CsvReader, FillsShortRowsWithMissingCellsAndDropsEmptyOnesBeyond) {
  const auto table = read_csv("a,b,c\n1\n1,2,\n1,2,3,,,\n,,\n");
  EXPECT_THAT(table.rows,
              ElementsAre(SeenRow{"1"}, SeenRow{"1", "2", ""}, SeenRow{"1", "2", "3"}, SeenRow{"", "", ""}));
  EXPECT_THAT(table.faults, IsEmpty());
}

TEST(CsvReader, SkipsBlankLinesButCountsThem) {
  const auto table = read_csv("\n\na,b\n\n1,2\r\n\r\n\"x\ny\",3\n4,5\n\n");
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{"x\ny", "3"}, SeenRow{"4", "5"}));
  ASSERT_EQ(table.origins.size(), 3U);
  EXPECT_EQ(table.origins[0].line, 5U);
  EXPECT_EQ(table.origins[1].line, 7U);
  EXPECT_EQ(table.origins[2].line, 9U);
  EXPECT_EQ(table.origins[2].row, 3U);
}

TEST(CsvReader, NamesTheBytesOfRowsAndCells) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "No,氏名\n1,\"山\"\"田\"\n2,佐藤\n";
  const auto source = ByteSource::of_text(bytes, "c.csv");
  const auto reader = open_csv(source, {});
  ASSERT_TRUE(reader.has_value());
  RowBatch batch;
  ASSERT_EQ(*(*reader)->read(batch, 10), 2U);
  const auto origin = batch.origin(0);
  EXPECT_EQ(bytes.substr(origin.byte, origin.length), "1,\"山\"\"田\"");
  const auto name = batch.row(0)[1];
  EXPECT_EQ(name.text(), "山\"田");
  EXPECT_EQ(bytes.substr(name.source_byte, name.source_length), "\"山\"\"田\"");
  const auto other = batch.row(1)[1];
  EXPECT_EQ(bytes.substr(other.source_byte, other.source_length), "佐藤");
  EXPECT_EQ(other.kind, CellKind::text);
  EXPECT_EQ((*reader)->consumed(), bytes.size());
}

TEST(CsvReader, NamesTheBytesOfCp932Cells) {
  const auto bytes = *testing::converted("UTF-8", "CP932", "No,氏名,備考\n1,表示ソフト,\"能\"\"力\"\n");
  const auto reader = open_csv(ByteSource::of_text(bytes, "c.csv"), {});
  ASSERT_TRUE(reader.has_value());
  EXPECT_EQ((*reader)->encoding(), Encoding::cp932);
  EXPECT_THAT((*reader)->columns(), ElementsAre("No", "氏名", "備考"));
  RowBatch batch;
  ASSERT_EQ(*(*reader)->read(batch, 10), 1U);
  EXPECT_EQ(batch.row(0)[1].text(), "表示ソフト");
  EXPECT_EQ(batch.row(0)[2].text(), "能\"力");
  const auto cell = batch.row(0)[1];
  EXPECT_EQ(bytes.substr(cell.source_byte, cell.source_length),
            *testing::converted("UTF-8", "CP932", "表示ソフト"));
}

TEST(CsvReader, ReadsTheSameTableInEveryEncoding) {
  const std::string text = "No,居住地,備考\r\n1,表参道、ソ連,\"発熱,\n能登\"\r\n2,ｱｲｳ・ー,\"\"\"咳\"\"\"\r\n";
  const std::vector<SeenRow> expected{{"1", "表参道、ソ連", "発熱,\n能登"}, {"2", "ｱｲｳ・ー", "\"咳\""}};
  const auto cp932 = read_csv(*testing::converted("UTF-8", "CP932", text));
  EXPECT_EQ(cp932.encoding, Encoding::cp932);
  EXPECT_EQ(cp932.rows, expected);
  EXPECT_EQ(read_csv(text).encoding, Encoding::utf8);
  EXPECT_EQ(read_csv(text).rows, expected);
  EXPECT_EQ(read_csv("\xEF\xBB\xBF" + text).rows, expected);
  const std::string plain_katakana = "No,居住地\r\n1,\"表参道、\nソ連\"\r\n2,\"\"\"咳\"\"\"\r\n";
  const auto iso2022jp = read_csv(*testing::converted("UTF-8", "ISO-2022-JP", plain_katakana));
  EXPECT_EQ(iso2022jp.encoding, Encoding::iso2022jp);
  EXPECT_THAT(iso2022jp.columns, ElementsAre("No", "居住地"));
  EXPECT_THAT(iso2022jp.rows, ElementsAre(SeenRow{"1", "表参道、\nソ連"}, SeenRow{"2", "\"咳\""}));
}

TEST(CsvReader, NamesTheRowsOfAnIso2022jpFileByTheirBytes) {
  const auto bytes = *testing::converted("UTF-8", "ISO-2022-JP", "No,氏名\n1,山田\n\n2,\"佐\n藤\"\n");
  const auto table = read_csv(bytes);
  ASSERT_EQ(table.origins.size(), 2U);
  const auto first = table.origins[0], second = table.origins[1];
  EXPECT_EQ(bytes.substr(first.byte, first.length), *testing::converted("UTF-8", "ISO-2022-JP", "1,山田"));
  EXPECT_EQ(bytes.substr(second.byte, second.length),
            *testing::converted("UTF-8", "ISO-2022-JP", "2,\"佐\n藤\""));
  EXPECT_EQ(second.line, 4U);
}

TEST(CsvReader, TakesOtherSeparatorsEvenWhereTheyMayBeHalfOfACharacter) {
  EXPECT_THAT(read_csv("a\tb\n1,5\t\"x\ty\"\n", options_for(Encoding::detect, '\t')).rows,
              ElementsAre(SeenRow{"1,5", "x\ty"}));
  const auto bytes = *testing::converted("UTF-8", "CP932", "番号|名\n1|ポーy|\n2|－\n");  // － is 0x81 0x7C
  const auto table = read_csv(bytes, options_for(Encoding::detect, '|'));
  EXPECT_EQ(table.encoding, Encoding::cp932);
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "ポーy"}, SeenRow{"2", "－"}));
  EXPECT_EQ(bytes.substr(table.origins[1].byte, table.origins[1].length), "2|\x81\x7C");
}

TEST(CsvReader, RefusesASeparatorThatCannotSeparate) {
  for (const char separator : {'"', '\n', '\r', '\0', '\xE3'}) {
    EXPECT_EQ(failure_code(read_csv("a,b\n", options_for(Encoding::detect, separator))),
              "csv.separator_not_allowed");
  }
}

TEST(CsvReader, GivesTheRowsAskedForAndZeroAtTheEndAgainAndAgain) {
  const auto reader = open_csv(ByteSource::of_text("a\n1\n2\n3\n", "c.csv"), {});
  ASSERT_TRUE(reader.has_value());
  RowBatch batch;
  EXPECT_EQ(*(*reader)->read(batch, 2), 2U);
  EXPECT_EQ(*(*reader)->read(batch, 2), 1U);
  EXPECT_EQ(*(*reader)->read(batch, 2), 0U);
  EXPECT_EQ(*(*reader)->read(batch, 2), 0U);
  EXPECT_EQ(batch.size(), 0U);
}

}  // namespace
}  // namespace musubi::document
