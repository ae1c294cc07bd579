// Rows across the borders of buffers, texts that outlive them, memory that does not grow with the file.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <thread>

#include "csv_support.h"

namespace musubi::document {
namespace {

using testing::converted;
using ::testing::ElementsAre;
using testing::naive_rows;
using testing::read_csv;
using testing::SeenFault;
using testing::SeenRow;

constexpr std::size_t kBuffer = 256U << 10;
constexpr std::size_t kMiB = 1U << 20;
constexpr std::string_view kTricky =
    "1,\"a\"\"b\",\"東\r\n京\"\r\n\r\n\"\",\"\"\"\",漢字\r\r\n,,\n\"x\n\n\"\"\",2,\"3\"\n4,5,6";

std::uint64_t lines_before(std::string_view text, std::size_t end) {
  std::uint64_t lines = 0;
  for (std::size_t at = 0; at < end; ++at) {
    if (text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n')) ++lines;
  }
  return lines;
}

/// Rows of which the last byte lies `before_border` bytes before the border of a buffer.
std::string up_to_border(std::size_t before_border) {
  const std::string header = "a,b,c\n", end = ",,\n";
  return header + std::string(kBuffer - before_border - header.size() - end.size(), 'x') + end;
}

class CsvStreamingIn : public ::testing::TestWithParam<const char*> {};

TEST_P(CsvStreamingIn, ReadsTheSameWhereverABufferEnds) {
  const auto tricky = converted("UTF-8", GetParam(), std::string(kTricky)).value();
  auto expected = naive_rows(kTricky);
  for (std::size_t before = 0; before <= tricky.size() + 8; ++before) {
    const auto bytes = up_to_border(before) + tricky;
    const auto table = read_csv(bytes);
    ASSERT_EQ(std::vector(table.rows.begin() + 1, table.rows.end()), expected) << before;
    ASSERT_TRUE(table.faults.empty()) << before;
    const auto last = table.origins.back();
    ASSERT_EQ(last.line, lines_before(bytes, bytes.size() - 5) + 1) << before;
    if (std::string_view(GetParam()) == "ISO-2022-JP") continue;  // the borders are those of decoded bytes
    ASSERT_EQ(bytes.substr(last.byte, last.length), "4,5,6") << before;
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, CsvStreamingIn, ::testing::Values("UTF-8", "CP932", "ISO-2022-JP"));

TEST(CsvStreaming, FindsTheEndOfAHugeRowWhereverABufferEnds) {
  TableOptions options;
  options.limits.cell_bytes = 1000;
  const std::string inside = "x\"\"\r\n\r\"\"\n,\"\"\"\"";
  for (std::size_t before = 0; before < 40; ++before) {
    const auto huge = "\"" + std::string(2 * kBuffer - before, 'y') + inside + "\"\r\n";
    const auto bytes = "a,b\n1,2\n" + huge + std::string(kTricky.substr(0, 6)) + "\n9,8";
    const auto table = read_csv(bytes, options);
    ASSERT_EQ(failure_code(table), "csv.quote_not_closed")
        << before;  // the tricky row is cut inside of quotes
    const auto whole = read_csv("a,b\n1,2\n" + huge + "9,8", options);
    ASSERT_THAT(whole.rows, ElementsAre(SeenRow{"1", "2"}, SeenRow{}, SeenRow{"9", "8"})) << before;
    ASSERT_THAT(whole.faults, ElementsAre(SeenFault{1, "csv.cell_too_large", 8})) << before;
    ASSERT_EQ(whole.origins[2].line, 7U) << before;
  }
}

TEST(CsvStreaming, ReadsARowLargerThanABuffer) {
  const std::string cell(900'000, 'x');
  const auto table = read_csv("a,b,c\n1,2,3\n" + cell + ",\"" + cell + "\n\"\"\"," + cell + "\n4,5,6\n");
  const std::vector<SeenRow> expected{{"1", "2", "3"}, {cell, cell + "\n\"", cell}, {"4", "5", "6"}};
  EXPECT_TRUE(table.rows == expected);  // too long to print
}

TEST(CsvStreaming, TextsLiveAsLongAsTheirOwners) {
  std::string text = "No,氏名,備考\n";
  for (int row = 0; row < 40000; ++row)
    text += std::to_string(row) + ",山田" + std::to_string(row) + ",\"彼は\"\"はい\"\"と\"\n";
  const auto reader = open_csv(ByteSource::of_text(*converted("UTF-8", "CP932", text), "c.csv"), {});
  ASSERT_TRUE(reader.has_value());
  std::vector<std::shared_ptr<const void>> owners;
  std::vector<Cell> kept;
  RowBatch batch;
  while (*(*reader)->read(batch, 1000) != 0) {
    for (const auto& owner : batch.owners()) owners.push_back(owner);
    for (std::size_t row = 0; row < batch.size(); ++row)
      kept.insert(kept.end(), batch.row(row).begin(), batch.row(row).end());
  }
  batch.start(0);
  ASSERT_EQ(kept.size(), 120000U);
  for (std::size_t row = 0; row < 40000; ++row) {
    ASSERT_EQ(kept[3 * row].text(), std::to_string(row));
    ASSERT_EQ(kept[3 * row + 1].text(), "山田" + std::to_string(row));
    ASSERT_EQ(kept[3 * row + 2].text(), "彼は\"はい\"と");
  }
}

TEST(CsvStreaming, BuffersMayBeLetGoByAnotherThread) {
  std::string text = "No,氏名\n";
  while (text.size() < 4 * kMiB) text += "1,山田太郎\n";
  const auto reader = open_csv(ByteSource::of_text(*converted("UTF-8", "CP932", text), "c.csv"), {});
  ASSERT_TRUE(reader.has_value());
  std::size_t rows = 0;
  std::thread other;
  for (RowBatch batch; *(*reader)->read(batch, 5000) != 0;) {
    if (other.joinable()) other.join();
    other = std::thread([owned = std::move(batch), &rows] { rows += owned.size(); });
    batch = RowBatch();
  }
  other.join();
  EXPECT_EQ(rows, lines_before(text, text.size()) - 1);
}

TEST(CsvStreaming, ABatchOfLargeRowsEndsEarly) {
  std::string text = "a\n";
  for (int row = 0; row < 20; ++row) text += std::string(kMiB - 1, 'x') + "\n";
  const auto reader = open_csv(ByteSource::of_text(text, "c.csv"), {});
  RowBatch batch;
  EXPECT_LE(*(*reader)->read(batch, 1000), 5U);
}

/// A file of any size that is nowhere: a header, then one line again and again.
class RepeatedLine final : public ByteSource {
 public:
  RepeatedLine(std::string line, std::uint64_t lines) : line_(std::move(line)), lines_(lines) {
    while (block_.size() < kMiB) block_ += line_;
  }
  std::uint64_t size() const noexcept override { return line_.size() * lines_; }
  const std::string& name() const noexcept override { return name_; }
  base::Result<std::size_t> read_at(std::uint64_t offset, char* into,
                                    std::size_t length) const noexcept override {
    std::size_t filled = 0;
    length = std::min<std::uint64_t>(length, size() - std::min(offset, size()));
    while (filled < length) {
      const auto from = (offset + filled) % line_.size();
      const auto count = std::min(length - filled, block_.size() - from);
      std::memcpy(into + filled, block_.data() + from, count);
      filled += count;
    }
    return filled;
  }

 private:
  std::string line_;
  std::uint64_t lines_;
  std::string block_;
  std::string name_ = "large.csv";
};

std::size_t peak_memory_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") break;
  }
  std::size_t kib = 0;
  status >> kib;
  return kib;
}

TEST(CsvStreaming, MemoryDoesNotGrowWithTheFile) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers keep freed memory";
#endif
  const auto line = *converted("UTF-8", "CP932", "12,東京都,新宿区,2020-04-01,30代,女性,会社員,発熱\n");
  const std::uint64_t lines = 96 * kMiB / line.size();
  const auto source = std::make_shared<RepeatedLine>(line, lines);
  std::ofstream("/proc/self/clear_refs") << "5";  // forget the peak of earlier tests
  const auto before = peak_memory_kib();
  const auto reader = open_csv(source, {});
  ASSERT_TRUE(reader.has_value());
  std::uint64_t rows = 0;
  for (RowBatch batch;;) {
    const auto count = *(*reader)->read(batch, 10000);
    if (count == 0) break;
    rows += count;
  }
  EXPECT_EQ(rows, lines - 1);
  EXPECT_LT(peak_memory_kib() - before, 20U * 1024);
}

}  // namespace
}  // namespace musubi::document
