// Files claimed by this hub, so that no other hub that watches the same folder has them as well. See
// drop_folder.h for where they lie.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "descriptor.h"
#include "file_operations.h"
#include "musubi/base/result.h"

namespace musubi::intake {

struct Claim {
  std::filesystem::path folder{};       ///< of its own
  std::string name{};                   ///< as it was dropped
  bool taken = false;                   ///< by the reception; what is left is to archive it
  std::optional<base::Error> reason{};  ///< to refuse it
  std::uint32_t attempts = 0;

  std::filesystem::path file() const { return folder / name; }
};

/// Threads: one.
class Claims {
 public:
  /// Of the watched folder `folder`; `hub` is the name of this one.
  Claims(const std::filesystem::path& folder, std::string hub, FileOperations& operations);
  /// Removes the place of this hub when nothing is in it.
  ~Claims();
  Claims(const Claims&) = delete;
  Claims& operator=(const Claims&) = delete;

  /// Makes the place of this hub, where it is not there.
  base::Status open();
  /// nullopt: it is gone, by its sender or to another hub.
  base::Result<std::optional<Claim>> claim(const std::string& name);
  /// Takes over what hubs that are gone had claimed.
  std::vector<Claim> take_over();
  /// Its file lies elsewhere now.
  void release(const Claim& claim);

 private:
  std::filesystem::path next_folder();
  void take_over_from(const std::filesystem::path& place, std::vector<Claim>& into);
  std::filesystem::path watched_, all_, own_;
  std::string hub_;
  FileOperations& operations_;
  Descriptor lock_;
  std::uint64_t used_ = 0;
};

}  // namespace musubi::intake
