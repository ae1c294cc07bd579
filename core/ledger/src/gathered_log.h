// SQLite hands each page of a transaction to its write-ahead log in two calls of the system: twenty or more
// for a receipt. Here they are gathered in memory and written in one, before the sync that makes them
// durable.
#pragma once

#include <memory>

namespace musubi::ledger::sqlite {

/// The file system that is SQLite's default when this is made, but writes of a write-ahead log are gathered.
/// That one must outlive this, and this the database that is opened with it.
/// Only for connections with synchronous=FULL: they sync the log before anybody is told of what is in it.
/// Threads: any.
class GatheringFileSystem {
 public:
  GatheringFileSystem();
  ~GatheringFileSystem();
  GatheringFileSystem(const GatheringFileSystem&) = delete;
  GatheringFileSystem& operator=(const GatheringFileSystem&) = delete;

  /// For sqlite3_open_v2; nullptr: SQLite has none, and takes its default.
  const char* name() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace musubi::ledger::sqlite
