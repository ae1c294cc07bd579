// Repeated elements as tables.
#include <gmock/gmock.h>

#include "musubi/document/row_reader.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using testing::xml_table;

using Texts = std::vector<std::string>;

TEST(XmlRows, ElementsAndAttributesBecomeColumns) {
  const std::string text = R"(<list xmlns:p="u"><count>2</count>
<patient id="1"><name>結城</name><test kind="PCR"><result>+</result></test><none/></patient>
<group><p:patient id="2"><name> x
y </name><p:age unit="y">40</p:age></p:patient></group></list>)";
  const auto table = xml_table(text, "patient");
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.columns,
              ElementsAre("@id", "name", "test/@kind", "test/result", "none", "p:age/@unit", "p:age"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "結城", "PCR", "+", "", "", ""},
                                      Texts{"2", " x\ny ", "", "", "", "y", "40"}));
  EXPECT_EQ(table.cells[0][4].kind, CellKind::text) << "an empty element is there";
  EXPECT_EQ(table.cells[0][5].kind, CellKind::missing);
  EXPECT_EQ(table.origins[0].line, 2U);
  EXPECT_EQ(table.origins[1].row, 2U);
  const auto row = text.substr(table.origins[1].byte, table.origins[1].length);
  EXPECT_TRUE(row.starts_with("<p:patient id") && row.ends_with("</p:patient>")) << row;
  const auto& cell = table.cells[0][1];
  EXPECT_EQ(text.substr(cell.source_byte, cell.source_length), "<name>結城</name>");
}

TEST(XmlRows, JoinsWhatComesAgainAndKeepsOwnText) {
  const auto table = xml_table("<l><i>自<s>熱</s><s>咳</s><s/></i><i a=''>他</i></l>", "i");
  EXPECT_THAT(table.columns, ElementsAre("s", "text()", "@a"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"熱;咳;", "自", ""}, Texts{"", "他", ""}));
}

TEST(XmlRows, ListsAreOneCellOfObjects) {
  TableOptions options;
  options.items = "p";
  options.lists = {"test", "visit/contact", "visit"};
  const auto table = xml_table(
      "<l><p><n>1</n><test kind='PCR'>+<note>a\"b</note></test><test kind='Ag'/>"
      "<visit><day>1</day><contact><n>x</n></contact><contact><n>y</n><n>z</n></contact></visit></p>"
      "<p><n>2</n></p><p><test/></p></l>",
      options);
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.columns, ElementsAre("n", "test", "visit"));
  const std::string tests = R"j([{"@kind":"PCR","note":"a\"b","text()":"+"},{"@kind":"Ag"}])j";
  const std::string visits = R"j([{"day":"1","contact":[{"n":"x"},{"n":"y;z"}]}])j";
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", tests, visits}, Texts{"2", "", ""},
                                      Texts{"", R"j([{"text()":""}])j", ""}));
}

TEST(XmlRows, ListsThatAreTooLongAreAFaultOfTheirRow) {
  TableOptions options;
  options.items = "p";
  options.lists = {"test"};
  options.limits.cell_bytes = 200;
  std::string test;
  for (int index = 0; index < 50; ++index)
    test += "<r" + std::to_string(index) + ">x</r" + std::to_string(index) + ">";
  const auto table =
      xml_table("<l><p><test>" + test + "</test></p><p><test><r>y</r></test></p></l>", options);
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.faults, ElementsAre(Pair(0U, "xml.value_too_long")));
  EXPECT_EQ(table.rows[1][0], R"([{"r":"y"}])");
}

TEST(XmlRows, AListIsAsLongAsACellMayBeAndNoLonger) {
  TableOptions options;
  options.items = "p";
  options.lists = {"test"};
  const std::string list = R"j([{"text()":"12345678"}])j";
  const std::string xml = "<l><p><test>12345678</test></p></l>";
  for (const std::uint32_t longer : {0U, 1U}) {
    options.limits.cell_bytes = static_cast<std::uint32_t>(list.size()) - longer;
    const auto table = xml_table(xml, options);
    EXPECT_EQ(table.faults.size(), longer);
  }
}

