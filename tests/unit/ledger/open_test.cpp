#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

class OpenTest : public LedgerTest {
 protected:
  std::string error_of_opening() const {
    const auto opened = Ledger::open(home(), clock);
    return opened.has_error() ? opened.error().code() : "";
  }
  std::string error_of_reading() const {
    const auto opened = Ledger::open_to_read(home(), clock);
    return opened.has_error() ? opened.error().code() : "";
  }
  std::filesystem::path database() const { return home() / "ledger.sqlite"; }
};

TEST_F(OpenTest, two_hubs_cannot_write_one_home) {
  EXPECT_EQ(error_of_opening(), "ledger.locked");
  ledger.reset();
  EXPECT_EQ(error_of_opening(), "");
}

TEST_F(OpenTest, a_reader_needs_no_lock_and_sees_what_is_committed_while_the_writer_runs) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}});
  auto reader = Ledger::open_to_read(home(), clock);
  ASSERT_FALSE(reader.has_error());
  EXPECT_EQ((*reader)->balance().received, 1u);
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  add_words(*ledger, part, 2, {{"2", 1}});
  EXPECT_EQ((*reader)->balance().received, 1u) << "an open batch is not to be seen";
  ASSERT_EQ(code_of(ledger->commit_batch(2)), "");
  EXPECT_EQ((*reader)->balance().received, 2u);
}

TEST_F(OpenTest, a_reader_sees_everything_after_the_writer_has_gone_and_never_checkpoints) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}}));
  auto reader = Ledger::open_to_read(home(), clock);
  ledger.reset();
  EXPECT_EQ((*reader)->balance().delivered, 1u);
  reader->reset();
  const auto later = Ledger::open_to_read(home(), clock);
  ASSERT_FALSE(later.has_error());
  EXPECT_EQ((*later)->balance().delivered, 1u);
}

TEST_F(OpenTest, a_reader_of_a_killed_writers_log_does_not_touch_the_database_file) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}});
  const auto copy = folder.path() / "copy";
  std::filesystem::create_directories(copy);  // as a killed writer leaves it: the log not yet in the database
  for (const auto* name : {"ledger.sqlite", "ledger.sqlite-wal"})
    std::filesystem::copy(home() / name, copy / name);
  const auto before = std::filesystem::last_write_time(copy / "ledger.sqlite");
  {
    auto reader = Ledger::open_to_read(copy, clock);
    ASSERT_FALSE(reader.has_error());
    EXPECT_EQ((*reader)->balance().received, 1u);
  }
  EXPECT_EQ(std::filesystem::last_write_time(copy / "ledger.sqlite"), before);
  EXPECT_GT(std::filesystem::file_size(copy / "ledger.sqlite-wal"), 0u);
}

TEST_F(OpenTest, a_reader_cannot_write) {
  auto reader = Ledger::open_to_read(home(), clock);
  ASSERT_FALSE(reader.has_error());
  EXPECT_EQ(code_of((*reader)->begin_batch(1)), "ledger.opened_to_read");
  EXPECT_EQ((*reader)->keep("tokyo", file("a", "a"), "a", {}).error().code(), "ledger.opened_to_read");
  EXPECT_EQ(code_of((*reader)->set_submission_state(1, SubmissionState::done, "")), "ledger.opened_to_read");
}

TEST_F(OpenTest, where_nothing_is_there_is_nothing_to_read) {
  const auto opened = Ledger::open_to_read(folder.path() / "empty", clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_EQ(opened.error().code(), "ledger.nothing_here");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "empty"));
}

TEST_F(OpenTest, a_newer_format_is_refused_and_left_alone) {
  ledger.reset();
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &file), SQLITE_OK);
  sqlite3_exec(file, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(file);
  EXPECT_EQ(error_of_opening(), "ledger.newer_format");
  EXPECT_EQ(error_of_reading(), "ledger.newer_format");
}

