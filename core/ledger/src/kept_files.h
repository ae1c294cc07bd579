// HOME/kept: submissions verbatim, named by their SHA-256, so that the same bytes are kept once.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "home.h"
#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"

namespace musubi::ledger {

using CopyProgress = std::function<void(std::uint64_t bytes)>;

/// Threads: any.
class KeptFiles {
 public:
  explicit KeptFiles(const std::filesystem::path& home) : folder_(home / "kept") {}
  /// Creates the folder and removes what an interrupted copy left.
  base::Status prepare() const;
  /// Durable, file and name, when it returns. On failure nothing is left behind. Errors: file.*,
  /// ledger.file_changing, ledger.sync_failed (after which nothing may be acknowledged).
  base::Result<KeptBytes> keep(const std::filesystem::path& file, const CopyProgress& progress) const;
  /// The same piece by piece.
  base::Result<std::unique_ptr<Incoming>> begin() const;
  std::filesystem::path path_of(std::string_view digest) const;

 private:
  std::filesystem::path folder_;
};

/// SHA-256 of a file in hex. Errors: file.*.
base::Result<std::string> digest_of_file(const std::filesystem::path& file);

}  // namespace musubi::ledger
