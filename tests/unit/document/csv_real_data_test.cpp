// Every CSV that was really published reads with the rows a slow, independent reader finds.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "csv_support.h"
#include "musubi/base/file.h"

namespace musubi::document {
namespace {

using testing::converted;

std::filesystem::path data_folder() {
  const char* const named = std::getenv("MUSUBI_SHARED_DATA");
  return named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "../shared/data";
}

std::vector<std::filesystem::path> csv_files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string as_utf8(const std::string& bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (const auto text = converted("UTF-8", "UTF-8", bytes))
    return text->substr(text->starts_with(kMark) ? 3 : 0);
  return converted("CP932", "UTF-8", bytes).value();
}

/// The slow reader's rows, from the one behind the first with any text on.
std::vector<testing::SeenRow> expected_rows(const std::string& bytes) {
  auto rows = testing::naive_rows(as_utf8(bytes));
  const auto header = std::find_if(rows.begin(), rows.end(), [](const testing::SeenRow& row) {
    return std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); });
  });
  const auto width = header->size();
  rows.erase(rows.begin(), header + 1);
  for (auto& row : rows) {
    if (row.size() > width) row.resize(width);
  }
  return rows;
}

TEST(CsvRealData, ReadsEveryPublishedFileLikeTheSlowReader) {
  const auto folder = data_folder();
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "the published files are not here: " << folder;
  const auto files = csv_files_below(folder);
  ASSERT_GE(files.size(), 20U);
  for (const auto& file : files) {
    const auto bytes = base::read_file(file, 1U << 30).value();
    const auto expected = expected_rows(bytes);
    const auto table = testing::read_table(*ByteSource::open_file(file, file.filename()), {}, 1000);
    EXPECT_EQ(failure_code(table), "") << file;
    ASSERT_EQ(table.rows.size(), expected.size()) << file;
    for (std::size_t row = 0; row < expected.size(); ++row) {
      const bool spoilt = std::any_of(table.faults.begin(), table.faults.end(),
                                      [&](const testing::SeenFault& fault) { return fault.row == row; });
      if (spoilt) continue;
      ASSERT_EQ(table.rows[row], expected[row]) << file << " row " << row;
    }
    const bool title_is_narrower =
        file.filename() == "patients_2020-03-05.csv";  // Hokkaido: a title of two cells
    EXPECT_TRUE(table.faults.empty() || title_is_narrower) << file << " " << table.faults.front().code;
  }
}

TEST(CsvRealData, FindsTheHeaderBelowTheTitles) {
  const auto file = data_folder() / "line-lists/hokkaido/patients_2020-03-05.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the published file is not here: " << file;
  const auto plain = testing::naive_rows(as_utf8(base::read_file(file, 1U << 30).value()));
  TableOptions options;
  options.header.columns = {"No", "年代", "性別", "居住地"};
  const auto table = testing::read_table(*ByteSource::open_file(file, "hokkaido.csv"), options, 1000);
  EXPECT_EQ(failure_code(table), "");
  EXPECT_EQ(table.titles.size() + table.rows.size() + 1, plain.size());
  EXPECT_TRUE(table.faults.empty());
  EXPECT_EQ(table.columns.size(), 13U);
}

}  // namespace
}  // namespace musubi::document
