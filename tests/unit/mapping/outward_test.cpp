// Canonical records → what others read. Every file of outward/ holds a mapping that reads, its input, and the
// shipped mapping (or one of its own) that writes, with the lines it writes and what it finds.
#include "musubi/mapping/outward.h"

#include <algorithm>

#include "fixture.h"
#include "musubi/base/yaml_map.h"

namespace musubi::mapping {
namespace {

using Lines = std::vector<std::string>;

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("tests/unit/mapping/outward")))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

model::RecordBatch records_of(const Mapping& mapping, const std::string& input) {
  document::TableOptions options;
  options.header.columns = mapping.head().columns;
  auto table =
      document::open_rows(mapping.head().reads, document::ByteSource::of_text(input, "input"), options);
  if (table.has_error()) throw std::runtime_error(explained(table.error()));
  const auto rows = mapping.items_of(std::move(*table));
  const auto bound = mapping.bind(rows->columns());
  if (bound.has_error()) throw std::runtime_error(explained(bound.error()));
  model::RecordBatch records(bound->layout());
  document::RowBatch batch;
  if (rows->read(batch, 1000).has_error()) throw std::runtime_error("input");
  bound->apply(batch, records);
  return records;
}

std::shared_ptr<const Mapping> writing(const base::YamlMap& map) {
  const auto text = map.text("mapping");
  auto mapping = text ? Mapping::parse(text->text, "case", shipped_context())
                      : Mapping::load(project_file(map.required_word("writes")), shipped_context());
  if (mapping.has_error()) throw std::runtime_error(explained(mapping.error()));
  return *mapping;
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
  }
  return lines;
}

class Outward : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Outward, WritesWhatTheCaseSays) {
  base::Problems problems;
  const auto root = base::read_yaml_file(GetParam(), problems);
  ASSERT_TRUE(root);
  const base::YamlMap map(*root, {"reads", "input", "writes", "mapping", "written", "findings"}, problems);
  const auto records = records_of(*parsed(map.required_word("reads")), map.required_word("input"));
  auto writer = RecordWriter::make(writing(map));
  ASSERT_TRUE(writer.has_value()) << explained(writer.error());
  std::string text = writer->heading();
  std::vector<OutwardFinding> findings;
  for (std::size_t record = 0; record < records.size(); ++record) {
    const auto written = writer->write(records.layout(), records.values(record), text, findings);
    ASSERT_TRUE(written.has_value()) << explained(written.error());
  }
  Lines found;
  for (const auto& finding : findings)
    found.push_back(std::string(finding.code) + " " + finding.target + (finding.holds ? " holds" : ""));
  EXPECT_EQ(lines_of(text), map.words("written"));
  EXPECT_EQ(found, map.words("findings"));
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& file) {
  auto name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Mappings, Outward, ::testing::ValuesIn(case_files()), test_name);

TEST(RecordCondition, SeesFieldsByTheStepsOfTheirIds) {
  const auto records = records_of(*parsed(mapping_with("  patient.sex: { from: a, absent: usual }\n"
                                                       "  onset.date: { from: b, on_error: review }\n")),
                                  "a,b,c\n男,2020-04-01,x\n不明,2020-03,x\n");
  const auto holds = [&](const char* text, std::size_t record) {
    auto condition = RecordCondition::compile(text, shipped_context(), model::RecordKind::case_report);
    if (condition.has_error()) throw std::runtime_error(explained(condition.error()));
    return *condition->holds(records.layout(), records.values(record));
  };
  EXPECT_TRUE(holds("patient.sex = 'male'", 0));
  EXPECT_FALSE(holds("patient.sex = 'male'", 1));
  EXPECT_TRUE(holds("patient.sex.absent = 'unknown'", 1));
  EXPECT_TRUE(holds("onset.date > @2020-03-31", 0));
  EXPECT_TRUE(holds("onset.date < @2020-04-01", 1));
  EXPECT_FALSE(holds("test.exists()", 0));
}

TEST(RecordCondition, RefusesAPathThatNoRecordHas) {
  const auto condition =
      RecordCondition::compile("patient.sexx = 'male'", shipped_context(), model::RecordKind::case_report);
  ASSERT_TRUE(condition.has_error());
  EXPECT_EQ(condition.error().code(), "fhirpath.type.element_near");
  EXPECT_EQ(condition.error().place().column, 9U);
}

TEST(RecordWriter, IsMadeOfAMappingThatWrites) {
  const auto writer =
      RecordWriter::make(parsed(mapping_with("  patient.sex: { from: a, on_error: review }\n")));
  ASSERT_TRUE(writer.has_error());
  EXPECT_EQ(writer.error().code(), "mapping.not_outward");
}

}  // namespace
}  // namespace musubi::mapping
