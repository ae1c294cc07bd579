// Where a dropped file ends: in the archive, or among the refused with the reason beside it. Nothing is
// overwritten; a crash leaves the file where it was or where it belongs.
#pragma once

#include <filesystem>
#include <string>

#include "file_operations.h"
#include "musubi/base/clock.h"
#include "musubi/base/result.h"

namespace musubi::intake {

/// The text of NAME.reason.txt: UTF-8 with a byte order mark and CR LF, which every Windows shows.
std::string reason_text(const std::string& name, const base::Error& reason, base::Instant when);

/// Threads: one.
class SetAside {
 public:
  /// `nearby`: where what cannot be copied is refused to when `refused` is on another file system.
  SetAside(std::filesystem::path archive, std::filesystem::path refused, std::filesystem::path nearby,
           FileOperations& operations);

  base::Status archive(const std::filesystem::path& file, const std::string& name, base::Instant now);
  base::Status refuse(const std::filesystem::path& file, const std::string& name, const base::Error& reason,
                      base::Instant now);
  /// Removes the days of the archive that are more than `keep_days` ago.
  void remove_old(base::Instant now, std::uint32_t keep_days);

 private:
  int make(const std::filesystem::path& folder);
  int move_across(const std::filesystem::path& from, const std::filesystem::path& to);
  int refuse_into(const std::filesystem::path& folder, const std::filesystem::path& file,
                  const std::string& name, const std::string& text);
  std::filesystem::path archive_, refused_, nearby_;
  FileOperations& operations_;
};

}  // namespace musubi::intake
