// The real files of Tokyo and Osaka, where they are at hand: every row is a record or skipped for a reason,
// and what is counted from the records equals what is counted from the cells by other means.
#include <cstdlib>
#include <map>

#include "fixture.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;
using Counts = std::map<std::string, std::size_t>;

fs::path shared_data() {
  const char* given = std::getenv("MUSUBI_SHARED_DATA");
  return given != nullptr ? fs::path(given) : project_file("../shared/data");
}

struct RealFile {
  std::string mapping, file, sheet;
  std::size_t records, skipped;
};
void PrintTo(const RealFile& real, std::ostream* out) { *out << real.mapping << " " << real.file; }

/// Everything of one table, by record and, for counting by other means, by cell.
struct Table {
  std::size_t records = 0, skipped = 0, faults = 0, held = 0;
  std::map<std::string, Counts> by_field, by_column;
};

std::string text_of(const model::Value& value) {
  if (value.silent()) return "(silent)";
  if (value.is_absent()) return "(" + std::string(model::name_of(value.absent_reason())) + ")";
  return model::to_text(value);
}

void count_records(const model::RecordBatch& records, Table& table) {
  const auto& layout = records.layout();
  for (std::size_t record = 0; record < records.size(); ++record)
    for (std::size_t slot = 0; slot < layout.slots.size(); ++slot)
      ++table.by_field[layout.catalogue->at(layout.slots[slot]).id][text_of(records.values(record)[slot])];
  std::size_t last = records.size();
  for (const auto& finding : records.findings()) {
    if (finding.severity == model::Severity::error && finding.record != last) ++table.held;
    if (finding.severity == model::Severity::error) last = finding.record;
  }
}

void count_cells(const document::RowBatch& rows, std::span<const std::string> columns, Table& table) {
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t column = 0; column < columns.size(); ++column)
      ++table.by_column[columns[column]][std::string(rows.row(row)[column].text())];
}

const MappingSet& shipped() {
  static const auto set = MappingSet::load(project_file("mappings"), shipped_context());
  if (set.has_error()) throw std::runtime_error(explained(set.error()));
  return **set;
}

document::TableOptions options_for(const Mapping& mapping, const std::string& sheet) {
  document::TableOptions options;
  options.header.columns = mapping.head().columns;
  options.sheet = sheet;
  return options;
}

Table map_table(const std::string& id, const std::string& file, const std::string& sheet) {
  const auto mapping = shipped().find(id);
  const auto bytes = document::ByteSource::open_file(shared_data() / "line-lists" / file, file).value();
  const auto reader = document::open_rows(mapping->head().reads, bytes, options_for(*mapping, sheet)).value();
  const auto bound = mapping->bind(reader->columns()).value();
  EXPECT_TRUE(bound.drift().empty());
  Table table;
  document::RowBatch rows;
  while (reader->read(rows, 500).value() != 0) {
    model::RecordBatch records(bound.layout());
    const auto applied = bound.apply(rows, records);
    table.records += applied.records;
    table.skipped += applied.skipped.size();
    table.faults += rows.faults().size();
    count_records(records, table);
    count_cells(rows, reader->columns(), table);
  }
  return table;
}

bool at_hand(const std::string& file) { return fs::exists(shared_data() / "line-lists" / file); }
#define NEEDS(file)   \
  if (!at_hand(file)) \
  GTEST_SKIP() << "The real file " << (file) << " is not at hand (set MUSUBI_SHARED_DATA)."

class RealFiles : public ::testing::TestWithParam<RealFile> {};

TEST_P(RealFiles, EndInRecordsWithHardlyAnyHeld) {
  NEEDS(GetParam().file);
  const auto table = map_table(GetParam().mapping, GetParam().file, GetParam().sheet);
  EXPECT_EQ(table.records, GetParam().records);
  EXPECT_EQ(table.skipped, GetParam().skipped);
  EXPECT_EQ(table.faults, 0U);
  EXPECT_LT(table.held * 100, table.records) << "less than one in a hundred is held for review";
}

const char* const kCasesSheet = "【公開OK】府HP用(陽性者ベース)";
const char* const kDaysSheet = "【公開OK】コロナサイト用（日付ベース）";

