// The folder of a hub: who may write it, and when.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::ledger {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const noexcept { return number_; }
  bool open() const noexcept { return number_ >= 0; }

 private:
  int release() noexcept;
  int number_ = -1;
};

/// Creates the folder, readable by its owner alone, if it is missing.
base::Status make_folder(const std::filesystem::path& folder);
/// Error: ledger.sync_failed, after which nothing may be acknowledged; file.disk_full.
base::Status sync_file(int descriptor, const std::filesystem::path& path);
/// Makes the names in a folder durable. Error: ledger.sync_failed.
base::Status sync_folder(const std::filesystem::path& folder);

/// Held as long as the descriptor lives, and given back by the system when the process dies. Error:
/// ledger.locked.
base::Result<Descriptor> lock_home(const std::filesystem::path& home);

/// Turns at writing the ledger. SQLite before 3.51.3 can damage a file in WAL when two connections write or
/// checkpoint it at the same moment; so whoever writes, hub or `musubi mapping activate` beside it, takes a
/// turn first. A turn is one transaction; it is given back by the system when the process dies.
class WriteTurns {
 public:
  static base::Result<WriteTurns> open(const std::filesystem::path& home);
  /// Waits for the other to finish. Error: ledger.busy after some seconds.
  base::Status take();
  void give_back() noexcept;

 private:
  WriteTurns(Descriptor lock, std::filesystem::path home) : lock_(std::move(lock)), home_(std::move(home)) {}
  Descriptor lock_;
  std::filesystem::path home_;
};

}  // namespace musubi::ledger
