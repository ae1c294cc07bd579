// A disk in memory, under SQLite: it loses what was not synced when the power fails, fails when it is told
// to, and does the same again for the same seed.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::simulation {

/// What goes wrong, counted in operations that change the disk (write, truncate, sync, delete), from 1.
struct Mishaps {
  std::uint64_t power_fails_at = 0;             ///< 0: never. Nothing of what comes after reaches the disk
  std::uint64_t sync_fails_at = 0;              ///< the first sync from there on fails, once
  std::uint64_t full_from = 0, full_until = 0;  ///< what would make a file longer fails
};

/// One file: what the program sees, and what would be there after the power has failed.
struct MemoryFile {
  std::string now, durable;
  bool exists_durably = false;
  std::set<std::size_t> changed_sectors;  ///< since the last sync
  int shared = 0;                         ///< locks of the file itself, as SQLite takes them
  const void* reserved = nullptr;
  const void* exclusive = nullptr;
  struct SharedMemory {
    std::vector<std::unique_ptr<char[]>> regions;
    std::vector<int> shared = std::vector<int>(SQLITE_SHM_NLOCK);
    std::vector<const void*> exclusive = std::vector<const void*>(SQLITE_SHM_NLOCK);
    int users = 0;
  } memory;
};

/// Threads: any; calls take turns. Registered with SQLite as its usual disk from begin() to the end of its
/// life; no connection may be open when it ends or when the power comes back.
class MemoryDisk {
 public:
  explicit MemoryDisk(std::uint64_t seed);
  ~MemoryDisk();
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;

  void plan(const Mishaps& mishaps) { mishaps_ = mishaps; }
  bool power_is_on() const noexcept { return on_; }
  std::uint64_t operations() const noexcept { return operations_; }
  /// What was synced is there; of what was not, each sector by chance. Then the power is on again, and
  /// nothing is planned.
  void power_returns();

 private:
  friend struct DiskCalls;
  std::shared_ptr<MemoryFile> file(const std::string& name, bool create);
  /// Counts an operation that changes something. What SQLite is told: SQLITE_OK, or why not.
  int change();

  std::recursive_mutex mutex_;
  std::mt19937_64 random_;
  Mishaps mishaps_;
  bool on_ = true, sync_has_failed_ = false;
  std::uint64_t operations_ = 0;
  std::map<std::string, std::shared_ptr<MemoryFile>> files_;
  sqlite3_vfs calls_{};
  std::string name_;
  sqlite3_vfs* machine_;
};

}  // namespace musubi::simulation
