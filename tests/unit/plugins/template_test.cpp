#include <gtest/gtest.h>

#include <cstring>

#include "musubi/base/file.h"
#include "musubi/plugin_host/plugin_host.h"
#include "temporary_folder.h"

namespace musubi::plugin_host {
namespace {

using std::filesystem::path;

std::string text_of(const path& file) {
  const auto text = base::read_file(file, 1U << 20);
  return text.has_value() ? *text : "";
}

std::string code_of(const base::Status& status) { return status.has_error() ? status.error().code() : ""; }

TEST(Template, IsWrittenUnderTheNewName) {
  const musubi::testing::TemporaryFolder folder;
  const auto target = folder.path() / "new" / "adapter";
  ASSERT_EQ(code_of(write_template("sample_town", target)), "");
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(target)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto text = text_of(entry.path());
    EXPECT_FALSE(text.empty()) << entry.path();
    EXPECT_EQ(text.find("mihon"), std::string::npos) << entry.path();
    EXPECT_EQ(text.find("Mihon"), std::string::npos) << entry.path();
    EXPECT_EQ(entry.path().string().find("mihon"), std::string::npos) << entry.path();
  }
  EXPECT_GE(files, 8U);
  EXPECT_NE(text_of(target / "adapter.cpp").find("class SampleTownSource"), std::string::npos);
  EXPECT_NE(text_of(target / "CMakeLists.txt").find("NAME sample_town KIND source"), std::string::npos);
  EXPECT_NE(text_of(target / "mapping/positive-cases.yaml").find("mapping: sample_town/positive-cases"),
            std::string::npos);
}

TEST(Template, OwnNameLeavesItAsItIs) {
  const musubi::testing::TemporaryFolder folder;
  ASSERT_EQ(code_of(write_template("mihon", folder.path() / "a")), "");
  EXPECT_EQ(text_of(folder.path() / "a/adapter.cpp"),
            text_of(path(MUSUBI_PROJECT_FOLDER) / "plugins/template/adapter.cpp"));
}

TEST(Template, NamesThatAreNoNamesAreRefused) {
  const musubi::testing::TemporaryFolder folder;
  for (const auto* name : {"", "Nagoya", "1nagoya", "../nagoya", "na goya", "名古屋", "nagoya-shi"}) {
    EXPECT_EQ(code_of(write_template(name, folder.path() / "a")), "plugin.bad_name") << name;
  }
  EXPECT_EQ(code_of(write_template(std::string(41, 'a'), folder.path() / "a")), "plugin.bad_name");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "a"));
}

TEST(Template, NothingIsOverwritten) {
  const musubi::testing::TemporaryFolder folder;
  folder.write("keep.txt", "mine");
  EXPECT_EQ(code_of(write_template("nagoya", folder.path())), "plugin.folder_not_empty");
  EXPECT_EQ(text_of(folder.path() / "keep.txt"), "mine");
}

TEST(Template, AFileInTheWayIsAnError) {
  const musubi::testing::TemporaryFolder folder;
  const auto file = folder.write("file", "");
  EXPECT_TRUE(write_template("nagoya", file).has_error());
  EXPECT_TRUE(write_template("nagoya", file / "below").has_error());
}

}  // namespace
}  // namespace musubi::plugin_host
