// The mappings that Musubi ships: clean under lint, and made-up rows of each layout map to what stands in
// tests/flow/<source>/<mapping>[.variant]/expected.txt. MUSUBI_UPDATE_GOLDEN=1 writes the texts anew.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "fixture.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;

const MappingSet& shipped() {
  static const auto set = MappingSet::load(project_file("mappings"), shipped_context());
  if (set.has_error()) throw std::runtime_error(explained(set.error()));
  return **set;
}

std::vector<fs::path> files_of(const fs::path& folder, const std::string& name_or_extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().filename() == name_or_extension || entry.path().extension() == name_or_extension)
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// Of a mapping; tests beside it are none.
std::vector<base::Problem> findings_of(const fs::path& file) {
  if (file.stem().extension() == ".test") return {};
  return lint(file, shipped_context());
}

TEST(ShippedMappings, HaveNoLintFindings) {
  for (const auto* source :
       {"mappings/tokyo", "mappings/osaka", "mappings/fhir", "mappings/hersys", "mappings/open-data"})
    for (const auto& file : files_of(project_file(source), ".yaml"))
      for (const auto& finding : findings_of(file))
        if (finding.severity != model::Severity::information) ADD_FAILURE() << explained(finding.error);
}

TEST(ShippedMappings, AreInTheFolderOfTheirSource) {
  EXPECT_EQ(shipped().of_source("tokyo").size(), 3U);
  EXPECT_EQ(shipped().of_source("osaka").size(), 7U);
}

std::string drift_text(const Drift& drift) {
  std::string text;
  for (const auto& column : drift.missing) text += "missing " + column + "\n";
  for (const auto& column : drift.unknown) text += "unknown " + column + "\n";
  for (const auto& [from, to] : drift.renamed) text += "renamed " + from + " -> " + to + "\n";
  return text;
}

std::string result_text(const BoundMapping& mapping, const Mapped& mapped) {
  std::string text = drift_text(mapping.drift());
  for (std::size_t index = 0; index < mapped.records.size(); ++index)
    text += "record " + mapped.json(index) + "\n";
  for (const auto& skipped : mapped.applied.skipped)
    text += "skipped row " + std::to_string(skipped.row_index + 1) + ": " +
            mapping.skip_reasons()[skipped.reason].because + "\n";
  const auto findings = mapped.findings();
  for (std::size_t index = 0; index < findings.size(); ++index)
    text += "finding in record " + std::to_string(mapped.records.findings()[index].record + 1) + ": " +
            findings[index] + "\n";
  return text;
}

std::string map_file(const Mapping& mapping, const fs::path& input) {
  auto bytes = document::ByteSource::open_file(input, input.filename().string());
  if (bytes.has_error()) return explained(bytes.error());
  document::TableOptions options;
  options.header.columns = mapping.head().columns;
  auto reader = document::open_rows(mapping.head().reads, *bytes, options);
  if (reader.has_error()) return explained(reader.error());
  const auto bound = mapping.bind((*reader)->columns());
  if (bound.has_error()) return explained(bound.error());
  document::RowBatch rows;
  const auto read = (*reader)->read(rows, 1000);
  if (read.has_error()) return explained(read.error());
  Mapped mapped{model::RecordBatch(bound->layout()), {}};
  mapped.applied = bound->apply(rows, mapped.records);
  return result_text(*bound, mapped);
}

class MadeUpRows : public ::testing::TestWithParam<fs::path> {};

TEST_P(MadeUpRows, MapToWhatIsExpected) {
  const auto folder = GetParam().parent_path();
  const auto id = folder.parent_path().filename().string() + "/" + folder.stem().string();
  const auto mapping = shipped().find(id);
  ASSERT_NE(mapping, nullptr) << id;
  const auto text = map_file(*mapping, GetParam());
  if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr) std::ofstream(folder / "expected.txt") << text;
  std::ostringstream expected;
  expected << std::ifstream(folder / "expected.txt").rdbuf();
  EXPECT_EQ(text, expected.str());
}

std::vector<fs::path> inputs() {
  auto all = files_of(project_file("tests/flow/tokyo"), "input.csv");
  std::ranges::copy(files_of(project_file("tests/flow/osaka"), "input.csv"), std::back_inserter(all));
  return all;
}

INSTANTIATE_TEST_SUITE_P(Flow, MadeUpRows, ::testing::ValuesIn(inputs()), [](const auto& file) {
  const auto folder = file.param.parent_path();
  auto name = folder.parent_path().filename().string() + "_" + folder.filename().string();
  std::ranges::replace_if(
      name, [](char each) { return each == '-' || each == '.'; }, '_');
  return name;
});

using musubi::testing::HandCell;
HandCell number(const char* text) { return HandCell(text, document::CellKind::number); }
HandCell day(const char* text) { return HandCell(text, document::CellKind::date_serial); }

TEST(OsakaWorkbook, ReadsCasesOfAprilAndJuly) {
  const auto mapping = shipped().find("osaka/workbook-positive-cases");
  for (const auto* last : {"入退院の状況", "退院"}) {
    const auto bound = mapping->bind(
        std::vector<std::string>{"番号", "報道提供日", "年代", "性別", "居住地", "発症日", "症状", last});
    ASSERT_TRUE(bound.has_value());
    EXPECT_TRUE(bound->drift().empty()) << last;
    const auto mapped = map_rows(
        *bound,
        {{number("1"), day("2020-04-01"), number("40"), "男性", "大阪市", number("43920"), "軽症", "入院中"},
         {number("2"), day("2020-04-01"), number("0"), "女性", "府外", "4月初旬", "―", "死亡退院"},
         {number("3"), number("43922"), "未就学児", "女性", "熊取町", "ー", "ー", "宿泊療養"}},
        8);
    EXPECT_TRUE(mapped.findings().empty());
    EXPECT_NE(mapped.json(0).find(R"("onset.date":"2020-03-30")"), std::string::npos) << mapped.json(0);
    EXPECT_NE(mapped.json(1).find(R"("onset.date":"--04")"), std::string::npos) << mapped.json(1);
    EXPECT_NE(mapped.json(1).find(R"("patient.age_band":"under_10")"), std::string::npos) << mapped.json(1);
    EXPECT_NE(mapped.json(2).find(R"("report.published_on":"2020-04-01")"), std::string::npos)
        << mapped.json(2);
  }
}

TEST(OsakaWorkbook, CountsDaysAndLeavesTheTotalOut) {
  const auto mapping = shipped().find("osaka/workbook-daily-totals");
  const auto bound =
      mapping->bind(std::vector<std::string>{"", "検査件数", "陽性人数", "陽性累計", "現在陽性者数", "退院",
                                             "退院済累計", "退院判明", "退院判明累計", "死亡"});
  ASSERT_TRUE(bound.has_value());
  EXPECT_TRUE(bound->drift().empty());
  const auto mapped =
      map_rows(*bound, {{day("2020-04-01"), number("10"), number("2")}, {"計", number("10")}}, 10);
  EXPECT_EQ(mapped.applied.records, 1U);
  ASSERT_EQ(mapped.applied.skipped.size(), 1U);
  EXPECT_NE(mapped.json().find(R"("count.local_id":"daily/2020-04-01")"), std::string::npos);
}

}  // namespace
}  // namespace musubi::mapping
