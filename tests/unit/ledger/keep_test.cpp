#include <sys/stat.h>

#include <algorithm>

#include "failing_disk.h"
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_under(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    count += entry.is_regular_file();
  return count;
}

class KeepTest : public LedgerTest {
 protected:
  std::string error_of(const std::filesystem::path& path,
                       const std::function<void(std::uint64_t)>& progress = {}) {
    const auto kept = ledger->keep("tokyo", path, path.filename(), progress);
    return kept.has_error() ? kept.error().code() : "";
  }
  void expect_nothing_kept() const {
    EXPECT_EQ(files_under(home() / "kept"), 0u);
    EXPECT_THAT(ledger->submissions(), IsEmpty());
  }
};

TEST_F(KeepTest, bytes_lie_verbatim_under_their_digest) {
  const std::string text("No,\r\n\0\xFF", 7);
  const auto info = keep(text);
  EXPECT_EQ(info.bytes, 7u);
  EXPECT_EQ(info.digest, base::to_hex(base::sha256(text)));
  EXPECT_EQ(contents(ledger->kept(info)->file), text);
  EXPECT_EQ(ledger->kept(info)->file, home() / "kept" / info.digest.substr(0, 2) / info.digest.substr(2));
  EXPECT_EQ(info.state, SubmissionState::kept);
  EXPECT_EQ(info.received, clock.time);
  EXPECT_FALSE(info.repeated);
}

TEST_F(KeepTest, only_the_owner_may_read_what_is_kept) {
  const auto info = keep("secret");
  for (const auto& path :
       {ledger->kept(info)->file, home() / "ledger.sqlite", home() / "ledger.sqlite-wal"}) {
    EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms(0077),
              std::filesystem::perms::none)
        << path;
  }
}

TEST_F(KeepTest, an_empty_file_is_kept_too) { EXPECT_EQ(keep("").bytes, 0u); }

TEST_F(KeepTest, progress_reaches_the_size) {
  std::vector<std::uint64_t> seen;
  const std::string text(3'000'000, 'x');
  EXPECT_EQ(error_of(file("large.csv", text), [&](std::uint64_t bytes) { seen.push_back(bytes); }), "");
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.back(), text.size());
}

TEST_F(KeepTest, the_same_bytes_again_are_recognised_and_noted) {
  const auto first = keep("a,b\n1,2\n");
  ASSERT_EQ(code_of(ledger->set_submission_state(first.id, SubmissionState::done, "")), "");
  clock.time += std::chrono::hours(24);
  const auto again = ledger->keep("tokyo", file("other-name.csv", "a,b\n1,2\n"), "other-name.csv", {});
  ASSERT_FALSE(again.has_error());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->id, first.id);
  EXPECT_EQ(again->name, "input.csv");
  EXPECT_EQ(again->state, SubmissionState::done);
  EXPECT_EQ(again->receipts, 2u);
  const auto receipts = ledger->receipts_of(first.id);
  ASSERT_EQ(receipts.size(), 2u);
  EXPECT_EQ(receipts[1].name, "other-name.csv");
  EXPECT_EQ(receipts[1].received, clock.time);
  EXPECT_EQ(ledger->submissions().size(), 1u);
}

TEST_F(KeepTest, the_same_bytes_from_another_source_are_another_submission_kept_once) {
  const auto tokyo = keep("a,b\n", "tokyo");
  const auto osaka = keep("a,b\n", "osaka");
  EXPECT_NE(tokyo.id, osaka.id);
  EXPECT_FALSE(osaka.repeated);
  EXPECT_EQ(files_under(home() / "kept"), 1u);
  EXPECT_EQ(ledger->source_of(osaka.id), "osaka");
}

TEST_F(KeepTest, what_is_no_file_is_refused) {
  const auto fifo = folder.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(error_of(fifo), "file.not_regular");
  EXPECT_EQ(error_of(folder.path()), "file.is_directory");
  EXPECT_EQ(error_of(folder.path() / "missing.csv"), "file.not_found");
  EXPECT_EQ(error_of("/dev/null"), "file.not_regular");
  expect_nothing_kept();
}

