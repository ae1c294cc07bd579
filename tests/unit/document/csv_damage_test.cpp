// Bad input: each fault names its place, spoils its own row only, and never shows what is in the cell.
#include <gmock/gmock.h>

#include "csv_support.h"
#include "musubi/base/messages.h"

namespace musubi::document {
namespace {

using testing::converted;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::read_csv;
using testing::SeenFault;
using testing::SeenRow;
using ::testing::SizeIs;

constexpr std::size_t kMiB = 1U << 20;

std::string cp932(const std::string& text) { return converted("UTF-8", "CP932", text).value(); }

TableOptions declared(Encoding encoding) {
  TableOptions options;
  options.encoding = encoding;
  return options;
}

TEST(CsvDamage, MalformedUtf8SpoilsItsRowOnly) {
  const std::pair<std::string, std::size_t> damages[] = {
      {"\xFF", 0}, {"\xC0\xAF", 0}, {"\xED\xA0\x80", 0}, {"\xE6\x9D", 0}, {"東\x80", 3}};
  for (const auto& [damage, offset] : damages) {
    const std::string before = "No,居住地\n1,東京都\n2,";
    const auto table = read_csv(before + damage + "\n3,大阪府\n");
    EXPECT_EQ(table.encoding, Encoding::utf8);
    EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "東京都"}, SeenRow{}, SeenRow{"3", "大阪府"}));
    EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "text.malformed_bytes", before.size() + offset}));
    EXPECT_EQ(table.origins[1].line, 3U);
    EXPECT_EQ(table.origins[1].length, 2 + damage.size());
  }
}

TEST(CsvDamage, MalformedCp932SpoilsItsRowOnly) {
  for (const std::string damage : {"\x82", "\xA0", "\xFD", "\x81\xAD", "\x85\x40"}) {
    const auto before = cp932("No,居住地,備考\n1,東京都,感染経路不明\n2,東");
    const auto table = read_csv(before + damage + cp932(",x\n3,大阪府,感染経路調査中\n"));
    EXPECT_EQ(table.encoding, Encoding::cp932);
    ASSERT_THAT(table.rows, SizeIs(3));
    EXPECT_EQ(table.rows[2], (SeenRow{"3", "大阪府", "感染経路調査中"}));
    EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "text.malformed_bytes", before.size()}));
  }
}

TEST(CsvDamage, MalformedCp932BehindDoubledQuotesKeepsItsOffset) {
  const auto before = cp932("No,居住地\n1,東京都\n2,\"\"\"東\"\"");
  const auto table = read_csv(before + "\x82\"\n" + cp932("3,大阪府\n"), declared(Encoding::cp932));
  EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "text.malformed_bytes", before.size()}));
}

TEST(CsvDamage, MalformedIso2022jpSpoilsItsRowOnly) {
  const auto before = *converted("UTF-8", "ISO-2022-JP", "No,居住地\n1,東京都\n") + "2,";
  const auto table = read_csv(before + "\x1B$B~~\x1B(B\n" + "3,\x1B$B0!\x1B(B\n");
  EXPECT_EQ(table.encoding, Encoding::iso2022jp);
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "東京都"}, SeenRow{}, SeenRow{"3", "亜"}));
  EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "text.malformed_bytes", before.size() + 3}));
}

TEST(CsvDamage, ANulByteSpoilsItsRowOnly) {
  const auto table = read_csv(std::string("a,b\n1,2\n3,\0x\n5,6\n", 17));
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{}, SeenRow{"5", "6"}));
  EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "text.nul_byte", 10}));
}

TEST(CsvDamage, MoreCellsThanColumnsSpoilTheRow) {
  const auto table = read_csv("a,b\n1,2\n3,4,,x,y\n5,6,,\n");
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{}, SeenRow{"5", "6"}));
  EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "csv.too_many_cells", 13}));
}

TEST(CsvDamage, TextBehindAClosingQuoteSpoilsTheRow) {
  const auto table = read_csv("a,b\n\"x\"y,2\n\"x\" ,\"3\n\",4\n5,6\n");
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{}, SeenRow{}, SeenRow{"5", "6"}));
  EXPECT_THAT(table.faults,
              ElementsAre(SeenFault{0, "csv.text_after_quote", 7}, SeenFault{1, "csv.text_after_quote", 14}));
}

