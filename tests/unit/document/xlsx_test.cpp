// Workbooks as prefectures send them: what a cell becomes, merged cells, several sheets.
#include <gmock/gmock.h>

#include "musubi/document/row_reader.h"
#include "workbook_writer.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::number_cell;
using ::testing::Pair;
using testing::text_cell;
using testing::text_row;
using testing::Workbook;
using testing::xlsx_table;

using Texts = std::vector<std::string>;

/// A workbook of one sheet.
Workbook workbook_of(const std::string& rows, const std::string& behind = "") {
  Workbook workbook;
  workbook.sheets.push_back({.name = "陽性者", .rows = rows, .behind = behind, .state = ""});
  return workbook;
}

TableOptions looking_for(const std::vector<std::string>& columns) {
  TableOptions options;
  options.header.columns = columns;
  return options;
}

TEST(Xlsx, ReadsTextsOfAllKinds) {
  auto workbook = workbook_of(
      text_row(1, {"a", "b", "c", "d", "e", "f"}) +
      R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><r><t>大</t></r><r><t>阪</t></r></is></c>)"
      R"(<c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="str"><f>A2</f><v>式</v></c>)"
      R"(<c r="F2"><v>1.10</v></c></row>)");
  workbook.shared_strings =
      R"(<si><t>他</t></si><si><r><t>神戸</t></r><rPh sb="0" eb="2"><t>コウベ</t></rPh><r><t xml:space="preserve"> 市</t></r><phoneticPr fontId="1"/></si>)";
  const auto table = xlsx_table(workbook.bytes());
  ASSERT_EQ(table.code(), "");
  ASSERT_THAT(table.rows, ElementsAre(Texts{"神戸 市", "大阪", "true", "#N/A", "式", "1.10"}));
  const auto& cells = table.cells[0];
  EXPECT_EQ(cells[0].kind, CellKind::text);
  EXPECT_EQ(cells[2].kind, CellKind::boolean);
  EXPECT_EQ(cells[3].kind, CellKind::text);
  EXPECT_EQ(cells[5].kind, CellKind::number);
}

TEST(Xlsx, DecodesEscapedControlCharactersOnly) {
  auto workbook = workbook_of(text_row(1, {"a"}) + text_row(2, {"一_x000D_二_x005F_x000D_三_xZZZZ__x"}));
  EXPECT_THAT(xlsx_table(workbook.bytes()).rows, ElementsAre(Texts{"一\r二_x000D_三_xZZZZ__x"}));
}

TEST(Xlsx, WritesDatesAsIsoAndKeepsNumbersAsWritten) {
  auto workbook =
      workbook_of(text_row(1, {"a", "b", "c", "d", "e"}) + "<row r=\"2\">" + number_cell("A2", "43922", 1) +
                  number_cell("B2", "43922.395833333336", 2) + number_cell("C2", "43922", 0) +
                  number_cell("D2", "0.39583333333333331", 3) + number_cell("E2", "43859", 4) + "</row>");
  workbook.number_formats = R"(<numFmt numFmtId="176" formatCode="m&quot;月&quot;d&quot;日&quot;;@"/>)";
  workbook.cell_formats =
      R"(<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="176"/>)";
  const auto table = xlsx_table(workbook.bytes());
  ASSERT_THAT(table.rows,
              ElementsAre(Texts{"2020-04-01", "2020-04-01T09:30:00", "43922", "09:30:00", "2020-01-29"}));
  EXPECT_EQ(table.cells[0][0].kind, CellKind::date_serial);
  EXPECT_EQ(table.cells[0][1].kind, CellKind::date_serial);
  EXPECT_EQ(table.cells[0][2].kind, CellKind::number);
  EXPECT_EQ(table.cells[0][3].kind, CellKind::text);
}

TEST(Xlsx, CountsFrom1904WhereTheWorkbookSaysSo) {
  auto workbook =
      workbook_of(text_row(1, {"a"}) + "<row r=\"2\">" + number_cell("A2", "42460", 1) + "</row>");
  workbook.cell_formats = R"(<xf numFmtId="0"/><xf numFmtId="14"/>)";
  workbook.from_1904 = true;
  EXPECT_THAT(xlsx_table(workbook.bytes()).rows, ElementsAre(Texts{"2020-04-01"}));
}

TEST(Xlsx, LeavesAsNumbersWhatTheCalendarDoesNotHave) {
  auto workbook =
      workbook_of(text_row(1, {"a"}) + "<row r=\"2\">" + number_cell("A2", "60", 1) + "</row><row r=\"3\">" +
                  number_cell("A3", "0", 1) + "</row><row r=\"4\">" + number_cell("A4", "1E+300", 1) +
                  "</row><row r=\"5\">" + number_cell("A5", "-1", 1) + "</row>");
  workbook.cell_formats = R"(<xf numFmtId="0"/><xf numFmtId="14"/>)";
  const auto table = xlsx_table(workbook.bytes());
  EXPECT_THAT(table.rows, ElementsAre(Texts{"60"}, Texts{"0"}, Texts{"1E+300"}, Texts{"-1"}));
  for (const auto& row : table.cells) EXPECT_EQ(row[0].kind, CellKind::number);
}

