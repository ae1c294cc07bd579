// A ZIP as a workbook needs it: its members by name, and one member's bytes, expanded as they are read. The
// directory is judged before anything is expanded: encryption, absurd sizes, names that lead outside,
// links, double names and overlapping members are refused.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

struct ZipMember {
  std::string name;
  std::uint64_t header = 0;  ///< offset of its local header
  std::uint64_t packed = 0;
  std::uint64_t expanded = 0;
  std::uint32_t checksum = 0;  ///< CRC-32 of the expanded bytes
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  bool link = false;
};

/// The bytes of one member in order. Not for several threads.
class ZipMemberStream {
 public:
  ZipMemberStream(std::shared_ptr<const ByteSource> source, const ZipMember& member, std::uint64_t data);
  ZipMemberStream(ZipMemberStream&&) noexcept;
  ZipMemberStream& operator=(ZipMemberStream&&) noexcept;
  ~ZipMemberStream();

  /// Up to `length` bytes; fewer only at the end, where size and checksum are compared with the directory.
  /// Errors: xlsx.damaged, file.*
  base::Result<std::size_t> read(char* into, std::size_t length);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Immutable. Threads: may be shared; every stream belongs to one thread.
class ZipArchive {
 public:
  /// Errors: xlsx.truncated, xlsx.damaged, xlsx.password_protected, xlsx.zip_bomb, xlsx.expanded_too_large,
  /// xlsx.too_many_members, xlsx.member_refused, file.*
  static base::Result<ZipArchive> open(std::shared_ptr<const ByteSource> source, const Limits& limits);

  /// Names are compared without regard to ASCII case; nullptr: no such member.
  const ZipMember* find(std::string_view name) const;
  base::Result<ZipMemberStream> stream(const ZipMember& member) const;
  /// The whole member. Errors as stream() and read().
  base::Result<std::string> expand(const ZipMember& member) const;
  const ByteSource& source() const noexcept { return *source_; }

 private:
  explicit ZipArchive(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}
  base::Status add(ZipMember member);

  std::shared_ptr<const ByteSource> source_;
  std::vector<ZipMember> members_;
  std::unordered_map<std::string, std::size_t> by_name_;
};

}  // namespace musubi::document