INSTANTIATE_TEST_SUITE_P(
    LineLists, RealFiles,
    ::testing::Values(
        RealFile{"tokyo/positive-cases", "tokyo/130001_tokyo_covid19_patients_2020-03-29.csv", "", 430, 0},
        RealFile{"tokyo/positive-cases", "tokyo/130001_tokyo_covid19_patients_2020-04-20.csv", "", 3184, 0},
        RealFile{"tokyo/positive-counts-by-municipality",
                 "tokyo/130001_tokyo_positive_cases_by_municipality.csv", "", 58240, 0},
        RealFile{"osaka/positive-cases", "osaka/patients_2020-10-26_cp932.csv", "", 12089, 0},
        RealFile{"osaka/daily-totals", "osaka/summary_2021-02-22_cp932.csv", "", 394, 0},
        RealFile{"osaka/onsets", "osaka/onset_2021-05-06_cp932.csv", "", 443, 0},
        RealFile{"osaka/workbook-positive-cases", "osaka/patients_and_inspections_2020-04-05.xlsx",
                 kCasesSheet, 387, 0},
        RealFile{"osaka/workbook-positive-cases", "osaka/patients_and_inspections_2020-07-28.xlsx",
                 kCasesSheet, 3188, 0},
        RealFile{"osaka/workbook-daily-totals", "osaka/patients_and_inspections_2020-04-05.xlsx", kDaysSheet,
                 70, 1},
        RealFile{"osaka/workbook-daily-totals", "osaka/patients_and_inspections_2020-07-28.xlsx", kDaysSheet,
                 183, 1}));

std::size_t sum(const Counts& counts, std::initializer_list<const char*> words) {
  std::size_t all = 0;
  for (const auto* word : words)
    if (const auto found = counts.find(word); found != counts.end()) all += found->second;
  return all;
}

TEST(RealTokyo, CountsAgreeWithTheCells) {
  const std::string file = "tokyo/130001_tokyo_covid19_patients_2020-04-20.csv";
  NEEDS(file);
  auto table = map_table("tokyo/positive-cases", file, "");
  EXPECT_EQ(table.by_field["report.published_on"], table.by_column["公表_年月日"]);
  EXPECT_EQ(table.by_field["report.local_id"], table.by_column["No"]);
  auto& sex = table.by_column["患者_性別"];
  EXPECT_EQ(sum(table.by_field["patient.sex"], {"male"}), sum(sex, {"男性"}));
  EXPECT_EQ(sum(table.by_field["patient.sex"], {"female"}), sum(sex, {"女性"}));
  EXPECT_EQ(sum(table.by_field["patient.sex"], {"(unknown)"}), sum(sex, {"不明"}));
  EXPECT_EQ(sum(table.by_field["patient.age_band"], {"60s"}),
            sum(table.by_column["患者_年代"], {"60代", "60"}));
  EXPECT_EQ(sum(table.by_field["outcome.discharged"], {"true"}), sum(table.by_column["退院済フラグ"], {"1"}));
}

TEST(RealTokyo, LocalIdsOfCountsAreUnique) {
  const std::string file = "tokyo/130001_tokyo_positive_cases_by_municipality.csv";
  NEEDS(file);
  auto table = map_table("tokyo/positive-counts-by-municipality", file, "");
  EXPECT_EQ(table.by_field["count.local_id"].size(), table.records);
  EXPECT_EQ(table.by_field["count.positives_cumulative"], table.by_column["陽性者数"]);
}

TEST(RealOsaka, CountsAgreeWithTheCells) {
  const std::string file = "osaka/patients_2020-10-26_cp932.csv";
  NEEDS(file);
  auto table = map_table("osaka/positive-cases", file, "");
  EXPECT_EQ(table.by_field["report.published_on"], table.by_column["報道提供日"]);
  EXPECT_EQ(sum(table.by_field["patient.course"], {"discharged"}), sum(table.by_column["退院"], {"退院"}));
  EXPECT_EQ(table.by_field["patient.course"].size(), table.by_column["退院"].size());
  EXPECT_EQ(sum(table.by_field["patient.residence.code"], {"271004"}),
            sum(table.by_column["居住地"], {"大阪市"}));
  EXPECT_EQ(table.by_field["patient.residence.code"].size(), table.by_column["居住地"].size());
}

TEST(RealOsaka, WorkbookDatesAgreeWithTheSerialNumbersOfTheSheet) {
  const std::string file = "osaka/patients_and_inspections_2020-07-28.xlsx";
  NEEDS(file);
  auto table = map_table("osaka/workbook-positive-cases", file, kCasesSheet);
  EXPECT_EQ(table.by_field["report.published_on"]["2020-07-24"], 149U) << "serial 44036";
  EXPECT_EQ(table.by_field["report.published_on"]["2020-07-26"], 141U) << "serial 44038";
  EXPECT_EQ(table.by_field["onset.date"]["2020-07-17"], 105U) << "serial 44029";
  EXPECT_EQ(table.by_field["onset.date"]["--04"], 5U) << "4月初旬 three times, 4月初め twice";
  EXPECT_EQ(table.by_field["patient.age_band"]["under_10"], 3U) << "age 0";
}

}  // namespace
}  // namespace musubi::mapping