TEST_F(KeepTest, an_unreadable_file_is_refused) {
  const auto path = file("locked.csv", "x");
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  if (::access(path.c_str(), R_OK) == 0) GTEST_SKIP() << "this user may read everything";
  EXPECT_EQ(error_of(path), "file.not_permitted");
  expect_nothing_kept();
}

TEST_F(KeepTest, a_file_that_grows_meanwhile_is_refused) {
  const auto path = file("growing.csv", std::string(2'000'000, 'x'));
  const auto grow = [&](std::uint64_t) { std::ofstream(path, std::ios::app) << "more"; };
  EXPECT_EQ(error_of(path, grow), "ledger.file_changing");
  expect_nothing_kept();
}

TEST_F(KeepTest, a_file_that_changes_without_growing_is_refused) {
  const auto path = file("changing.csv", std::string(2'000'000, 'x'));
  const auto change = [&](std::uint64_t) {
    std::fstream(path, std::ios::in | std::ios::out) << "y";
    std::filesystem::last_write_time(path,
                                     std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  };
  EXPECT_EQ(error_of(path, change), "ledger.file_changing");
  expect_nothing_kept();
}

TEST_F(KeepTest, a_full_disk_leaves_neither_half_a_file_nor_a_row) {
  const auto path = file("large.csv", std::string(3'000'000, 'x'));
  {
    const FailingCalls failing({.call = Call::write, .number = 2, .error = ENOSPC});
    EXPECT_EQ(error_of(path), "file.disk_full");
  }
  expect_nothing_kept();
  EXPECT_EQ(error_of(path), "") << "with room again it goes on";
}

TEST_F(KeepTest, a_refused_fsync_stops_every_acknowledgement) {
  {
    const FailingCalls failing({.call = Call::fsync, .number = 1, .error = EIO});
    EXPECT_EQ(error_of(file("one.csv", "1")), "ledger.sync_failed");
  }
  expect_nothing_kept();
  EXPECT_EQ(error_of(file("two.csv", "2")), "ledger.stopped");
  EXPECT_EQ(code_of(ledger->health()), "ledger.stopped");
  reopen();
  EXPECT_EQ(error_of(file("two.csv", "2")), "");
}

TEST_F(KeepTest, what_an_interrupted_copy_left_is_removed_at_the_next_start) {
  ledger.reset();
  std::ofstream(home() / "kept" / "incoming-4711") << "half";
  reopen();
  EXPECT_EQ(files_under(home() / "kept"), 0u);
}

TEST_F(KeepTest, keeping_again_heals_a_damaged_copy) {
  const auto info = keep("a,b\n");
  const auto path = ledger->kept(info)->file;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::ofstream(path) << "x,b\n";
  EXPECT_THAT(audit(), ElementsAre("ledger.audit_bytes_damaged"));
  keep("a,b\n");
  expect_right();
}

TEST_F(KeepTest, configurations_are_kept_by_digest) {
  ASSERT_EQ(code_of(ledger->keep_configuration("d1", "mapping", "tokyo/positive-cases", "fields: …")), "");
  ASSERT_EQ(code_of(ledger->keep_configuration("d1", "mapping", "again", "not stored")), "");
  EXPECT_EQ(*ledger->configuration("d1"), "fields: …");
  EXPECT_EQ(ledger->configuration("d2").error().code(), "ledger.configuration_unknown");
}

TEST_F(KeepTest, submission_states_are_kept) {
  const auto info = keep("a");
  ASSERT_EQ(code_of(ledger->set_submission_state(info.id, SubmissionState::processing, "")), "");
  EXPECT_EQ(ledger->unfinished_submissions().size(), 1u);
  ASSERT_EQ(code_of(ledger->set_submission_state(info.id, SubmissionState::rejected, "document.empty")), "");
  EXPECT_THAT(ledger->unfinished_submissions(), IsEmpty());
  EXPECT_EQ(ledger->submissions()[0].reason, "document.empty");
  EXPECT_EQ(code_of(ledger->set_submission_state(99, SubmissionState::done, "")),
            "ledger.submission_unknown");
}

}  // namespace
}  // namespace musubi::ledger
