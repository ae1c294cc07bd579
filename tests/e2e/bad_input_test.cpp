// Input that nobody should send: each gives a sentence, the right exit code, and books that balance.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "hub.h"
#include "musubi/base/text.h"

namespace {

using musubi::testing::Hub;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

const std::string kHeader =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_年代,患者_"
    "性別,"
    "患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";

std::string row(const std::string& number, const std::string& remarks) {
  return number + ",130001,東京都,,2020-04-18,土,,都内,40代,男性,,,,," + remarks + ",1\n";
}

TEST(BadInput, a_cell_of_ten_megabytes_holds_its_own_row) {
  const Hub hub;
  const auto file = hub.folder().write(
      "a_2020-04-20.csv", kHeader + row("1", "") + row("2", std::string(10'000'000, 'x')) + row("3", ""));
  EXPECT_EQ(hub.run({"import", "--source", "tokyo", file}).exit_code, 1);
  EXPECT_EQ(hub.count("received"), 3U);
  EXPECT_EQ(hub.count("delivered"), 2U);
  EXPECT_EQ(hub.count("in_review"), 1U);
  EXPECT_TRUE(hub.balanced());
}

TEST(BadInput, a_hundred_thousand_columns_are_refused) {
  const Hub hub;
  std::string header = "No";
  for (int column = 1; column < 100'000; ++column) header += ",c" + std::to_string(column);
  const auto file = hub.folder().write("wide.csv", header + "\n1\n");
  const auto outcome = hub.run({"import", "--source", "tokyo", file});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("wide.csv"));
  EXPECT_TRUE(hub.balanced());
}

TEST(BadInput, nul_bytes_hold_their_row) {
  const Hub hub;
  auto text = kHeader + row("1", "") + row("2", "x");
  text[text.size() - 4] = '\0';
  const auto file = hub.folder().write("nul_2020-04-20.csv", text);
  EXPECT_EQ(hub.run({"import", "--source", "tokyo", file}).exit_code, 1);
  EXPECT_EQ(hub.count("received"), 2U);
  EXPECT_EQ(hub.count("in_review"), 1U);
  EXPECT_TRUE(hub.balanced());
}

TEST(BadInput, a_quote_never_closed_keeps_the_rows_before_it_and_books_the_rest) {
  const Hub hub;
  const auto file = hub.folder().write("quote_2020-04-20.csv",
                                       kHeader + row("1", "") + row("2", "\"never closed") + row("3", ""));
  const auto outcome = hub.run({"import", "--source", "tokyo", file});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(hub.count("received"), 2U);
  EXPECT_EQ(hub.count("delivered"), 1U);
  EXPECT_EQ(hub.count("in_review"), 1U);
  EXPECT_TRUE(hub.balanced());
}

TEST(BadInput, a_wrong_encoding_in_the_name_of_utf8) {
  const Hub hub;
  const auto file = hub.folder().write("mixed_2020-04-20.csv",
                                       "\xef\xbb\xbf" + kHeader + row("1", "") + row("2", "\x82\xa0\x81"));
  EXPECT_EQ(hub.run({"import", "--source", "tokyo", file}).exit_code, 1);
  EXPECT_EQ(hub.count("in_review"), 1U);
  EXPECT_TRUE(hub.balanced());
}

TEST(BadInput, a_file_that_may_not_be_read) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root may read every file";
  const Hub hub;
  const auto file = hub.folder().write("secret.csv", kHeader);
  ::chmod(file.c_str(), 0);
  const auto outcome = hub.run({"import", "--source", "tokyo", file});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("permitted"));
}

TEST(BadInput, a_pipe_is_not_a_file) {
  const Hub hub;
  const auto pipe = hub.folder().path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(hub.run({"import", "--source", "tokyo", pipe}).exit_code, 3);
}

TEST(BadInput, a_name_that_would_write_its_own_lines) {
  const Hub hub;
  const auto file =
      hub.folder().write("evil\nmusubi: fake \x1b[31m\xff.csv", kHeader + row("1", "") + row("2", "\x01"));
  for (const auto& outcome :
       {hub.run({"import", "--source", "tokyo", file}), hub.run({"quarantine", "list"}), hub.run({"ledger"}),
        hub.run({"import", "--source", "tokyo", file.string() + ".not"}), hub.run({"lineage", "1"})}) {
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("\nmusubi: fake")));
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("\x1b")));
  }
  const auto again = hub.run({"import", "--source", "tokyo", file, "--json"});
  EXPECT_FALSE(musubi::base::malformed_utf8_at(again.out)) << again.out;
  EXPECT_TRUE(boost::json::parse(again.out).as_object().contains("submissions"));
}

