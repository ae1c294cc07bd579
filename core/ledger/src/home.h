// The folder of a hub: who may write it, and the bytes kept in it.
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

struct KeptBytes {
  std::string digest;  ///< SHA-256, hex
  std::uint64_t bytes = 0;
};
using CopyProgress = std::function<void(std::uint64_t bytes)>;

/// HOME/kept: submissions verbatim, named by their SHA-256, so that the same bytes are kept once.
class KeptFiles {
 public:
  explicit KeptFiles(const std::filesystem::path& home) : folder_(home / "kept") {}
  /// Creates the folder and removes what an interrupted copy left.
  base::Status prepare() const;
  /// Durable, file and name, when it returns. On failure nothing is left behind. Errors: file.*,
  /// ledger.file_changing, ledger.sync_failed (after which nothing may be acknowledged).
  base::Result<KeptBytes> keep(const std::filesystem::path& file, const CopyProgress& progress) const;
  std::filesystem::path path_of(std::string_view digest) const;

 private:
  base::Status move_into_place(const std::filesystem::path& temporary, std::string_view digest) const;
  std::filesystem::path folder_;
};

/// SHA-256 of a file in hex. Errors: file.*.
base::Result<std::string> digest_of_file(const std::filesystem::path& file);

}  // namespace musubi::ledger
