// A disk that loses power: what was written below its folder and not synced can be taken back, file contents
// and folder entries each. Lives in the preloaded library that interposed_calls.cpp makes; calls the kernel
// itself.
//
// The model is POSIX at its word: a sync of a file keeps its contents, a sync of a folder its entries,
// nothing else keeps anything. Of what was not synced a part chosen by seed survives: any of the writes, and
// the first so many changes of entries (file systems write those down in order).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::faults {

class ForgetfulDisk {
 public:
  /// `folder`: without a slash at its end. Without a seed nothing survives that was not synced.
  ForgetfulDisk(std::string folder, std::uint64_t seed);

  bool covers(std::string_view path) const;
  /// The path of an open regular file of this disk; empty: it is none.
  std::string path_of(int descriptor) const;

  /// Each is told before it happens, with the lock held.
  std::mutex& lock() { return mutex_; }
  void before_write(int descriptor, off_t at, std::size_t length);
  void before_resize(int descriptor, off_t size);
  /// Told afterwards.
  void created(const std::string& path);
  void made_folder(const std::string& path);
  void removed_folder(const std::string& path);
  void renamed(const std::string& from, const std::string& to, const std::string& replaced);
  void unlinked(const std::string& path, const std::string& kept_as);
  /// A second name for what is about to lose its last one; empty: there is nothing.
  std::string keep(const std::string& path);

  /// Contents of a file, or entries of a folder, are durable now.
  void synced(int descriptor);
  /// The sync failed: as the kernel does, later ones say nothing of it, and what it should have kept is lost.
  void sync_failed(int descriptor);

  /// Takes back what was not synced. Nothing may be written afterwards.
  void lose();

 private:
  struct Change {
    off_t at = 0;
    std::size_t length = 0;  ///< 0: the file became `at` long
    std::string before;      ///< what was there; shorter where the file ended
    bool doomed = false, survives = false;
  };
  struct File {
    int descriptor = -1;
    off_t synced_size = 0;
    std::vector<Change> changes;
  };
  struct Entry {
    enum class Kind { created, folder, folder_removed, renamed, unlinked } kind;
    std::string path, from, kept_as;
  };

  File& file_of(int descriptor);
  void note(int descriptor, off_t at, std::size_t length, std::size_t overwritten);
  static void keep_changes(File& file, off_t size);
  void lose(File& file);
  void take_back(const Entry& entry);
  bool chance() { return seeded_ && random_() % 2 == 0; }

  std::mutex mutex_;
  std::string folder_, aside_;
  bool seeded_;
  std::mt19937_64 random_;
  std::map<ino_t, File> files_;
  std::vector<Entry> entries_;
  std::uint64_t kept_ = 0;
};

}  // namespace musubi::faults
