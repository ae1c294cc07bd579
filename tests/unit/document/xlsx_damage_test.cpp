// Workbooks that are broken, hostile, or not workbooks: each is refused with its sentence, before it costs
// anything.
#include <gmock/gmock.h>

#include "musubi/base/messages.h"
#include "musubi/document/row_reader.h"
#include "workbook_writer.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::number_cell;
using ::testing::Pair;
using testing::text_cell;
using testing::text_row;
using testing::Workbook;
using testing::xlsx_table;
using testing::ZipEntry;
using testing::ZipWriter;

using Texts = std::vector<std::string>;

Workbook workbook_of(const std::string& rows, const std::string& behind = "") {
  Workbook workbook;
  workbook.sheets.push_back({.name = "表", .rows = rows, .behind = behind, .state = ""});
  return workbook;
}

Workbook sound() { return workbook_of(text_row(1, {"a", "b"}) + text_row(2, {"1", "2"})); }

/// A sound workbook with one more member.
std::string with(const ZipEntry& entry) { return sound().archive().add(entry).finish(); }

std::string code_of(const std::string& bytes, const Limits& limits = {}) {
  TableOptions options;
  options.limits = limits;
  return xlsx_table(bytes, options).code();
}

TEST(XlsxDamage, ASoundOneIsRead) { EXPECT_EQ(code_of(sound().bytes()), ""); }

TEST(XlsxDamage, AHeaderWithoutItsTextsIsNoHeader) {
  auto workbook = workbook_of(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c></row>)" +
                              text_row(2, {"1", "2"}));
  workbook.shared_strings = "<si><t>番号</t></si>";
  TableOptions options;
  options.header.columns = {"番号", "年代"};
  EXPECT_EQ(xlsx_table(workbook.bytes(), options).code(), "xlsx.shared_string_missing");
  options.header.columns = {"番号"};
  EXPECT_EQ(xlsx_table(workbook.bytes(), options).code(), "xlsx.shared_string_missing");
}

TEST(XlsxDamage, TellsWhatIsNoWorkbook) {
  EXPECT_EQ(code_of(""), "document.empty");
  EXPECT_EQ(code_of("No,居住地\r\n1,大阪市\r\n"), "xlsx.not_a_workbook");
  EXPECT_EQ(code_of("PK"), "xlsx.not_a_workbook");
  EXPECT_EQ(code_of(ZipWriter().add("readme.txt", "x").finish()), "xlsx.not_a_workbook");
  EXPECT_EQ(code_of(ZipWriter().finish()), "xlsx.not_a_workbook");
}

TEST(XlsxDamage, TellsOldFormatsFromPasswords) {
  const std::string ole = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string(2000, '\0');
  EXPECT_EQ(code_of(ole), "xlsx.old_format");
  const std::string name("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  EXPECT_EQ(code_of(ole + std::string((1U << 20) - 2020, '\0') + name), "xlsx.password_protected");
  EXPECT_EQ(code_of(with({.name = "secret", .content = "x", .flags = 1})), "xlsx.password_protected");
  const auto binary = ZipWriter().add("_rels/.rels", Workbook::relationships(Workbook::relationship(
                                                         "r", "officeDocument", "xl/workbook.bin")));
  EXPECT_EQ(code_of(binary.finish()), "xlsx.old_format");
}

TEST(XlsxDamage, EveryTruncationIsRefused) {
  const auto whole = sound().bytes();
  for (std::size_t length = 8; length < whole.size(); length += 13) {
    const auto code = code_of(whole.substr(0, length));
    ASSERT_THAT(code, ::testing::AnyOf("xlsx.truncated", "xlsx.damaged")) << length;
  }
}

TEST(XlsxDamage, EveryFlippedByteIsEitherFoundOrHarmless) {
  const auto whole = sound().bytes();
  const auto expected = xlsx_table(whole).rows;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    const auto table = xlsx_table(bytes);
    if (table.failure) continue;
    ASSERT_EQ(table.rows, expected) << at;
  }
}

TEST(XlsxDamage, RefusesBombsBeforeExpanding) {
  const std::string zeros(8U << 20, '0');
  const auto bytes = with({.name = "xl/media/image1.png", .content = zeros});
  EXPECT_EQ(code_of(bytes), "xlsx.zip_bomb");
  Limits limits;
  limits.expansion_ratio = 100'000;
  EXPECT_EQ(code_of(bytes, limits), "");
  limits.expanded_bytes = 1U << 20;
  EXPECT_EQ(code_of(bytes, limits), "xlsx.expanded_too_large");
}