TEST(BadInput, a_header_that_is_a_record_is_not_quoted) {
  const Hub hub;
  auto header = kHeader;
  header.insert(header.size() - 1, ",山田太郎 090-1234-5678");
  const auto file = hub.folder().write("a_2020-04-20.csv", header + row("1", ""));
  for (const auto& arguments : {std::vector<std::string>{"import", "--source", "tokyo", file},
                                {"import", "--source", "tokyo", file, "--json"}}) {
    const auto outcome = hub.run(arguments);
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("山田")));
  }
  EXPECT_TRUE(hub.balanced());
}

TEST(BadOutput, a_full_device_is_told) {
  const Hub hub;
  const auto outcome =
      musubi::testing::run_musubi({"plugin", "list", "--config", MUSUBI_PROJECT_FOLDER "/config/musubi.yaml"},
                                  std::nullopt, {}, "/dev/full");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("could not be written"));
}

TEST(BadSettings, what_is_no_file_is_refused) {
  const musubi::testing::TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe.yaml";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const auto& [path, sentence] : {std::pair(folder.path(), "folder"), std::pair(pipe, "regular")}) {
    const auto outcome = musubi::testing::run_musubi({"lint", "--config", path});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_THAT(outcome.err, HasSubstr(sentence));
  }
}

TEST(ReadOnly, an_empty_home_stays_empty) {
  const Hub hub;
  std::filesystem::create_directories(hub.home());
  const auto outcome = hub.run({"query"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("no store here yet"));
  EXPECT_TRUE(std::filesystem::is_empty(hub.home()));
}

TEST(Doctor, tells_what_is_wrong_with_a_store) {
  const Hub hub;
  const auto file = hub.folder().write("a_2020-04-20.csv", kHeader + row("1", ""));
  ASSERT_EQ(hub.run({"import", "--source", "tokyo", file}).exit_code, 0);
  EXPECT_EQ(hub.run({"doctor"}).exit_code, 0);
  std::filesystem::resize_file(hub.home() / "store.sqlite", 20'000);
  const auto outcome = hub.run({"doctor"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.out, HasSubstr("central: "));
  EXPECT_THAT(outcome.out, HasSubstr("damaged"));
}

/// A home of one megabyte; the test is skipped where mounting is not allowed.
class FullDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(hub_.home());
    mounted_ = ::mount("tmpfs", hub_.home().c_str(), "tmpfs", 0, "size=3m") == 0;
    if (!mounted_) GTEST_SKIP() << "skipped: this user may not mount a small file system";
  }
  void TearDown() override {
    if (mounted_) ::umount(hub_.home().c_str());
  }
  Hub hub_;
  bool mounted_ = false;
};

TEST_F(FullDisk, says_so_and_goes_on_after_space_was_made) {
  const auto file = (hub_.folder().path() / "130001_tokyo_covid19_patients_2020-04-20.csv").string();
  ASSERT_EQ(musubi::testing::run_musubi({"sample", "--source", "tokyo", "--rows", "20000", "--output", file})
                .exit_code,
            0);
  const auto full = hub_.run({"import", "--source", "tokyo", file});
  EXPECT_EQ(full.exit_code, 3);
  EXPECT_THAT(full.err, AnyOf(HasSubstr("disk is full"), HasSubstr("space")));
  ASSERT_EQ(::mount("tmpfs", hub_.home().c_str(), "tmpfs", MS_REMOUNT, "size=200m"), 0);
  EXPECT_TRUE(hub_.balanced());
  const auto again = hub_.run({"import", "--source", "tokyo", file});
  EXPECT_LE(again.exit_code, 1) << again.err;
  EXPECT_EQ(hub_.count("received"), 20000U);
  EXPECT_EQ(hub_.count("in_flight"), 0U);
  EXPECT_TRUE(hub_.balanced());
}

}  // namespace
