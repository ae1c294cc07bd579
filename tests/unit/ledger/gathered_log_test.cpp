#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "sqlite.h"
#include "temporary_folder.h"

namespace musubi::ledger::sqlite {
namespace {

constexpr int kRows = 100;

/// Calls of this process that wrote something, so far.
std::uint64_t writes() {
  std::ifstream counters("/proc/self/io");
  for (std::string name; counters >> name;) {
    std::uint64_t count = 0;
    counters >> count;
    if (name == "syscw:") return count;
  }
  return 0;
}

class GatheredLog : public ::testing::Test {
 protected:
  std::unique_ptr<Database> open(const char* settings = "") const {
    auto database =
        Database::open(folder.path() / "test.sqlite", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).value();
    database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
    database->execute(settings);
    database->execute("CREATE TABLE IF NOT EXISTS pages(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
    return database;
  }
  static void fill(Database& database) {
    auto insert = database.prepare("INSERT INTO pages(bytes) VALUES(?1)");
    for (int row = 0; row < kRows; ++row) insert.with(Blob{std::string(3'000, 'x')}).run();
  }
  static std::int64_t rows(Database& database) { return database.number("SELECT count(*) FROM pages"); }

  musubi::testing::TemporaryFolder folder;
};

TEST_F(GatheredLog, a_transaction_of_a_hundred_pages_is_a_few_writes) {
  const auto database = open();
  const auto before = writes();
  if (before == 0) GTEST_SKIP() << "the system does not count calls";
  database->execute("BEGIN IMMEDIATE");
  fill(*database);
  database->execute("COMMIT");
  ASSERT_FALSE(database->status().has_error());
  EXPECT_LE(writes() - before, 8U);
}

TEST_F(GatheredLog, others_see_what_was_committed_and_nothing_before) {
  const auto database = open();
  const auto other = open();
  database->execute("BEGIN IMMEDIATE");
  fill(*database);
  EXPECT_EQ(rows(*other), 0);
  database->execute("COMMIT");
  EXPECT_EQ(rows(*other), kRows);
}

TEST_F(GatheredLog, pages_that_left_the_cache_are_read_back_within_their_transaction) {
  const auto database = open("PRAGMA cache_size=5");
  database->execute("BEGIN IMMEDIATE");
  fill(*database);
  EXPECT_EQ(database->number("SELECT sum(length(bytes)) FROM pages"), kRows * 3'000);
  database->execute("UPDATE pages SET bytes = bytes || 'y' WHERE id % 2 = 0");
  database->execute("COMMIT");
  EXPECT_EQ(open()->number("SELECT sum(length(bytes)) FROM pages"), kRows * 3'000 + kRows / 2);
}

TEST_F(GatheredLog, what_is_rolled_back_leaves_nothing) {
  const auto database = open("PRAGMA cache_size=5");
  database->execute("BEGIN IMMEDIATE");
  fill(*database);
  database->execute("ROLLBACK");
  database->execute("INSERT INTO pages(bytes) VALUES('one')");
  EXPECT_EQ(rows(*open()), 1);
  EXPECT_EQ(open()->number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

}  // namespace
}  // namespace musubi::ledger::sqlite