TEST(XlsxDamage, RefusesMembersThatLieAboutTheirSize) {
  const auto workbook = sound();
  for (const auto offset : {-1, 1, -100}) {
    ZipEntry sheet{.name = "xl/worksheets/sheet1.xml", .content = Workbook::sheet_part(workbook.sheets[0])};
    sheet.told_size_offset = offset;
    auto none = workbook;
    none.sheets.clear();
    auto zip = ZipWriter();
    zip.add("_rels/.rels",
            Workbook::relationships(Workbook::relationship("r", "officeDocument", "xl/workbook.xml")));
    zip.add("xl/workbook.xml", workbook.workbook_part());
    zip.add("xl/_rels/workbook.xml.rels",
            Workbook::relationships(Workbook::relationship("rId1", "worksheet", "worksheets/sheet1.xml")));
    EXPECT_EQ(code_of(zip.add(sheet).finish()), "xlsx.damaged") << offset;
  }
}

TEST(XlsxDamage, RefusesNamesThatLeadOutsideLinksAndDoubles) {
  for (const auto* name :
       {"../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:\\evil.xml", "..", "xl\\..\\..\\x"}) {
    EXPECT_EQ(code_of(with({.name = name, .content = "x"})), "xlsx.member_refused") << name;
  }
  EXPECT_EQ(code_of(with({.name = "xl/link", .content = "/etc/passwd", .external = 0120777U << 16})),
            "xlsx.member_refused");
  EXPECT_EQ(code_of(with({.name = "XL/Workbook.xml", .content = "x"})), "xlsx.member_refused");
}

TEST(XlsxDamage, RefusesOverlappingMembers) {
  auto overlapping = ZipEntry{.name = "xl/again.xml", .content = "x"};
  overlapping.told_place_offset = -40;
  EXPECT_EQ(code_of(with(overlapping)), "xlsx.member_refused");
  overlapping.told_place_offset = 1'000'000;
  EXPECT_EQ(code_of(with(overlapping)), "xlsx.damaged");
}

TEST(XlsxDamage, LimitsTheNumberOfMembers) {
  Limits limits;
  limits.members = 3;
  EXPECT_EQ(code_of(sound().bytes(), limits), "xlsx.too_many_members");
  EXPECT_EQ(code_of(sound().archive().finish(60000)), "xlsx.too_many_members");
  EXPECT_EQ(code_of(sound().archive().finish(20)), "xlsx.damaged");
}

TEST(XlsxDamage, RefusesADoctypeInAnyPart) {
  const std::string hostile = R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>)";
  for (const auto* name : {"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                           "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"}) {
    const auto workbook = sound();
    auto zip = ZipWriter();
    const auto add = [&](const std::string& part, const std::string& content) {
      zip.add(part, part == name
                        ? hostile + content.substr(content.starts_with("<?") ? content.find('\n') + 1 : 0)
                        : content);
    };
    add("_rels/.rels",
        Workbook::relationships(Workbook::relationship("r", "officeDocument", "xl/workbook.xml")));
    add("xl/workbook.xml", workbook.workbook_part());
    add("xl/_rels/workbook.xml.rels", workbook.workbook_relationships());
    add("xl/sharedStrings.xml", Workbook::part("sst", ""));
    add("xl/styles.xml", Workbook::part("styleSheet", ""));
    add("xl/worksheets/sheet1.xml", Workbook::sheet_part(workbook.sheets[0]));
    const auto table = xlsx_table(zip.finish());
    ASSERT_EQ(table.code(), "xlsx.part_damaged") << name;
    ASSERT_NE(table.failure->cause(), nullptr);
    EXPECT_EQ(table.failure->cause()->code(), "xml.doctype_refused") << name;
    EXPECT_EQ(table.failure->kind(), base::ErrorKind::refused);
  }
}

TEST(XlsxDamage, NamesThePartThatIsMissing) {
  auto workbook = sound();
  auto zip = ZipWriter();
  zip.add("_rels/.rels",
          Workbook::relationships(Workbook::relationship("r", "officeDocument", "xl/workbook.xml")));
  EXPECT_EQ(code_of(zip.finish()), "xlsx.part_missing");
  zip.add("xl/workbook.xml", workbook.workbook_part());
  EXPECT_EQ(code_of(zip.finish()), "xlsx.part_missing");
  zip.add("xl/_rels/workbook.xml.rels", workbook.workbook_relationships());
  EXPECT_EQ(code_of(zip.finish()), "xlsx.part_missing");
  workbook.sheets.clear();
  EXPECT_EQ(code_of(workbook.bytes()), "xlsx.no_sheets");
}