TEST(CsvDamage, AnUnclosedQuoteIsToldAfterTheRowsBeforeIt) {
  const std::string bytes = "a,b\n1,2\n3,4\n\n5,\"open\n6,7\n8,9\n";
  for (const std::size_t batch : {1U, 2U, 100U}) {
    const auto table = read_csv(bytes, {}, batch);
    EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{"3", "4"}));
    ASSERT_EQ(failure_code(table), "csv.quote_not_closed");
    EXPECT_EQ(table.failure->place().line, 5U);
    EXPECT_EQ(table.failure->place().byte, bytes.find("\"open"));
    EXPECT_EQ(table.failure->place().file, "cases.csv");
  }
}

TEST(CsvDamage, AnUnclosedQuoteBehindAQuotedLineBreakNamesItsOwnLine) {
  const auto table = read_csv("a,b\n\"1\n2\",\"open\n\n");
  EXPECT_EQ(failure_code(table), "csv.quote_not_closed");
  EXPECT_EQ(table.failure->place().line, 3U);
}

TEST(CsvDamage, AnUnclosedQuoteInAHugeFileIsToldToo) {
  const auto table = read_csv("a,b\n1,2\n3,\"" + std::string(12 * kMiB, 'x') + "\n4,5\n");
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}));
  ASSERT_EQ(failure_code(table), "csv.quote_not_closed");
  EXPECT_EQ(table.failure->place().line, 3U);
}

TEST(CsvDamage, AnUnclosedQuoteInTheHeaderIsAnErrorAtOnce) {
  const auto table = read_csv("a,\"b\n1,2\n");
  EXPECT_EQ(failure_code(table), "csv.quote_not_closed");
  EXPECT_EQ(table.failure->place().line, 1U);
}

TEST(CsvDamage, TheErrorIsGivenAgainWhenAskedAgain) {
  const auto reader = open_csv(ByteSource::of_text("a\n1\n\"x", "c.csv"), {});
  ASSERT_TRUE(reader.has_value());
  RowBatch batch;
  EXPECT_EQ(*(*reader)->read(batch, 10), 1U);
  EXPECT_EQ((*reader)->read(batch, 10).error().code(), "csv.quote_not_closed");
  EXPECT_EQ((*reader)->read(batch, 10).error().code(), "csv.quote_not_closed");
}

TEST(CsvDamage, AHugeCellSpoilsItsRowOnly) {
  const std::string quoted = "\"" + std::string(10 * kMiB, 'x') + "\n\"\"y,\"";
  for (const std::string& cell : {std::string(10 * kMiB, 'x'), quoted}) {
    const auto table = read_csv("a,b\n1,2\n3," + cell + "\n5,6\n");
    EXPECT_THAT(table.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{}, SeenRow{"5", "6"}));
    EXPECT_THAT(table.faults, ElementsAre(SeenFault{1, "csv.cell_too_large", 10}));
    EXPECT_EQ(table.origins[1].byte, 8U);
    EXPECT_GE(table.origins[1].length, cell.size() + 2);
    EXPECT_EQ(table.origins[2].line, cell == quoted ? 5U : 4U);
    EXPECT_EQ(table.origins[2].row, 3U);
  }
}

TEST(CsvDamage, TheLimitOfACellIsExact) {
  TableOptions options;
  options.limits.cell_bytes = 100;
  const std::string allowed(100, 'x'), refused(101, 'x');
  EXPECT_THAT(read_csv("a,b\n" + allowed + ",\"" + allowed + "\"\n", options).faults, IsEmpty());
  EXPECT_THAT(read_csv("a,b\n1," + refused + "\n", options).faults,
              ElementsAre(SeenFault{0, "csv.cell_too_large", 6}));
  EXPECT_THAT(read_csv("a,b\n1,\"" + refused + "\"\n", options).faults,
              ElementsAre(SeenFault{0, "csv.cell_too_large", 6}));
}

TEST(CsvDamage, AHugeRowSpoilsItselfOnly) {
  std::string row = "1";
  while (row.size() < 9 * kMiB) row += ',';
  const auto table = read_csv("a,b\n" + row + "\r\n5,6\n");
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{}, SeenRow{"5", "6"}));
  EXPECT_THAT(table.faults, ElementsAre(SeenFault{0, "csv.row_too_large", 4}));
}

TEST(CsvDamage, AHundredThousandColumnsAreRefused) {
  std::string header = "c0";
  for (int column = 1; column < 100000; ++column) header += ",c" + std::to_string(column);
  const auto table = read_csv(header + "\n1,2\n");
  ASSERT_EQ(failure_code(table), "document.too_many_columns");
  EXPECT_EQ(table.failure->kind(), base::ErrorKind::limit_exceeded);
  EXPECT_THAT(base::describe(base::Language::english, *table.failure), HasSubstr("4096"));
  EXPECT_EQ(failure_code(read_csv(std::string(100000, ',') + "x\n")), "document.too_many_columns");
}

