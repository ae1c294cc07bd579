// Tests of mappings, tested. Every file of tests/ holds a mapping, its test file, and what comes of it: the
// problems of the file, or the differences and the parts that no test notices when they are missing.
#include "musubi/mapping/tests.h"

#include <algorithm>

#include "fixture.h"
#include "musubi/base/yaml_map.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const fs::path kFolder = project_file("tests/unit/mapping/tests");

std::vector<fs::path> case_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

Lines problem_lines(const base::Error& error) {
  Lines lines;
  for (const auto* each = error.cause(); each != nullptr; each = each->cause())
    lines.push_back(std::to_string(each->place().line) + " " + each->code());
  return lines;
}

Lines difference_lines(const TestReport& report) {
  Lines lines;
  for (const auto& each : report.cases)
    for (const auto& [place, path, expected, came, rule, column, cell] : each.differences)
      lines.push_back(each.name + " | " + std::to_string(place.line) + " | " + path + " | " + expected +
                      " | " + came + " | " + std::to_string(rule.line) +
                      (column.empty() ? "" : " " + column + "=" + cell));
  return lines;
}

Lines gap_lines(const Coverage& coverage) {
  Lines lines;
  for (const auto& gap : coverage.gaps)
    lines.push_back((gap.exercised ? "not noticed: " : "not exercised: ") + gap.what);
  return lines;
}

class TestsOfMappings : public ::testing::TestWithParam<fs::path> {};

TEST_P(TestsOfMappings, GiveWhatTheFileSays) {
  base::Problems problems;
  const auto root = base::read_yaml_file(GetParam(), problems);
  ASSERT_TRUE(root);
  const base::YamlMap map(*root, {"about", "mapping", "tests", "problems", "differences", "gaps"}, problems);
  const auto mapping = parsed(map.required_word("mapping"));
  const auto tests = Tests::parse(map.required_word("tests"), kFolder / "case.test.yaml", mapping,
                                  "mapping.yaml", project_file("mappings/valuesets"));
  if (tests.has_error()) {
    EXPECT_EQ(problem_lines(tests.error()), map.words("problems")) << explained(tests.error());
    return;
  }
  EXPECT_EQ(Lines{}, map.words("problems"));
  const auto report = tests->run();
  EXPECT_EQ(difference_lines(report), map.words("differences"));
  if (report.failed() == 0) {
    EXPECT_EQ(gap_lines(tests->coverage()), map.words("gaps"));
  }
  EXPECT_FALSE(problems.has_errors()) << explained(problems.as_error());
}

std::string test_name(const ::testing::TestParamInfo<fs::path>& file) {
  auto name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, TestsOfMappings, ::testing::ValuesIn(case_files()), test_name);

/// Those that Musubi ships.
std::vector<fs::path> shipped_tests() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(project_file("mappings")))
    if (entry.path().filename().string().ends_with(".test.yaml")) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

bool is_of_value_set(const fs::path& file) { return file.parent_path().filename() == "valuesets"; }

fs::path mapping_of(const fs::path& test_file) {
  const auto name = test_file.filename().string();
  return test_file.parent_path() / (name.substr(0, name.find(".test.yaml")) + ".yaml");
}

TEST(ShippedTests, PassAndNoticeWhateverIsTakenAway) {
  for (const auto& file : shipped_tests()) {
    if (is_of_value_set(file)) continue;
    const auto mapping = Mapping::load(mapping_of(file), shipped_context());
    ASSERT_TRUE(mapping.has_value()) << file;
    const auto tests =
        Tests::load(file, *mapping, mapping_of(file).string(), project_file("mappings/valuesets"));
    ASSERT_TRUE(tests.has_value()) << explained(tests.error());
    EXPECT_EQ(difference_lines(tests->run()), Lines{}) << file;
    const auto coverage = tests->coverage();
    EXPECT_EQ(gap_lines(coverage), Lines{}) << file;
    EXPECT_GT(coverage.parts, 0U) << file;
    EXPECT_EQ(coverage.noticed, coverage.parts) << file;
  }
}

TEST(ShippedTests, AreThereForEveryMappingThatIsRead) {
  const auto set = MappingSet::files(project_file("mappings"));
  ASSERT_TRUE(set.has_value());
  for (const auto& file : *set) {
    const auto mapping = Mapping::load(file, shipped_context());
    ASSERT_TRUE(mapping.has_value()) << file;
    EXPECT_TRUE(fs::exists(tests_of(file)) || !(*mapping)->head().ignored_because.empty()) << file;
  }
}

TEST(ShippedTests, WordsOfValueSetsMeanWhatTheySay) {
  for (const auto& file : shipped_tests()) {
    if (!is_of_value_set(file)) continue;
    const auto report = try_words(file, shipped_context());
    ASSERT_TRUE(report.has_value()) << explained(report.error());
    EXPECT_FALSE(report->cases.empty()) << file;
    EXPECT_EQ(difference_lines(*report), Lines{}) << file;
  }
}

TEST(Tests, StandBesideTheMapping) {
  EXPECT_EQ(tests_of("mappings/tokyo/positive-cases.yaml"), "mappings/tokyo/positive-cases.test.yaml");
}

}  // namespace
}  // namespace musubi::mapping
