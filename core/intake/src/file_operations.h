// What the drop folder does to files, so that a test can make any step fail or be the last. Each call returns
// 0 or the number of the error (errno).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace musubi::intake {

enum class FileKind : std::uint8_t { regular, folder, symbolic_link, other };

struct FileFacts {
  FileKind kind = FileKind::other;
  std::uint64_t bytes = 0, links = 0, inode = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970, by the clock of the file system
  friend bool operator==(const FileFacts&, const FileFacts&) = default;
};

/// Threads: one.
class FileOperations {
 public:
  virtual ~FileOperations();
  /// Of the name itself: a symbolic link is not followed. EACCES as well when a regular file cannot be read.
  virtual int inspect(const std::filesystem::path& path, FileFacts& facts);
  virtual int make_folder(const std::filesystem::path& path);
  /// Within a file system (EXDEV otherwise) and never onto something (EEXIST).
  virtual int move(const std::filesystem::path& from, const std::filesystem::path& to);
  /// The bytes of a regular file, durable when it returns; replaces `to`.
  virtual int copy(const std::filesystem::path& from, const std::filesystem::path& to);
  /// A new file (EEXIST otherwise) with these bytes, durable when it returns.
  virtual int create(const std::filesystem::path& path, std::string_view bytes);
  /// A file, a link or an empty folder.
  virtual int remove(const std::filesystem::path& path);
  /// Makes the bytes of a file, or the names in a folder, durable.
  virtual int sync(const std::filesystem::path& path);
};

/// The machine's.
FileOperations& machine_files();

}  // namespace musubi::intake
