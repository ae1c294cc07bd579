// The files of one watched folder, and which of them are complete.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "file_operations.h"
#include "musubi/base/clock.h"
#include "musubi/intake/drop_folder.h"

namespace musubi::intake {

/// Whether a name matches one of the patterns, or begins with a dot.
bool is_ignored(const std::string& name, const std::vector<std::string>& patterns);

/// Threads: one.
class Dropped {
 public:
  struct Scan {
    std::vector<std::string> complete{};  ///< oldest first
    std::uint64_t incomplete = 0;
    std::chrono::milliseconds next{0};  ///< when one of them may be complete; only where there are some
    int failure = 0;                    ///< of the folder or of a file that cannot be read (errno)
    std::filesystem::path failed{};
  };

  /// Of settings.folder.
  Dropped(const DropFolderSettings& settings, FileOperations& operations);
  /// Names in the folder that are not to be looked at (the archive, for example).
  void leave(std::set<std::string> own) { own_ = std::move(own); }
  /// The file was seen to be closed after writing, or renamed into the folder.
  void finished(const std::string& name) { finished_.insert(name); }
  Scan scan(base::Instant now);
  /// NAME.done.
  std::filesystem::path sentinel_of(const std::string& name) const;

 private:
  struct Seen {
    FileFacts facts{};
    base::Instant since{};
    bool finished = false;
  };
  std::vector<std::string> names(Scan& scan) const;
  bool is_sentinel(const std::string& name) const;
  Seen seen(const std::string& name, const FileFacts& facts, base::Instant now);
  bool has_sentinel(const std::string& name, const FileFacts& facts) const;
  /// Unchanged for so long, the file is complete; negative: it is not, however long.
  std::chrono::milliseconds quiet_time(const std::string& name, const Seen& seen) const;
  DropFolderSettings settings_;
  std::set<std::string> own_, finished_;
  std::map<std::string, Seen> seen_;
  FileOperations& operations_;
};

}  // namespace musubi::intake