TEST(XmlRows, ElementsOfTheNameWithinAnItemBelongToIt) {
  const auto table = xml_table("<l><i><i>内</i></i><i><x>1</x></i></l>", "i");
  EXPECT_THAT(table.columns, ElementsAre("i", "x"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"内", ""}, Texts{"", "1"}));
}

TEST(XmlRows, TakesAPrefixedNameToo) {
  const auto table = xml_table("<l xmlns:p='u'><p:i>1</p:i><i>2</i></l>", "p:i");
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1"}));
}

TEST(XmlRows, SuggestsElements) {
  const auto needed = xml_table("<l><i/><i/><j/></l>", "");
  ASSERT_EQ(needed.code(), "xml.items_needed");
  EXPECT_EQ(needed.failure->arguments()[1].second, "i");
  EXPECT_EQ(xml_table("<l><i/></l>", "k").code(), "xml.items_not_found");
}

TEST(XmlRows, RefusesDamageBeforeTheFirstRow) {
  EXPECT_EQ(xml_table("<l><i>1</i><i>2</l>", "i").code(), "xml.tag_mismatch");
  EXPECT_EQ(xml_table("<l><i>1</i>", "i").code(), "xml.truncated");
  EXPECT_EQ(xml_table("<!DOCTYPE l><l><i/></l>", "i").code(), "xml.doctype_refused");
  EXPECT_EQ(xml_table("", "i").code(), "document.empty");
}

TEST(XmlRows, ReadsShiftJisWithPlacesOfTheSource) {
  const std::string text =
      "<?xml version='1.0' "
      "encoding='Shift_JIS'?><l>\x91\xe5\x8d\xe3<i><n>\x8c\x8b</n></i><i><n>\x8f\xe9</n></i></l>";
  const auto table = xml_table(text, "i");
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.rows, ElementsAre(Texts{"結"}, Texts{"城"}));
  EXPECT_EQ(text.substr(table.origins[1].byte, table.origins[1].length), "<i><n>\x8f\xe9</n></i>");
  EXPECT_EQ(text.substr(table.cells[1][0].source_byte, table.cells[1][0].source_length), "<n>\x8f\xe9</n>");
}

TEST(XmlRows, LimitsColumnsValuesAndItems) {
  TableOptions options;
  options.items = "i";
  const auto open = [&](const std::string& text) {
    return testing::whole_table(open_xml_rows(ByteSource::of_text(text, "x"), options));
  };
  options.limits.columns = 2;
  EXPECT_EQ(open("<l><i><a/><b/></i><i><c/></i></l>").code(), "document.too_many_columns");
  options.limits.cell_bytes = 4;
  EXPECT_THAT(open("<l><i><a>12345</a></i><i><a>1234</a></i><i><a>12</a><a>34</a></i></l>").faults,
              ElementsAre(Pair(0U, "xml.value_too_long"), Pair(2U, "xml.value_too_long")));
  options.limits.cell_bytes = 100;
  options.limits.row_bytes = 50;
  const auto table =
      open("<l><i><a>1</a></i><i><a>" + std::string(200'000, 'x') + "</a></i><i><a>2</a></i></l>");
  EXPECT_THAT(table.faults, ElementsAre(Pair(1U, "xml.item_too_long")));
  EXPECT_EQ(table.rows.back(), Texts{"2"});
}

TEST(XmlRows, StreamsManyItemsAndTextsOutliveTheBatch) {
  std::string text = "<l>";
  for (int index = 0; index < 20'000; ++index) text += "<i><n>名前" + std::to_string(index) + "</n></i>\n";
  TableOptions options;
  options.items = "i";
  const auto reader = open_xml_rows(ByteSource::of_text(text + "</l>", "x"), options).value();
  RowBatch batch;
  std::vector<std::vector<std::shared_ptr<const void>>> owners;
  std::vector<std::string_view> texts;
  for (std::size_t step = 1; *reader->read(batch, step % 89 + 1) > 0; ++step) {
    owners.push_back(batch.owners());
    for (std::size_t index = 0; index < batch.size(); ++index) texts.push_back(batch.row(index)[0].text());
  }
  ASSERT_EQ(texts.size(), 20'000U);
  for (std::size_t index = 0; index < texts.size(); ++index)
    ASSERT_EQ(texts[index], "名前" + std::to_string(index));
}

}  // namespace
}  // namespace musubi::document
