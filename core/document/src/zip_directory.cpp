#include "zip_directory.h"

#include <algorithm>
#include <optional>

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::uint32_t kEnd64Signature = 0x06064B50;
constexpr std::uint32_t kLocator64Signature = 0x07064B50;
constexpr std::uint32_t kEntrySignature = 0x02014B50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kLocator64Size = 20;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  ///< "the number is in the ZIP64 field"
constexpr std::uint16_t kZip64Field = 1;

struct End {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t begin = 0;
  std::uint64_t record = 0;  ///< offset of the end record itself
};

Error truncated(const ByteSource& source) {
  return Error(ErrorKind::bad_input, "xlsx.truncated").at({.file = source.name(), .byte = source.size()});
}

/// The end record is the last thing in the file, with a comment of the length it tells.
std::optional<std::size_t> find_end(std::string_view tail) {
  for (std::size_t back = kEndSize; back <= tail.size(); ++back) {
    const auto at = tail.size() - back;
    const ZipRecord record(tail.substr(at));
    if (record.four(0) == kEndSignature && record.two(20) == back - kEndSize) return at;
  }
  return std::nullopt;
}

base::Result<End> end_in_64(const ByteSource& source, std::uint64_t end_record) {
  if (end_record < kLocator64Size) return zip_damaged(source, "");
  MUSUBI_ASSIGN(const std::string locator, read_exactly(source, end_record - kLocator64Size, kLocator64Size));
  if (ZipRecord(locator).four(0) != kLocator64Signature) return zip_damaged(source, "");
  const auto at = ZipRecord(locator).eight(8);
  if (at > end_record - kLocator64Size) return zip_damaged(source, "");
  MUSUBI_ASSIGN(const std::string bytes, read_exactly(source, at, kEnd64Size));
  const ZipRecord record(bytes);
  if (record.four(0) != kEnd64Signature) return zip_damaged(source, "");
  return End{.entries = record.eight(32), .size = record.eight(40), .begin = record.eight(48), .record = at};
}

bool needs_64(const ZipRecord& record) {
  return record.two(10) == 0xFFFF || record.four(12) == kIn64 || record.four(16) == kIn64;
}

base::Result<End> read_end(const ByteSource& source) {
  const auto length = std::min<std::uint64_t>(source.size(), kEndSize + kLongestComment);
  const auto begin = source.size() - length;
  MUSUBI_ASSIGN(const std::string tail, read_exactly(source, begin, length));
  const auto found = find_end(tail);
  if (!found) return truncated(source);
  const ZipRecord record(std::string_view(tail).substr(*found));
  if (needs_64(record)) return end_in_64(source, begin + *found);
  return End{
      .entries = record.two(10), .size = record.four(12), .begin = record.four(16), .record = begin + *found};
}

/// Replaces the sizes and the offset that are too large for four bytes, in the order the format fixes.
bool apply_zip64(std::string_view extra, ZipMember& member) {
  while (extra.size() >= 4) {
    const ZipRecord field(extra);
    const std::size_t size = field.two(2);
    if (4 + size > extra.size()) return false;
    if (field.two(0) == kZip64Field) {
      std::size_t at = 4;
      for (auto* number : {&member.expanded, &member.packed, &member.header}) {
        if (*number != kIn64) continue;
        if (at + 8 > 4 + size) return false;
        *number = field.eight(at);
        at += 8;
      }
      return true;
    }
    extra.remove_prefix(4 + size);
  }
  return true;
}

bool is_link(const ZipRecord& entry) {
  constexpr std::uint32_t kTypeMask = 0170000;
  constexpr std::uint32_t kSymbolicLink = 0120000;
  return ((entry.four(38) >> 16) & kTypeMask) == kSymbolicLink;
}

/// The entry at the start of `bytes`, which is shortened by it; nullopt: damaged.
std::optional<ZipMember> take_entry(std::string_view& bytes) {
  if (bytes.size() < kEntrySize || ZipRecord(bytes).four(0) != kEntrySignature) return std::nullopt;
  const ZipRecord entry(bytes);
  const std::size_t name = entry.two(28);
  const std::size_t extra = entry.two(30);
  const std::size_t whole = kEntrySize + name + extra + entry.two(32);
  if (whole > bytes.size()) return std::nullopt;
  ZipMember member{.name = std::string(bytes.substr(kEntrySize, name)),
                   .header = entry.four(42),
                   .packed = entry.four(20),
                   .expanded = entry.four(24),
                   .checksum = entry.four(16),
                   .flags = entry.two(8),
                   .method = entry.two(10),
                   .link = is_link(entry)};
  if (!apply_zip64(bytes.substr(kEntrySize + name, extra), member)) return std::nullopt;
  bytes.remove_prefix(whole);
  return member;
}

base::Status check_end(const ByteSource& source, const End& end, const Limits& limits) {
  if (end.entries > limits.members) {
    return Error(ErrorKind::limit_exceeded, "xlsx.too_many_members",
                 {{"members", std::to_string(end.entries)}, {"limit", std::to_string(limits.members)}})
        .at({.file = source.name()});
  }
  if (end.begin > end.record || end.size > end.record - end.begin) return zip_damaged(source, "");
  constexpr std::uint64_t kLongestEntry = kEntrySize + std::uint64_t{3} * 0xFFFF;
  if (end.size > end.entries * kLongestEntry) return zip_damaged(source, "");
  return {};
}

}  // namespace

std::uint64_t ZipRecord::number(std::size_t at, std::size_t width) const {
  std::uint64_t value = 0;
  const auto digits = bytes_.substr(std::min(at, bytes_.size()), width);
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    value = value << 8 | static_cast<unsigned char>(*digit);
  }
  return value;
}

Error zip_damaged(const ByteSource& source, std::string_view member) {
  return Error(ErrorKind::bad_input, "xlsx.damaged", {{"member", std::string(member)}})
      .at({.file = source.name()});
}

base::Result<std::string> read_exactly(const ByteSource& source, std::uint64_t offset, std::size_t length) {
  if (offset > source.size() || length > source.size() - offset) return truncated(source);
  std::string bytes(length, '\0');
  MUSUBI_ASSIGN(const std::size_t got, source.read_at(offset, bytes.data(), length));
  if (got != length) return truncated(source);
  return bytes;
}

base::Result<ZipDirectory> read_zip_directory(const ByteSource& source, const Limits& limits) {
  MUSUBI_ASSIGN(const End end, read_end(source));
  MUSUBI_TRY(check_end(source, end, limits));
  MUSUBI_ASSIGN(const std::string bytes, read_exactly(source, end.begin, end.size));
  ZipDirectory directory{.begin = end.begin, .members = {}};
  std::string_view rest = bytes;
  for (std::uint64_t index = 0; index < end.entries; ++index) {
    auto member = take_entry(rest);
    if (!member) return zip_damaged(source, "");
    directory.members.push_back(std::move(*member));
  }
  return directory;
}

}  // namespace musubi::document
