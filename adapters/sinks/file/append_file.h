// A file that only grows, and is cut back to its last good length when a write failed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "musubi/base/result.h"

namespace musubi::file_sink {

/// Movable. Closed when destroyed; nothing is synced then.
class AppendFile {
 public:
  /// Creates it when missing, with its folder's entry durable. Links, pipes and devices are refused. Holds a
  /// lock, so that one program at a time writes to it. Errors: adapter.file_in_use, file.*
  static base::Result<AppendFile> open(const std::filesystem::path& path);
  AppendFile(AppendFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  AppendFile& operator=(AppendFile&&) = delete;
  ~AppendFile();

  base::Result<std::uint64_t> size() const;
  base::Result<std::string> read_all() const;
  /// As much as there is, up to `length`.
  base::Result<std::string> read_first(std::uint64_t length) const;
  /// At the end of the file, durable on return.
  base::Status append(std::string_view bytes);
  base::Status truncate(std::uint64_t length);

  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  AppendFile(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  base::Status lock() const;
  base::Error failure() const;

  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace musubi::file_sink
