// Lists in JSON as tables: an array at a path, a root array, NDJSON.
#include <gmock/gmock.h>

#include "musubi/document/row_reader.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::json_table;
using ::testing::Pair;

using Texts = std::vector<std::string>;

TEST(JsonRows, ReadsTheArrayAtAPath) {
  const std::string text = R"({"date":"2020-04-01","patients":{"note":[1],"data":[
  {"No":1,"居住地":"大阪市","退院":null},
  {"No":2.50,"備考":"a\nb","退院":true}
]}})";
  const auto table = json_table(text, "patients.data");
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.columns, ElementsAre("No", "居住地", "退院", "備考"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "大阪市", "", ""}, Texts{"2.50", "", "true", "a\nb"}));
  EXPECT_EQ(table.cells[0][0].kind, CellKind::number);
  EXPECT_EQ(table.cells[0][2].kind, CellKind::missing) << "null";
  EXPECT_EQ(table.cells[1][1].kind, CellKind::missing);
  EXPECT_EQ(table.cells[1][2].kind, CellKind::boolean);
  EXPECT_EQ(table.origins[1].line, 3U);
  EXPECT_EQ(table.origins[1].row, 2U);
  EXPECT_EQ(text.substr(table.origins[1].byte, table.origins[1].length),
            R"({"No":2.50,"備考":"a\nb","退院":true})");
  const auto& cell = table.cells[1][3];
  EXPECT_EQ(text.substr(cell.source_byte, cell.source_length), R"("a\nb")");
}

TEST(JsonRows, FlattensObjectsAndArrays) {
  const auto table = json_table(R"([{"a":{"b":1,"c":{"d":"x"}},"tags":["p","q",3],"e":{},"f":[]},
    {"a":{"b":2},"deep":[ {"x": "1 2"}, [ 3 ] ],"tags":["\u3042"]}])");
  EXPECT_THAT(table.columns, ElementsAre("a.b", "a.c.d", "tags", "f", "deep"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", "x", "p;q;3", "", ""},
                                      Texts{"2", "", "あ", "", R"([{"x":"1 2"},[3]])"}));
}

TEST(JsonRows, ReadsLines) {
  const std::string text = "\xEF\xBB\xBF{\"a\":1}\r\n\n{\"a\":2,\"b\":\"x\"}\n  \n{\"b\":\"last\"}";
  const auto table = json_table(text);
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.columns, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows, ElementsAre(Texts{"1", ""}, Texts{"2", "x"}, Texts{"", "last"}));
  EXPECT_EQ(table.origins[1].line, 3U);
  EXPECT_EQ(text.substr(table.origins[1].byte, table.origins[1].length), "{\"a\":2,\"b\":\"x\"}");
  EXPECT_EQ(text.substr(table.cells[1][1].source_byte, table.cells[1][1].source_length), "\"x\"");
}

TEST(JsonRows, ALineThatIsDamagedIsAFaultOfItsRow) {
  const auto table = json_table(
      "{\"a\":1}\n{\"a\":}\n[1]\n{\"a\":1,\"a\":2}\n{\"a\":\"\xFF\"}\n{\"a\":1e999}\n\"x\n{\"a\":9}\n");
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.faults,
              ElementsAre(Pair(1U, "json.syntax"), Pair(2U, "json.item_not_object"),
                          Pair(3U, "json.duplicate_name"), Pair(4U, "text.malformed_bytes"),
                          Pair(5U, "json.number_out_of_range"), Pair(6U, "json.string_not_closed")));
  EXPECT_EQ(table.fault_bytes[0], 13U);
  EXPECT_EQ(table.rows.size(), 8U);
  EXPECT_EQ(table.rows.back(), Texts{"9"});
}

TEST(JsonRows, ALineThatEndsTooEarlyAddsNoColumn) {
  const std::string whole = R"({"id":"3","x":4})";
  const std::string first = R"({"id":"1","x":2})";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto line = whole.substr(0, size);
    const bool in_string = std::count(line.begin(), line.end(), '"') % 2 != 0;
    const auto table = json_table(first + "\n" + line);
    EXPECT_THAT(table.columns, ElementsAre("id", "x")) << line;
    EXPECT_THAT(table.faults, ElementsAre(Pair(1U, in_string ? "json.string_not_closed" : "json.truncated")))
        << line;
  }
}

TEST(JsonRows, ADamagedItemOfAnArrayIsAFaultWhereTheStructureIsWhole) {
  const auto table =
      json_table(R"([{"a":1},{"a":1,"a":2},5,[1],{"a":{"b":1},"a.b":2},{"a":"\ud800"},{"a":3}])");
  ASSERT_EQ(table.code(), "");
  EXPECT_THAT(table.faults, ElementsAre(Pair(1U, "json.duplicate_name"), Pair(2U, "json.item_not_object"),
                                        Pair(3U, "json.item_not_object"), Pair(4U, "json.duplicate_name"),
                                        Pair(5U, "json.lone_surrogate")));
  EXPECT_EQ(table.rows.size(), 7U);
}

TEST(JsonRows, ADocumentThatBreaksIsRefusedWhole) {
  EXPECT_EQ(json_table(R"([{"a":1},{"a":}])").code(), "json.syntax");
  EXPECT_EQ(json_table(R"([{"a":1},)").code(), "json.truncated");
  EXPECT_EQ(json_table("[{\"a\":\"\x82\xa0\"}]").code(), "text.malformed_bytes");
  EXPECT_EQ(json_table(R"({"x":1,"x":2,"d":[{"a":1}]})", "d").code(), "json.duplicate_name");
  EXPECT_EQ(json_table("").code(), "document.empty");
  EXPECT_EQ(json_table("[]").code(), "document.empty");
  EXPECT_EQ(json_table("\n \n").code(), "document.empty");
}