TEST(CsvDamage, AFileOverTheLimitIsRefusedUnread) {
  TableOptions options;
  options.limits.bytes = 5;
  EXPECT_EQ(failure_code(read_csv("a,b\n1,2\n", options)), "file.too_large");
}

TEST(CsvEncoding, ThatWasDeclaredWronglyIsAnErrorWithItsPlaceAndTheRightOne) {
  const std::string text = "No,備考\n1,x\n2,感染経路不明\n";
  const struct {
    std::string bytes;
    Encoding declared;
    std::string_view fitting;
    std::uint64_t line;
  } cases[] = {{cp932(text), Encoding::utf8, "CP932", 1},
               {cp932("No,b\n1,x\n2,感染経路不明\n"), Encoding::utf8, "CP932", 3},
               {text, Encoding::iso2022jp, "UTF-8", 1},
               {*converted("UTF-8", "ISO-2022-JP", text), Encoding::utf8, "ISO-2022-JP", 1},
               {"\xEF\xBB\xBF" + text, Encoding::cp932, "UTF-8", 1}};
  for (const auto& each : cases) {
    const auto table = read_csv(each.bytes, declared(each.declared));
    ASSERT_EQ(failure_code(table), "text.wrong_encoding");
    EXPECT_EQ(table.failure->place().line, each.line);
    EXPECT_NE(table.failure->place().byte, base::Place::kNone);
    const auto said = base::describe(base::Language::japanese, *table.failure);
    EXPECT_THAT(said, HasSubstr(std::string(each.fitting)));
    EXPECT_THAT(said, HasSubstr(std::string(name_of(each.declared))));
  }
}

TEST(CsvEncoding, OfAFileThatBeginsInAsciiIsDecidedByWhatFollows) {
  std::string bytes = "No,memo\n";
  while (bytes.size() < 3 * kMiB) bytes += "1,plain ascii text for a long while\n";
  const auto rows = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  const auto table = read_csv(bytes + cp932("2,感染経路\n"), {}, 1000);
  EXPECT_EQ(table.encoding, Encoding::cp932);
  ASSERT_THAT(table.rows, SizeIs(rows));
  EXPECT_EQ(table.rows.back(), (SeenRow{"2", "感染経路"}));
  const auto wrong = read_csv(bytes + cp932("2,感染経路\n"), declared(Encoding::utf8));
  EXPECT_EQ(failure_code(wrong), "text.wrong_encoding");
  EXPECT_EQ(wrong.failure->place().line, rows + 1);
  EXPECT_EQ(wrong.failure->place().byte, bytes.size() + 2);
}

TEST(CsvEncoding, OfUtf16IsRefusedWithARemedy) {
  for (const auto* const name : {"UTF-16", "UTF-16LE", "UTF-16BE"}) {
    const auto table = read_csv(*converted("UTF-8", name, "No,Age,Sex\n1,20,F\n"));
    ASSERT_EQ(failure_code(table), "text.utf16_not_supported") << name;
    EXPECT_THAT(base::describe(base::Language::english, *table.failure), HasSubstr("CSV UTF-8"));
  }
}

TEST(CsvEncoding, ThatFitsNothingIsRefused) {
  std::string bytes = "a,b\n";
  for (int row = 0; row < 100; ++row) bytes += "\xFF\xFE\xFD,\x80\xFF\n";
  EXPECT_EQ(failure_code(read_csv(bytes)), "text.encoding_unknown");
}

TEST(CsvEncoding, ThatFitsTwoIsUtf8) {
  EXPECT_EQ(read_csv("a\n\xC3\xB1\n").encoding, Encoding::utf8);  // ñ, or two half-width katakana
  const auto table = read_csv("a\n\xC3\xB1\n", declared(Encoding::cp932));
  EXPECT_THAT(table.rows, ElementsAre(SeenRow{"ﾃｱ"}));
}

TEST(CsvDamage, ASourceThatShrinksIsAnError) {
  class Shrinking final : public ByteSource {
   public:
    std::uint64_t size() const noexcept override { return bytes_.size() + 5; }
    const std::string& name() const noexcept override { return name_; }
    base::Result<std::size_t> read_at(std::uint64_t offset, char* into,
                                      std::size_t length) const noexcept override {
      return bytes_.copy(into, length, std::min<std::uint64_t>(offset, bytes_.size()));
    }

   private:
    std::string bytes_ = "a,b\n1,2\n";
    std::string name_ = "shrinking.csv";
  };
  EXPECT_EQ(failure_code(testing::read_table(std::make_shared<Shrinking>())), "document.source_changed");
}

}  // namespace
}  // namespace musubi::document
