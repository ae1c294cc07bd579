// The central directory at the end of a ZIP, ZIP64 included, as raw entries.
#pragma once

#include <vector>

#include "zip_archive.h"

namespace musubi::document {

struct ZipDirectory {
  std::uint64_t begin = 0;  ///< offset of the directory: members end before it
  std::vector<ZipMember> members;
};

/// Errors: xlsx.truncated (no end record), xlsx.damaged, xlsx.too_many_members, file.*
base::Result<ZipDirectory> read_zip_directory(const ByteSource& source, const Limits& limits);

base::Error zip_damaged(const ByteSource& source, std::string_view member);

/// Exactly `length` bytes at `offset`. Errors: xlsx.truncated, file.*
base::Result<std::string> read_exactly(const ByteSource& source, std::uint64_t offset, std::size_t length);

/// Little-endian numbers of a ZIP's records; 0 behind their end.
class ZipRecord {
 public:
  explicit ZipRecord(std::string_view bytes) : bytes_(bytes) {}
  std::uint16_t two(std::size_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t four(std::size_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint64_t eight(std::size_t at) const { return number(at, 8); }

 private:
  std::uint64_t number(std::size_t at, std::size_t width) const;
  std::string_view bytes_;
};

inline constexpr std::uint32_t kLocalHeaderSignature = 0x04034B50;
inline constexpr std::size_t kLocalHeaderSize = 30;

}  // namespace musubi::document