TEST(Xlsx, SkipsEmptyRowsAndKnowsEveryRowsPlace) {
  const auto rows =
      text_row(1, {"a", "b"}) + R"(<row r="2"><c r="A2" s="1"/></row>)" + text_row(5, {"1", ""}) +
      R"(<row r="6"><c r="A6" t="inlineStr"><is><t> 　</t></is></c></row>)" + text_row(9, {"", "2"});
  const auto workbook = workbook_of(rows);
  const auto table = xlsx_table(workbook.bytes());
  ASSERT_THAT(table.rows, ElementsAre(Texts{"1", ""}, Texts{"", "2"}));
  EXPECT_EQ(table.origins[0].line, 5U);
  EXPECT_EQ(table.origins[1].line, 9U);
  EXPECT_EQ(table.origins[1].row, 2U);
  const auto part = Workbook::sheet_part(workbook.sheets[0]);
  EXPECT_EQ(part.substr(table.origins[1].byte, table.origins[1].length), text_row(9, {"", "2"}));
  const auto& cell = table.cells[1][1];
  EXPECT_EQ(part.substr(cell.source_byte, cell.source_length), text_cell("B9", "2"));
  EXPECT_EQ(table.cells[1][0].kind, CellKind::missing);
}

TEST(Xlsx, ReadsSheetsWrittenWithoutReferencesAndWithPrefixes) {
  Workbook workbook = workbook_of("");
  auto zip = testing::ZipWriter();
  const auto whole = workbook.archive();
  const std::string sheet =
      R"(<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>)"
      R"(<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>)"
      R"(<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
  zip.add("_rels/.rels",
          Workbook::relationships(Workbook::relationship("r", "officeDocument", "/xl/workbook.xml")));
  zip.add("xl\\workbook.xml", workbook.workbook_part());
  zip.add("xl/_rels/workbook.xml.rels",
          Workbook::relationships(Workbook::relationship("rId1", "worksheet", "../xl/./Sheets/One.xml")));
  zip.add("xl/sheets/one.xml", sheet);
  const auto table = xlsx_table(zip.finish());
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.columns, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "2"}));
}

TEST(Xlsx, SpreadsMergedCellsDownAndRight) {
  const auto workbook =
      workbook_of(text_row(1, {"市", "区", "数"}) + text_row(2, {"大阪市", "北区", "1"}) +
                      text_row(3, {"", "中央区", "2"}) + text_row(4, {"", "西区", "3"}) +
                      text_row(5, {"堺市", "", "4"}) + text_row(6, {"他", "", "5"}),
                  R"(<mergeCells count="2"><mergeCell ref="A5:B5"/><mergeCell ref="A2:A4"/></mergeCells>)");
  const auto table = xlsx_table(workbook.bytes());
  EXPECT_THAT(table.rows,
              ElementsAre(Texts{"大阪市", "北区", "1"}, Texts{"大阪市", "中央区", "2"},
                          Texts{"大阪市", "西区", "3"}, Texts{"堺市", "堺市", "4"}, Texts{"他", "", "5"}));
  EXPECT_EQ(table.cells[2][0].source_byte, table.cells[0][0].source_byte)
      << "the place is that of the first cell";
}

TEST(Xlsx, MergedCellsMakeNoRowsOfTheirOwn) {
  const auto workbook =
      workbook_of(text_row(1, {"市"}) + text_row(2, {"大阪市"}) + R"(<row r="3"><c r="A3" s="1"/></row>)",
                  R"(<mergeCells><mergeCell ref="A2:A9"/></mergeCells>)");
  EXPECT_THAT(xlsx_table(workbook.bytes()).rows, ElementsAre(Texts{"大阪市"}));
}

TEST(Xlsx, JoinsMergedHeaderRowsAndKeepsTitlesOnce) {
  const auto workbook = workbook_of(
      text_row(1, {"新型コロナ　患者一覧"}) + text_row(2, {"2020年4月4日 時点"}) +
          text_row(4, {"No", "検査", "", "備考"}) + text_row(5, {"", "PCR", "抗原", ""}) +
          text_row(6, {"1", "陽性", "陰性", ""}),
      R"(<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:C4"/><mergeCell ref="D4:D5"/></mergeCells>)");
  auto options = looking_for({"No", "検査 PCR", "検査 抗原", "備考"});
  options.header.rows = 2;
  const auto table = xlsx_table(workbook.bytes(), options);
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.titles, ElementsAre("新型コロナ 患者一覧", "2020年4月4日 時点"));
  EXPECT_THAT(table.columns, ElementsAre("No", "検査 PCR", "検査 抗原", "備考"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "陽性", "陰性", ""}));
}

