// An answer's body that is a file, read in pieces.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "musubi/base/result.h"

namespace musubi::net {

/// Threads: one at a time; reading blocks.
class FileBody {
 public:
  /// Errors: those of base::file_error(), file.not_regular.
  static base::Result<FileBody> open(const std::filesystem::path& path);
  FileBody(FileBody&& other) noexcept;
  FileBody& operator=(FileBody&& other) noexcept;
  ~FileBody();

  std::uint64_t size() const noexcept { return size_; }
  /// The next piece; empty at the end, or where the file has become shorter than size().
  base::Result<std::string> read();

 private:
  FileBody(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0, read_ = 0;
};

}  // namespace musubi::net
