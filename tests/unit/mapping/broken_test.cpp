// What lint says of the broken mappings of tests/unit/app/lint/mapping, and what keeps them from loading. The
// texts that people read are compared there.
#include <algorithm>

#include "fixture.h"

namespace musubi::mapping {
namespace {

std::vector<std::filesystem::path> broken_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("tests/unit/app/lint/mapping")))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

class Broken : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Broken, LoadsOnlyWithoutErrors) {
  const auto findings = lint(GetParam(), shipped_context());
  const auto errors = std::ranges::count(findings, model::Severity::error, &base::Problem::severity);
  const auto mapping = Mapping::load(GetParam(), shipped_context());
  ASSERT_EQ(mapping.has_error(), errors != 0);
  std::ptrdiff_t chained = 0;
  if (mapping.has_error())
    for (auto each = mapping.error().cause(); each != nullptr; each = each->cause()) ++chained;
  EXPECT_EQ(chained, errors);
}

TEST_P(Broken, HasMessagesInBothLanguages) {
  for (const auto& finding : lint(GetParam(), shipped_context()))
    EXPECT_NE(base::find_message(finding.error.code()), nullptr) << finding.error.code();
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& file) {
  auto name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Mappings, Broken, ::testing::ValuesIn(broken_files()), test_name);

TEST(BrokenFile, ThatIsNoFileIsExplained) {
  const auto findings = lint("/no/such/mapping.yaml", shipped_context());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].error.code(), "file.not_found");
}

TEST(BrokenFile, OfTooManyBytesIsNotRead) {
  const auto mapping = Mapping::parse(std::string((1U << 20) + 1, ' '), "large.yaml", shipped_context());
  ASSERT_TRUE(mapping.has_error());
  EXPECT_EQ(mapping.error().cause()->code(), "yaml.too_large");
}

TEST(BrokenFile, WithNulOrCp932IsNotRead) {
  for (const std::string& text :
       {std::string("mapping: a\0b", 12), std::string("mapping: \x93\x8c\x8b\x9e")}) {
    const auto mapping = Mapping::parse(text, "bytes.yaml", shipped_context());
    ASSERT_TRUE(mapping.has_error());
    EXPECT_EQ(mapping.error().cause()->code(), "yaml.not_utf8");
  }
}

TEST(GoodFile, MayStartWithAByteOrderMarkAndEndItsLinesWithCrLf) {
  auto yaml = "\xEF\xBB\xBF" + mapping_with("  report.local_id: { from: a }\n");
  for (auto at = yaml.find('\n'); at != yaml.npos; at = yaml.find('\n', at + 2)) yaml.replace(at, 1, "\r\n");
  const auto mapping = Mapping::parse(yaml, "bom.yaml", shipped_context());
  ASSERT_TRUE(mapping.has_value()) << explained(mapping.error());
  EXPECT_EQ((*mapping)->head().version, "2020-04-01");
  EXPECT_EQ((*mapping)->text(), yaml);
}

}  // namespace
}  // namespace musubi::mapping