TEST_F(OpenTest, a_database_of_another_program_is_refused_and_left_alone) {
  ledger.reset();
  std::filesystem::remove(database());
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &file), SQLITE_OK);
  sqlite3_exec(file, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr);
  sqlite3_close(file);
  EXPECT_EQ(error_of_opening(), "ledger.not_a_ledger");
  EXPECT_EQ(error_of_reading(), "ledger.not_a_ledger");
}

TEST_F(OpenTest, what_is_no_database_is_refused) {
  ledger.reset();
  std::ofstream(database()) << std::string(8192, 'x');
  EXPECT_EQ(error_of_opening(), "ledger.corrupt");
}

TEST_F(OpenTest, a_damaged_page_is_noticed_at_the_start) {
  auto part = part_of_text("a");
  std::vector<Word> words;
  for (int number = 0; number < 2000; ++number) words.push_back({"id-" + std::to_string(number), 1});
  accept(part, words);
  ledger.reset();
  std::fstream file(database(), std::ios::in | std::ios::out | std::ios::binary);
  const auto pages = std::filesystem::file_size(database()) / 4096;
  for (std::uintmax_t page = 2; page < pages; page += 3) {
    file.seekp(static_cast<std::streamoff>(page * 4096));
    file << std::string(64, '\x5A');
  }
  file.close();
  EXPECT_EQ(error_of_opening(), "ledger.corrupt");
}

TEST_F(OpenTest, a_start_that_broke_off_before_the_tables_is_made_good) {
  ledger.reset();
  for (const auto* name : {"ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"}) {
    std::filesystem::remove(home() / name);
  }
  std::ofstream(database()).close();
  reopen();
  expect_right();
}

TEST_F(OpenTest, a_home_that_cannot_be_made_is_an_error_with_its_place) {
  const auto blocked = file("a-file", "x") / "home";
  const auto opened = Ledger::open(blocked, clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_THAT(opened.error().place().file, ::testing::HasSubstr("a-file"));
}

TEST_F(OpenTest, everything_is_there_after_reopening) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}, {"2", 1, Disposition::in_review}});
  reopen();
  expect_counts(ledger->balance(), {.received = 2, .in_review = 1, .in_flight = 1});
  EXPECT_EQ(begin({.submission = part.submission}).rows_done, 2u);
  expect_right();
}

TEST_F(OpenTest, every_message_of_the_ledger_is_catalogued) {
  for (const auto* id : {"ledger.locked",
                         "ledger.corrupt",
                         "ledger.newer_format",
                         "ledger.not_a_ledger",
                         "ledger.nothing_here",
                         "ledger.disk_full",
                         "ledger.write_failed",
                         "ledger.sync_failed",
                         "ledger.stopped",
                         "ledger.busy",
                         "ledger.cannot_open",
                         "ledger.defect",
                         "ledger.opened_to_read",
                         "ledger.file_changing",
                         "ledger.configuration_unknown",
                         "ledger.submission_unknown",
                         "ledger.part_unknown",
                         "ledger.outbox_unknown",
                         "ledger.not_held",
                         "ledger.other_part",
                         "ledger.batch_open",
                         "ledger.no_batch",
                         "ledger.too_many_rows",
                         "ledger.rows_went_back",
                         "ledger.case_unknown",
                         "ledger.no_recipient",
                         "ledger.audit_received",
                         "ledger.audit_counters",
                         "ledger.audit_books",
                         "ledger.audit_part",
                         "ledger.audit_case",
                         "ledger.audit_version",
                         "ledger.audit_chain",
                         "ledger.audit_held",
                         "ledger.audit_not_covered",
                         "ledger.audit_receipts",
                         "ledger.audit_configuration",
                         "ledger.activation_overtaken",
                         "ledger.audit_bytes_missing",
                         "ledger.audit_bytes_damaged"}) {
    EXPECT_NE(base::find_message(id), nullptr) << id;
  }
}

}  // namespace
}  // namespace musubi::ledger
