#include "musubi/base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace musubi::base {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "musubi-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(std::string_view name, std::string_view bytes) const {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static std::string code_of(const fs::path& path, std::uint64_t limit = 1000) {
    const auto read = read_file(path, limit);
    return read ? "read" : read.error().code();
  }
  fs::path folder_;
};

TEST_F(FileTest, ListsTheFilesOfAFolderInOrderOfName) {
  const auto second = write("b.yaml", ""), first = write("a.yaml", "");
  write("c.txt", "");
  fs::create_directory(folder_ / "d.yaml");
  EXPECT_EQ(files_in(folder_, ".yaml").value(), (std::vector{first, second}));
  EXPECT_EQ(files_in(folder_ / "none", ".yaml").error().code(), "file.not_found");
  EXPECT_EQ(files_in(first, ".yaml").error().place().file, first.string());
}

TEST_F(FileTest, ReadsTheWholeFile) {
  const std::string bytes("a\0b\r\n\xFF", 6);
  EXPECT_EQ(read_file(write("some", bytes), 6).value(), bytes);
  EXPECT_EQ(read_file(write("empty", ""), 0).value(), "");
}

TEST_F(FileTest, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(folder_ / "nothing"), "file.not_found");
  EXPECT_EQ(code_of(folder_), "file.is_directory");
  EXPECT_EQ(code_of(write("large", "12345"), 4), "file.too_large");
  EXPECT_EQ(code_of("/dev/null"), "file.not_regular");
}

TEST_F(FileTest, DoesNotWaitForAPipe) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(code_of(pipe), "file.not_regular");
}

TEST_F(FileTest, NamesAFileThatMayNotBeRead) {
  const fs::path path = write("secret", "x");
  fs::permissions(path, fs::perms::none);
  if (::access(path.c_str(), R_OK) == 0) GTEST_SKIP() << "this user may read everything";
  EXPECT_EQ(code_of(path), "file.not_permitted");
}

TEST_F(FileTest, ErrorsNameTheFileAndTheKind) {
  const auto read = read_file(folder_ / "nothing", 1);
  ASSERT_TRUE(read.has_error());
  EXPECT_EQ(read.error().kind(), ErrorKind::environment);
  EXPECT_EQ(read.error().place().file, (folder_ / "nothing").string());
}

TEST_F(FileTest, WritesAndReplacesDurably) {
  const fs::path path = folder_ / "kept";
  ASSERT_TRUE(write_file_durably(path, "first").has_value());
  ASSERT_TRUE(write_file_durably(path, "second").has_value());
  EXPECT_EQ(read_file(path, 100).value(), "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1)
      << "nothing is left beside it";
}

TEST_F(FileTest, LeavesNothingWhenItCannotWrite) {
  fs::create_directory(folder_ / "taken");
  EXPECT_TRUE(write_file_durably(folder_ / "taken", "x").has_error());
  EXPECT_TRUE(write_file_durably(folder_ / "no" / "such" / "folder", "x").has_error());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1)
      << "only the folder itself";
}

TEST_F(FileTest, TurnsSystemErrorsIntoMessages) {
  EXPECT_EQ(file_error(ENOSPC, "a").code(), "file.disk_full");
  EXPECT_EQ(file_error(EDQUOT, "a").code(), "file.disk_full");
  EXPECT_EQ(file_error(EROFS, "a").code(), "file.read_only");
  EXPECT_EQ(file_error(EIO, "a").code(), "file.failed");
  EXPECT_EQ(file_error(EIO, "a").place().file, "a");
}

TEST(FileWrite, SaysThatTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  const auto status = write_file_durably("/proc/nothing/here", "x");
  EXPECT_EQ(status.error().kind(), ErrorKind::environment);
}

}  // namespace
}  // namespace musubi::base
