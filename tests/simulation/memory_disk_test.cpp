// What the simulated disk promises, seen through SQLite as the ledger uses it.
#include "memory_disk.h"

#include <gtest/gtest.h>

namespace musubi::simulation {
namespace {

class Database {
 public:
  Database() {
    sqlite3_open("/ledger.sqlite", &handle_);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS t (n INTEGER, s "
        "TEXT)");
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  bool run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
  bool insert(int number) {
    const auto sql = "INSERT INTO t VALUES (" + std::to_string(number) + ", hex(zeroblob(700)))";
    return run(sql.c_str());
  }
  int ask(const char* sql) {
    int answer = -1;
    const auto take = [](void* into, int, char** values, char**) {
      *static_cast<int*>(into) = values[0] == nullptr ? 0 : std::atoi(values[0]);
      return 0;
    };
    sqlite3_exec(handle_, sql, take, &answer, nullptr);
    return answer;
  }

 private:
  sqlite3* handle_ = nullptr;
};

TEST(MemoryDisk, KeepsWhatWasCommittedWheneverThePowerFails) {
  for (std::uint64_t moment = 1; moment < 400; ++moment) {
    MemoryDisk disk(moment);
    int committed = 0, tried = 0;
    {
      Database database;
      disk.plan({.power_fails_at = disk.operations() + moment});
      for (; tried < 60 && disk.power_is_on(); ++tried) {
        if (database.insert(tried)) ++committed;
        if (tried % 20 == 19) database.run("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
    disk.power_returns();
    Database again;
    const int there = again.ask("SELECT count(*) FROM t");
    EXPECT_GE(there, committed) << moment;
    EXPECT_LE(there, tried) << moment;
    EXPECT_EQ(again.ask("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0)
        << moment;
  }
}

TEST(MemoryDisk, LosesWhatWasNotSynced) {
  int lost = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    MemoryDisk disk(seed);
    {
      Database database;
      database.run("PRAGMA synchronous = OFF");
      for (int number = 0; number < 10; ++number) database.insert(number);
      disk.plan({.power_fails_at = disk.operations() + 1});
      database.insert(10);
    }
    disk.power_returns();
    lost += Database().ask("SELECT count(*) FROM t") < 10 ? 1 : 0;
  }
  EXPECT_GT(lost, 10) << "or this disk cannot show that a sync is missing";
}

TEST(MemoryDisk, FailsWhenToldTo) {
  MemoryDisk disk(1);
  Database database;
  disk.plan({.sync_fails_at = disk.operations() + 1});
  EXPECT_FALSE(database.insert(1));
  EXPECT_TRUE(database.insert(2)) << "once";
  disk.plan({.full_from = disk.operations(), .full_until = disk.operations() + 1'000});
  EXPECT_FALSE(database.insert(3));
  disk.plan({});
  EXPECT_TRUE(database.insert(4));
}

}  // namespace
}  // namespace musubi::simulation