Workbook workbook_of_three() {
  Workbook workbook;
  workbook.sheets = {{.name = "原本",
                      .rows = text_row(1, {"番号", "居住地"}) + text_row(2, {"9", "隠"}),
                      .behind = "",
                      .state = "hidden"},
                     {.name = "集計",
                      .rows = text_row(1, {"合計", "人数"}) + text_row(2, {"3", "4"}),
                      .behind = "",
                      .state = ""},
                     {.name = "府HP用(陽性者ベース)",
                      .rows = text_row(3, {"番号", "居住地"}) + text_row(4, {"1", "大阪市"}),
                      .behind = "",
                      .state = ""}};
  return workbook;
}

TEST(Xlsx, FindsTheSheetThatHasTheHeaderVisibleOnesFirst) {
  const auto table = xlsx_table(workbook_of_three().bytes(), looking_for({"番号", "居住地"}));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "大阪市"}));
}

TEST(Xlsx, TakesTheSheetThatIsNamedInPartEvenIfHidden) {
  auto options = looking_for({"番号", "居住地"});
  options.sheet = "原";
  EXPECT_THAT(xlsx_table(workbook_of_three().bytes(), options).rows, ElementsAre(Texts{"9", "隠"}));
  options.sheet = "集計";
  EXPECT_EQ(xlsx_table(workbook_of_three().bytes(), options).code(), "document.header_not_found");
  options.sheet = "ない";
  const auto table = xlsx_table(workbook_of_three().bytes(), options);
  ASSERT_EQ(table.code(), "xlsx.sheet_not_found");
  EXPECT_THAT(std::vector(table.failure->arguments().begin(), table.failure->arguments().end()),
              ElementsAre(Pair("sheet", "ない"), Pair("sheets", "原本, 集計, 府HP用(陽性者ベース)")));
}

TEST(Xlsx, ListsSheetsInOrder) {
  const auto sheets = sheets_of(ByteSource::of_text(workbook_of_three().bytes(), "x"), {}).value();
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].name, "原本");
  EXPECT_TRUE(sheets[0].hidden);
  EXPECT_EQ(sheets[2].name, "府HP用(陽性者ベース)");
  EXPECT_FALSE(sheets[2].hidden);
}

TEST(Xlsx, KeepsUnnamedColumnsInUseAndFaultsLaterOnes) {
  std::string rows = text_row(1, {"a", "b"}) + text_row(2, {"1", "2", "覚書"});
  for (int row = 3; row < 90; ++row) rows += text_row(row, {"1", "2"});
  rows += text_row(90, {"1", "2", "", "", "欄外"});
  auto options = looking_for({"a", "b"});
  options.header.look_in = 10;
  // Rows are looked at as far as the first piece that was parsed; make it end before the last row.
  rows.insert(rows.find("<row r=\"90\""), std::string(200'000, ' '));
  const auto table = xlsx_table(workbook_of(rows).bytes(), options);
  EXPECT_THAT(table.columns, ElementsAre("a", "b", ""));
  EXPECT_THAT(table.faults, ElementsAre(Pair(88U, "xlsx.too_many_cells")));
  EXPECT_EQ(table.rows.size(), 89U);
}

TEST(Xlsx, StreamsManyRowsAndTextsOutliveTheBatch) {
  std::string rows = text_row(1, {"番号", "名"});
  for (int row = 2; row <= 5000; ++row)
    rows += text_row(row, {std::to_string(row), "名前" + std::to_string(row)});
  const auto reader = open_xlsx(ByteSource::of_text(workbook_of(rows).bytes(), "x"), {}).value();
  RowBatch batch;
  std::vector<std::vector<std::shared_ptr<const void>>> owners;
  std::vector<std::string_view> texts;
  for (std::size_t step = 1; *reader->read(batch, step % 97 + 1) > 0; ++step) {
    owners.push_back(batch.owners());
    for (std::size_t index = 0; index < batch.size(); ++index) texts.push_back(batch.row(index)[1].text());
  }
  ASSERT_EQ(texts.size(), 4999U);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    ASSERT_EQ(texts[index], "名前" + std::to_string(index + 2));
  }
}

TEST(Xlsx, AHeaderAloneHasNoRows) {
  const auto table = xlsx_table(workbook_of(text_row(1, {"a", "b"})).bytes(), looking_for({"a", "b"}));
  EXPECT_EQ(table.code(), "");
  EXPECT_THAT(table.columns, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows, IsEmpty());
}

}  // namespace
}  // namespace musubi::document