TEST(XlsxDamage, RefusesCellsOutsideOfAnySheet) {
  const auto header = text_row(1, {"a"});
  for (const auto* row : {R"(<row r="1048577"/>)", R"(<row r="0"/>)", R"(<row r="-1"/>)",
                          R"(<row r="99999999999"/>)", R"(<row r="2"><c r="XFE2"/></row>)",
                          R"(<row r="2"><c r="A3"/></row>)", R"(<row r="2"><c r="2"/></row>)"}) {
    const auto table = xlsx_table(workbook_of(header + row).bytes());
    ASSERT_EQ(table.code(), "xlsx.part_damaged") << row;
    EXPECT_EQ(table.failure->cause()->code(), "xlsx.cell_outside") << row;
  }
  const auto table = xlsx_table(workbook_of(text_row(2, {"a"}) + text_row(2, {"1"})).bytes());
  ASSERT_EQ(table.code(), "xlsx.part_damaged");
  EXPECT_EQ(table.failure->cause()->code(), "xlsx.rows_out_of_order");
}

TEST(XlsxDamage, FaultsOnlyTheRowThatIsDamaged) {
  TableOptions options;
  options.limits.cell_bytes = 20;
  options.limits.columns = 5;
  auto workbook =
      workbook_of(text_row(1, {"a", "b"}) + R"(<row r="2"><c r="A2" t="s"><v>7</v></c></row>)" +
                  R"(<row r="3"><c r="A3"><f>B3+1</f></c></row>)" + text_row(4, {std::string(21, 'x')}) +
                  R"(<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>2</v></c></row>)" +
                  R"(<row r="6"><c r="A6" t="s"><v>0</v></c></row>)" + "<row r=\"7\">" +
                  number_cell("A7", "1") + text_cell("Z7", "遠") + "</row>" + text_row(8, {"3", "4"}));
  workbook.shared_strings = "<si><t>" + std::string(21, 'y') + "</t></si>";
  const auto table = xlsx_table(workbook.bytes(), options);
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.faults,
              ElementsAre(Pair(0U, "xlsx.shared_string_missing"), Pair(1U, "xlsx.formula_without_value"),
                          Pair(2U, "xlsx.cell_too_long"), Pair(3U, "xlsx.cells_out_of_order"),
                          Pair(4U, "xlsx.cell_too_long"), Pair(5U, "xlsx.too_many_cells")));
  EXPECT_EQ(table.rows.back(), (Texts{"3", "4"}));
}

TEST(XlsxDamage, RefusesBadMerges) {
  const auto rows = text_row(1, {"a", "b"}) + text_row(2, {"1", "2"});
  const auto table =
      xlsx_table(workbook_of(rows, R"(<mergeCells><mergeCell ref="A1:XFE9"/></mergeCells>)").bytes());
  ASSERT_EQ(table.code(), "xlsx.part_damaged");
  EXPECT_EQ(table.failure->cause()->code(), "xlsx.bad_merge");
}

TEST(XlsxDamage, AMergeOfTheWholeSheetCostsNothing) {
  const auto rows = text_row(1, {"a", "b"}) + text_row(2, {"1"}) + text_row(3, {"2"});
  const auto table =
      xlsx_table(workbook_of(rows, R"(<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>)").bytes());
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "1"}, Texts{"2", "1"}));
}

TEST(XlsxDamage, MessagesNeverHoldWhatIsInACell) {
  const std::string secret = "結城花子";
  const auto bytes = workbook_of(text_row(1, {secret, "b"}) + text_row(2, {secret}) + "<row r=\"3\"><c r=\"" +
                                 secret + "\">")
                         .bytes();
  TableOptions options;
  options.header.columns = {"番号", "居住地"};
  for (const auto& table : {xlsx_table(bytes, options), xlsx_table(bytes.substr(0, 700), options)}) {
    ASSERT_TRUE(table.failure);
    EXPECT_THAT(base::describe(base::Language::japanese, *table.failure), Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace musubi::document
