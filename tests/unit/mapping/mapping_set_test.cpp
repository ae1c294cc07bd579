// A folder of mappings: versions, sources, and every error of every file.
#include <gmock/gmock.h>

#include "fixture.h"
#include "temporary_folder.h"

namespace musubi::mapping {
namespace {

using musubi::testing::TemporaryFolder;
using ::testing::HasSubstr;

std::string version(const std::string& id, const std::string& day) {
  auto yaml = mapping_with("  report.local_id: { from: a }\n");
  yaml.replace(yaml.find("test/cases"), 10, id);
  yaml.replace(yaml.find("2020-04-01"), 10, day);
  return yaml;
}

void add(const TemporaryFolder& folder, const std::string& name, const std::string& yaml) {
  std::filesystem::create_directories((folder.path() / name).parent_path());
  folder.write(name, yaml);
}

TEST(MappingSet, HoldsVersionsAndFindsTheNewest) {
  const TemporaryFolder folder;
  add(folder, "tokyo/b.yaml", version("tokyo/cases", "2020-10-01"));
  add(folder, "tokyo/a.yaml", version("tokyo/cases", "2020-01-01"));
  add(folder, "osaka/a.yaml", version("osaka/cases", "2020-02-01"));
  const auto set = MappingSet::load(folder.path(), shipped_context());
  ASSERT_TRUE(set.has_value()) << explained(set.error());
  EXPECT_EQ((*set)->all().size(), 3U);
  EXPECT_EQ((*set)->of_source("tokyo").size(), 2U);
  EXPECT_EQ((*set)->of_source("tok").size(), 0U);
  EXPECT_EQ((*set)->find("tokyo/cases")->head().version, "2020-10-01");
  EXPECT_EQ((*set)->find("tokyo/cases", "2020-01-01")->head().version, "2020-01-01");
  EXPECT_EQ((*set)->find("tokyo/cases", "2020-01-02"), nullptr);
  EXPECT_EQ((*set)->find("kyoto/cases"), nullptr);
}

TEST(MappingSet, LeavesCatalogueValueSetsAndTestsAlone) {
  const TemporaryFolder folder;
  add(folder, "catalogue/a.yaml", "not a mapping");
  add(folder, "valuesets/a.yaml", "not a mapping");
  add(folder, "tokyo/a.test.yaml", "not a mapping");
  add(folder, "tokyo/README.md", "not a mapping");
  add(folder, "tokyo/a.yaml", version("tokyo/cases", "2020-01-01"));
  const auto set = MappingSet::load(folder.path(), shipped_context());
  ASSERT_TRUE(set.has_value()) << explained(set.error());
  EXPECT_EQ((*set)->all().size(), 1U);
}

TEST(MappingSet, TellsTheErrorsOfAllFiles) {
  const TemporaryFolder folder;
  add(folder, "tokyo/a.yaml", "mapping: [");
  add(folder, "tokyo/b.yaml", version("tokyo/cases", "sometime"));
  add(folder, "tokyo/c.yaml", version("tokyo/cases", "2020-01-01"));
  add(folder, "tokyo/d.yaml", version("tokyo/cases", "2020-01-01"));
  const auto set = MappingSet::load(folder.path(), shipped_context());
  ASSERT_TRUE(set.has_error());
  const auto text = explained(set.error());
  EXPECT_THAT(text, HasSubstr("a.yaml"));
  EXPECT_THAT(text, HasSubstr("b.yaml"));
  EXPECT_THAT(text, HasSubstr("d.yaml"));
  EXPECT_THAT(text, HasSubstr("Version 2020-01-01 of the mapping tokyo/cases is in "));
  EXPECT_THAT(text, HasSubstr("c.yaml as well."));
}

TEST(MappingSet, OfNoFolderIsAnError) {
  const auto set = MappingSet::load("/no/such/folder", shipped_context());
  ASSERT_TRUE(set.has_error());
  EXPECT_EQ(set.error().code(), "mapping.folder_not_readable");
}

}  // namespace
}  // namespace musubi::mapping
