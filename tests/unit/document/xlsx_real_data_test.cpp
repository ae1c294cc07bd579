// The workbooks that were really published.
#include <gmock/gmock.h>

#include <algorithm>

#include "musubi/document/row_reader.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::WholeTable;

class XlsxRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(lists_))
      GTEST_SKIP() << "the published files are not here: " << lists_;
  }
  WholeTable table(const std::string& file, const TableOptions& options) const {
    return testing::whole_table(open_xlsx(ByteSource::open_file(lists_ / file, file).value(), options), 500);
  }
  std::filesystem::path lists_ = testing::published_data() / "line-lists";
};

TEST_F(XlsxRealData, OsakaByPatient) {
  TableOptions options;
  options.header.columns = {"番号", "報道提供日", "年代", "性別", "居住地", "発症日", "症状", "退院"};
  for (const auto& [file, rows] : {std::pair("osaka/patients_and_inspections_2020-04-05.xlsx", 387U),
                                   std::pair("osaka/patients_and_inspections_2020-07-28.xlsx", 3188U)}) {
    const auto patients = table(file, options);
    ASSERT_EQ(patients.code(), "") << file;
    EXPECT_EQ(patients.columns.size(), 8U);
    EXPECT_TRUE(
        std::equal(patients.columns.begin(), patients.columns.end() - 1, options.header.columns.begin()))
        << "the last column was renamed in between";
    EXPECT_EQ(patients.rows.size(), rows);
    EXPECT_EQ(patients.titles.size(), 1U);
    EXPECT_THAT(patients.faults, IsEmpty());
    EXPECT_TRUE(std::all_of(patients.cells.begin(), patients.cells.end(), [](const auto& row) {
      return row[1].kind == CellKind::date_serial;
    })) << "format 56 of a Japanese Excel is a date";
    EXPECT_EQ(patients.rows[0][1], "2020-01-29");
  }
}

TEST_F(XlsxRealData, OsakaByDay) {
  TableOptions options;
  options.sheet = "日付ベース";
  options.header.columns = {"検査件数", "陽性人数", "陽性累計"};
  const auto days = table("osaka/patients_and_inspections_2020-07-28.xlsx", options);
  ASSERT_EQ(days.code(), "");
  EXPECT_EQ(days.rows.size(), 184U);
  EXPECT_EQ(days.rows.front()[0], "2020-01-26");
}

TEST_F(XlsxRealData, KobeFoldsHeadersAndKyotoHasDatesAcross) {
  TableOptions options;
  options.sheet = "kobe";
  const auto kobe = table("kobe/kansensya_pcr.xlsx", options);
  EXPECT_EQ(kobe.rows.size(), 107U);
  EXPECT_TRUE(std::none_of(kobe.columns.begin(), kobe.columns.end(),
                           [](const std::string& name) { return name.find('\n') != name.npos; }));
  const auto kyoto = table("kyoto/analyze_2020-08.xlsx", {});
  EXPECT_EQ(kyoto.columns[1], "2020-07-03");
  EXPECT_EQ(kyoto.rows.size(), 33U);
}

}  // namespace
}  // namespace musubi::document
