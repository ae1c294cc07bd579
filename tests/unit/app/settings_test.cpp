// config/musubi.yaml as a person may get it wrong.
#include "settings.h"

#include <gmock/gmock.h>

#include "musubi/base/messages.h"
#include "temporary_folder.h"

namespace musubi::app {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

const std::string kFolders =
    "catalogue: c\nvalue_sets: v\nmappings: m\nchecks: k\npolicies: p\njurisdictions: j\nroutes: r\n";

/// What reading says; empty when it is content.
std::string complaint(const std::string& yaml) {
  const TemporaryFolder folder;
  const auto settings = read_settings(folder.write("musubi.yaml", kFolders + yaml));
  return settings.has_error() ? base::describe(base::Language::english, settings.error()) : std::string();
}

TEST(Settings, AreRead) {
  const TemporaryFolder folder;
  const auto settings = read_settings(
      folder.write("musubi.yaml",
                   kFolders + "batch_rows: 250\nsources:\n  a: { adapter: tokyo, options: { limit: 5 } }\n"));
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->batch_rows, 250U);
  EXPECT_EQ(settings->checks, folder.path() / "k");
  EXPECT_EQ(settings->sources.at("a").options.at("limit"), "5");
}

TEST(Settings, BatchRowsHasBounds) {
  for (const std::string rows : {"0", "-1", "1000001", "99999999999"}) {
    const auto sentence = complaint("batch_rows: " + rows + "\n");
    EXPECT_THAT(sentence, HasSubstr("musubi.yaml:8:13: \"batch_rows\" is a number from 1 to 1000000"));
  }
  for (const std::string rows : {"1", "1000000"}) EXPECT_EQ(complaint("batch_rows: " + rows + "\n"), "");
  EXPECT_THAT(complaint("batch_rows: many\n"), HasSubstr("musubi.yaml:8:13:"));
}

TEST(Settings, MisspeltKeysAreRefusedWithTheNearest) {
  EXPECT_THAT(complaint("batch_row: 5\n"), HasSubstr("Did you mean \"batch_rows\"?"));
  EXPECT_THAT(complaint("sinks:\n  a: { adaptor: file }\n"), HasSubstr("Did you mean \"adapter\"?"));
  EXPECT_THAT(complaint("sinks:\n  a: { adapter: file, limti: 3 }\n"), HasSubstr("musubi.yaml:9:23:"));
}

TEST(Settings, OnlyRegularFilesAreRead) {
  const TemporaryFolder folder;
  const auto code_of = [](const std::filesystem::path& file) {
    const auto settings = read_settings(file);
    return settings.has_error() ? settings.error().code() : "read";
  };
  EXPECT_EQ(code_of(folder.path()), "file.is_directory");
  EXPECT_EQ(code_of(folder.path() / "none.yaml"), "file.not_found");
  EXPECT_EQ(code_of("/dev/null"), "file.not_regular");
}

}  // namespace
}  // namespace musubi::app
