// Every Tokyo and Osaka file that is at hand travels the road; counts are compared with counts made by other
// means.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "hub.h"

namespace {

namespace fs = std::filesystem;
using musubi::testing::Hub;

fs::path data_folder() {
  if (const char* named = std::getenv("MUSUBI_SHARED_DATA")) return named;
  return fs::path(MUSUBI_PROJECT_FOLDER) / "../shared/data";
}

class RealFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(data_folder() / "line-lists"))
      GTEST_SKIP() << "skipped: no real files at " << data_folder();
  }
  Hub hub_;
};

std::vector<std::string> files_of(const std::string& source) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(data_folder() / "line-lists" / source))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Splits plain lines at commas: the lists of Tokyo and Osaka have no quoted commas. Values of one column,
/// counted.
std::map<std::string, std::uint64_t> counted_by_hand(const fs::path& file, std::size_t column) {
  std::map<std::string, std::uint64_t> counts;
  std::ifstream in(file, std::ios::binary);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t index = 0; index <= column; ++index) std::getline(cells, cell, ',');
    ++counts[cell];
  }
  return counts;
}

std::map<std::string, std::uint64_t> counted_from_store(const Hub& hub, const std::string& source) {
  std::map<std::string, std::uint64_t> counts;
  std::istringstream lines(hub.run({"query", "--format", "ndjson", "--fields", "report.published_on"}).out);
  for (std::string line; std::getline(lines, line);) {
    const auto record = boost::json::parse(line).as_object();
    if (record.at("_source").as_string() != source) continue;
    ++counts[record.at("report.published_on").as_string().c_str()];
  }
  return counts;
}

TEST_F(RealFiles, no_row_is_lost_and_under_one_percent_is_held) {
  for (const std::string source : {"tokyo", "osaka"}) {
    std::vector<std::string> arguments{"import", "--source", source};
    for (const auto& file : files_of(source)) arguments.push_back(file);
    const auto outcome = hub_.run(arguments);
    EXPECT_LE(outcome.exit_code, 1) << outcome.out << outcome.err;
  }
  EXPECT_TRUE(hub_.balanced());
  EXPECT_EQ(hub_.count("in_flight"), 0U);
  EXPECT_LT(hub_.count("in_review") + hub_.count("rejected"), hub_.count("received") / 100);
  EXPECT_EQ(hub_.run({"doctor"}).exit_code, 0);
}

TEST_F(RealFiles, tokyo_twice_counts_per_day_agree) {
  const auto folder = data_folder() / "line-lists/tokyo";
  const auto first = folder / "130001_tokyo_covid19_patients_2020-03-29.csv";
  const auto second = folder / "130001_tokyo_covid19_patients_2020-04-20.csv";
  ASSERT_TRUE(hub_.import({"--source", "tokyo", first}));
  EXPECT_EQ(counted_from_store(hub_, "tokyo"), counted_by_hand(first, 4));
  ASSERT_TRUE(hub_.import({"--source", "tokyo", second}));
  auto expected = counted_by_hand(second, 4);
  EXPECT_EQ(hub_.count("received"), 430U + 3184U);
  std::uint64_t stored = 0;
  for (const auto& [day, count] : counted_from_store(hub_, "tokyo")) {
    EXPECT_GE(count, expected[day]) << day;
    stored += count;
  }
  EXPECT_GE(stored, 3184U);
}

TEST_F(RealFiles, osaka_cp932_counts_per_day_agree) {
  const auto file = data_folder() / "line-lists/osaka/patients_2020-10-26_cp932.csv";
  ASSERT_TRUE(hub_.import({"--source", "osaka", file}));
  EXPECT_EQ(hub_.count("received"), 12'089U);
  EXPECT_EQ(counted_from_store(hub_, "osaka"), counted_by_hand(file, 1));
}

}  // namespace