TEST(JsonRows, SuggestsArraysWhereThePathIsMissingOrWrong) {
  const std::string text = "{\n\"patients\":{\"data\":[{\"a\":1}]},\"counts\":[{\"n\":1}],\"plain\":[1]}";
  const auto missing = json_table(text);
  ASSERT_EQ(missing.code(), "json.items_needed");
  EXPECT_EQ(missing.failure->arguments()[1].second, "patients.data, counts");
  EXPECT_EQ(json_table(text, "patients.dat").code(), "json.items_not_found");
  EXPECT_EQ(json_table(text, "patients").code(), "json.items_not_found");
  EXPECT_EQ(json_table(text, "patients.data").code(), "");
  EXPECT_EQ(json_table("[[1]]", "a").code(), "json.no_items");
}

TEST(JsonRows, OneObjectIsOneRow) {
  EXPECT_THAT(json_table("{\n\"a\": 1,\n\"b\": {\"c\": 2}\n}").rows, ElementsAre(Texts{"1", "2"}));
  EXPECT_THAT(json_table(R"({"a":1,"b":[{"c":2}]})").rows, ElementsAre(Texts{"1", R"([{"c":2}])"}))
      << "one line is NDJSON, however few";
}

TEST(JsonRows, LimitsColumnsCellsAndLines) {
  TableOptions options;
  options.limits.columns = 2;
  const auto open = [&](const std::string& text) {
    return testing::whole_table(open_json_rows(ByteSource::of_text(text, "x"), options));
  };
  EXPECT_EQ(open(R"([{"a":1,"b":2},{"c":3}])").code(), "document.too_many_columns");
  EXPECT_EQ(open("{\"a\":1,\"b\":2}\n{\"c\":3}\n").code(), "document.too_many_columns");
  options.limits.cell_bytes = 4;
  EXPECT_THAT(open(R"([{"a":"12345"},{"a":"1234"}])").faults, ElementsAre(Pair(0U, "json.value_too_long")));
  options.limits.cell_bytes = 1000;
  options.limits.row_bytes = 30;
  const auto table = open("{\"a\":1}\n{\"a\":\"" + std::string(3'000'000, 'x') + "\"}\n{\"a\":2}\n");
  EXPECT_THAT(table.faults, ElementsAre(Pair(1U, "json.item_too_long")));
  EXPECT_EQ(table.rows.back(), Texts{"2"});
  EXPECT_EQ(table.origins[2].line, 3U);
  EXPECT_EQ(table.origins[1].length, 3'000'008U);
}

TEST(JsonRows, LinesCrossBlocksAndTextsOutliveTheBatch) {
  std::string text;
  for (int index = 0; index < 40'000; ++index) {
    text += "{\"番号\":" + std::to_string(index) + ",\"名\":\"名前\\u3042" + std::string(index % 90, 'x') +
            std::to_string(index) + "\"}\n";
  }
  const auto reader = open_json_rows(ByteSource::of_text(text, "x"), {}).value();
  RowBatch batch;
  std::vector<std::vector<std::shared_ptr<const void>>> owners;
  std::vector<std::string_view> texts;
  while (*reader->read(batch, 997) > 0) {
    owners.push_back(batch.owners());
    for (std::size_t index = 0; index < batch.size(); ++index) {
      texts.push_back(batch.row(index)[1].text());
      const auto& origin = batch.origin(index);
      ASSERT_EQ(text[origin.byte], '{');
      ASSERT_EQ(text[origin.byte + origin.length - 1], '}');
    }
  }
  ASSERT_EQ(texts.size(), 40'000U);
  for (std::size_t index = 0; index < texts.size(); ++index) {
    ASSERT_EQ(texts[index], "名前あ" + std::string(index % 90, 'x') + std::to_string(index));
  }
}

TEST(JsonRows, ReadsPublishedLineLists) {
  const auto lists = testing::published_data() / "line-lists";
  if (!std::filesystem::is_directory(lists)) GTEST_SKIP() << "the published files are not here: " << lists;
  struct List {
    const char* file;
    const char* items;
    std::size_t rows;
  };
  for (const auto& list : {List{"kyoto/data_2020-08-21.json", "patients.data", 605},
                           List{"mie/data_2020-09-19.json", "patients.data", 469},
                           List{"tokushima/data_2020-06-12.json", "patients.data", 5},
                           List{"toyama/patients_attribute_2021-07-15.json", "data", 2084},
                           List{"kagawa/patients_2020-12.json", "data", 206}}) {
    TableOptions options;
    options.items = list.items;
    const auto source = ByteSource::open_file(lists / list.file, list.file).value();
    const auto table = testing::whole_table(open_json_rows(source, options), 100);
    EXPECT_EQ(table.code(), "") << list.file;
    EXPECT_EQ(table.rows.size(), list.rows) << list.file;
    EXPECT_THAT(table.faults, IsEmpty()) << list.file;
    EXPECT_THAT(table.columns, ::testing::Contains("居住地")) << list.file;
  }
}

}  // namespace
}  // namespace musubi::document
