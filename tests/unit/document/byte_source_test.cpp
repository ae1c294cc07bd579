#include "musubi/document/byte_source.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "temporary_folder.h"

namespace musubi::document {
namespace {

using testing::TemporaryFolder;

std::string code_of_opening(const std::filesystem::path& path) {
  const auto source = ByteSource::open_file(path, "shown");
  if (source.has_value()) return "";
  EXPECT_EQ(source.error().place().file, "shown");
  return source.error().code();
}

TEST(ByteSource, ReadsPartsOfAFileInAnyOrder) {
  const TemporaryFolder folder;
  const auto source = ByteSource::open_file(folder.write("a.csv", "0123456789"), "a.csv");
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ((*source)->size(), 10U);
  EXPECT_EQ((*source)->name(), "a.csv");
  char bytes[4];
  ASSERT_EQ(*(*source)->read_at(6, bytes, 4), 4U);
  EXPECT_EQ(std::string_view(bytes, 4), "6789");
  ASSERT_EQ(*(*source)->read_at(0, bytes, 2), 2U);
  EXPECT_EQ(std::string_view(bytes, 2), "01");
}

TEST(ByteSource, GivesLessOnlyAtTheEnd) {
  for (const auto& source :
       {ByteSource::of_text("abc", "t"), *ByteSource::open_file(TemporaryFolder().write("a", "abc"), "a")}) {
    char bytes[8];
    EXPECT_EQ(*source->read_at(2, bytes, 8), 1U);
    EXPECT_EQ(*source->read_at(3, bytes, 8), 0U);
    EXPECT_EQ(*source->read_at(100, bytes, 8), 0U);
  }
}

TEST(ByteSource, RefusesWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(code_of_opening(pipe), "file.not_regular");
  EXPECT_EQ(code_of_opening("/dev/null"), "file.not_regular");
  EXPECT_EQ(code_of_opening(folder.path()), "file.is_directory");
  EXPECT_EQ(code_of_opening(folder.path() / "missing.csv"), "file.not_found");
}

TEST(ByteSource, RefusesWhatMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may read every file";
  const TemporaryFolder folder;
  const auto file = folder.write("secret.csv", "a");
  std::filesystem::permissions(file, std::filesystem::perms::none);
  EXPECT_EQ(code_of_opening(file), "file.not_permitted");
}

TEST(ByteSource, FollowsASymbolicLinkToAFile) {
  const TemporaryFolder folder;
  folder.write("real.csv", "abc");
  std::filesystem::create_symlink(folder.path() / "real.csv", folder.path() / "link.csv");
  const auto source = ByteSource::open_file(folder.path() / "link.csv", "link.csv");
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ((*source)->size(), 3U);
}

TEST(ReadAll, GivesEverythingUpToTheLimit) {
  const auto source = ByteSource::of_text("abcdef", "t.csv");
  EXPECT_EQ(*read_all(*source, 6), "abcdef");
  const auto refused = read_all(*source, 5);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "file.too_large");
  EXPECT_EQ(refused.error().place().file, "t.csv");
  EXPECT_EQ(*read_all(*ByteSource::of_text("", "e"), 0), "");
}

}  // namespace
}  // namespace musubi::document
