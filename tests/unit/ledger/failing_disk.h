// Disks that fail when told to. FailingCalls makes one system call of the ledger fail; FailingDisk counts
// every write, truncation and fsync of SQLite and of the ledger, makes one or all from the n-th on fail, and
// can lose what was never synced, as a power cut does.
#pragma once

#include <sqlite3.h>

#include <cerrno>

namespace musubi::ledger {

enum class Call { write, fsync, rename };

struct FailingCall {
  Call call = Call::write;
  int number = 1;  ///< which one, from 1
  int error = EIO;
};

/// While it lives, that call of this process fails (SQLite's own are not among them).
class FailingCalls {
 public:
  explicit FailingCalls(FailingCall failing);
  ~FailingCalls();
  FailingCalls(const FailingCalls&) = delete;
  FailingCalls& operator=(const FailingCalls&) = delete;
};

enum class Failure {
  once,      ///< the n-th operation fails, later ones succeed
  forever,   ///< the n-th and all after it fail
  power_cut  ///< as forever; afterwards what was written since the last sync of each file is lost
};

/// While it lives, SQLite works on a disk that can fail.
class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  /// From now on, the operation `number` fails.
  void arm(int number, Failure failure, bool disk_full);
  /// Works again; after a power cut, unsynced writes are undone first. Every file must be closed.
  void restart();
  bool failed() const;  ///< it did fail since it was armed
};

}  // namespace musubi::ledger
