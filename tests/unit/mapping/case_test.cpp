// Every file of cases/ holds a mapping, a file to read with it and what must come of it: records, findings
// and skipped rows, or the problems of the mapping with their places. A case can be added without writing
// C++.
#include <algorithm>
#include <fstream>

#include "fixture.h"
#include "musubi/base/yaml_map.h"
#include "musubi/mapping/outward.h"
#include "temporary_folder.h"

namespace musubi::mapping {
namespace {

using Lines = std::vector<std::string>;
using testing::TemporaryFolder;

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("tests/unit/mapping/cases")))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// The mapping of a case, with those it extends, in a folder of its own.
class Case : public ::testing::TestWithParam<std::filesystem::path> {
 protected:
  void SetUp() override {
    root_ = base::read_yaml_file(GetParam(), problems_);
    ASSERT_TRUE(root_) << GetParam();
    const base::YamlMap map(*root_,
                            {"mapping", "extends", "input", "records", "findings", "skipped", "problems",
                             "written", "provenance"},
                            problems_);
    ASSERT_FALSE(problems_.has_errors()) << explained(problems_.as_error());
    write("test/case.yaml", map.required_word("mapping"));
    if (const auto* bases = map.find("extends"))
      for (const auto& [name, node] : bases->entries) write(name.text, node.text);
  }

  void write(const std::string& name, const std::string& text) {
    const auto path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  std::filesystem::path file() const { return folder_.path() / "test/case.yaml"; }
  bool says(std::string_view key) const { return root_->find(key) != nullptr; }
  Lines lines(std::string_view key) { return base::YamlMap(*root_, problems_).words(key); }

  TemporaryFolder folder_;
  base::Problems problems_;
  std::optional<base::YamlNode> root_;
};

std::string shown(const model::Finding& finding, const model::RecordLayout& layout) {
  std::string text = std::to_string(finding.record + 1) + " " + std::string(finding.code);
  if (finding.field != model::kNoField) text += " " + layout.catalogue->at(finding.field).id;
  text += " " + std::string(model::name_of(finding.severity));
  return finding.rejects ? text + " rejects" : text;
}

/// "mapping:line from" of every field of a record.
std::string provenance(const model::RecordLayout& layout, std::span<const model::Value> values) {
  std::string text;
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot].silent()) continue;
    const auto& rule = layout.rules[values[slot].rule()];
    text += (text.empty() ? "" : "; ") + layout.catalogue->at(layout.slots[slot]).id + " <- " +
            (rule.mapping.empty() ? "" : rule.mapping + ":") + std::to_string(rule.line) + " " + rule.from;
  }
  return text;
}

TEST_P(Case, ComesOutAsItSays) {
  if (says("problems")) {
    Lines found;
    for (const auto& problem : lint(file(), shipped_context())) {
      if (problem.severity == model::Severity::information) continue;
      const auto& place = problem.error.place();
      const auto name = std::filesystem::path(place.file).filename().string();
      found.push_back((name == "case.yaml" ? "" : name + ":") + std::to_string(place.line) + ":" +
                      std::to_string(place.column) + " " + problem.error.code());
    }
    EXPECT_EQ(found, lines("problems"));
  }
  if (!says("input")) return;
  const auto mapping = Mapping::load(file(), shipped_context());
  ASSERT_TRUE(mapping.has_value()) << explained(mapping.error());
  const auto& head = (*mapping)->head();
  document::TableOptions options;
  options.header.columns = head.columns;
  options.items = head.items;
  options.lists = head.lists;
  auto table = document::open_rows(
      head.reads, document::ByteSource::of_text(root_->find("input")->text, "input"), options);
  ASSERT_TRUE(table.has_value()) << explained(table.error());
  const auto rows = (*mapping)->items_of(std::move(*table));
  const auto bound = (*mapping)->bind(rows->columns());
  ASSERT_TRUE(bound.has_value()) << explained(bound.error());
  model::RecordBatch records(bound->layout());
  Lines skipped;
  document::RowBatch batch;
  // Two rows at a time, so that items cross the batches of the reader.
  for (;;) {
    const auto got = rows->read(batch, 2);
    ASSERT_TRUE(got.has_value()) << explained(got.error());
    if (*got == 0) break;
    for (const auto& fault : batch.faults())
      skipped.push_back(std::to_string(batch.origin(fault.row_index).row) + " " + std::string(fault.code));
    for (const auto& row : bound->apply(batch, records).skipped)
      skipped.push_back(std::to_string(batch.origin(row.row_index).row) + " " +
                        bound->skip_reasons()[row.reason].because);
  }
  Lines found, findings, origins;
  for (std::size_t record = 0; record < records.size(); ++record) {
    found.push_back(model::to_json(records.layout(), records.values(record)));
    origins.push_back(provenance(records.layout(), records.values(record)));
  }
  for (const auto& finding : records.findings()) findings.push_back(shown(finding, records.layout()));
  EXPECT_EQ(found, lines("records"));
  EXPECT_EQ(findings, lines("findings"));
  EXPECT_EQ(skipped, lines("skipped"));
  if (says("provenance")) {
    EXPECT_EQ(origins, lines("provenance"));
  }
}

/// What is pinned comes back as it was.
TEST_P(Case, CanBePinned) {
  const auto mapping = Mapping::load(file(), shipped_context());
  if (mapping.has_error()) return;
  const auto again = Mapping::parse((*mapping)->text(), "pinned", shipped_context());
  ASSERT_TRUE(again.has_value()) << explained(again.error());
  EXPECT_EQ((*again)->digest(), (*mapping)->digest());
  EXPECT_EQ((*again)->text(), (*mapping)->text());
  EXPECT_EQ((*again)->head().columns, (*mapping)->head().columns);
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& file) {
  auto name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Mappings, Case, ::testing::ValuesIn(case_files()), test_name);

}  // namespace
}  // namespace musubi::mapping
