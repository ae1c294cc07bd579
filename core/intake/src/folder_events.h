// What the system reports about watched folders (inotify).
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "descriptor.h"

namespace musubi::intake {

/// Threads: one.
class FolderEvents {
 public:
  struct Event {
    int folder = 0;         ///< as add() returned it
    std::string name{};     ///< in it; empty: the folder itself is gone
    bool finished = false;  ///< the file was closed after writing, or renamed into the folder
  };

  FolderEvents();
  /// A number for the folder, the same for the same one; -1: it cannot be watched.
  int add(const std::filesystem::path& folder) noexcept;
  /// What happened since the last time. Events may be missing: others fill the queue, and remote file systems
  /// report nothing.
  void read(const std::function<void(const Event&)>& each);
  int descriptor() const noexcept { return inotify_.number(); }

 private:
  Descriptor inotify_;
};

}  // namespace musubi::intake
