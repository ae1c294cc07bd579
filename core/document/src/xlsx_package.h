// The parts of a workbook: which member of the ZIP is which sheet, where the strings and the formats are.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "xml_push.h"
#include "zip_archive.h"

namespace musubi::document {

struct XlsxSheet {
  std::string name;
  std::string part;  ///< member of the ZIP; empty: not a table (a chart sheet, a missing part)
  bool hidden = false;
};

struct XlsxPackage {
  ZipArchive archive;
  std::vector<XlsxSheet> sheets;
  std::string shared_strings_part;  ///< may be empty
  std::string styles_part;          ///< may be empty
  bool from_1904 = false;
};

/// Errors: those of ZipArchive::open; xlsx.not_a_workbook, xlsx.old_format, xlsx.password_protected,
/// xlsx.part_missing, xlsx.part_damaged.
base::Result<XlsxPackage> open_xlsx_package(std::shared_ptr<const ByteSource> source, const Limits& limits);

base::Error xlsx_part_missing(const ByteSource& source, std::string_view part);
/// `cause` happened inside a part.
base::Error xlsx_part_damaged(const ByteSource& source, std::string_view part, const base::Error& cause);

base::Error xlsx_part_too_large(const ByteSource& source, std::string_view part, std::uint64_t limit);

/// Parts that are remembered whole are small in any real workbook; rows and shared texts have limits of their
/// own.
inline constexpr std::uint64_t kLargestSmallPart = 64U << 20;
inline constexpr std::uint64_t kAnySize = ~std::uint64_t{0};

/// Feeds a whole part to a handler of XmlPush. Errors: xlsx.part_missing, xlsx.part_too_large,
/// xlsx.part_damaged and those of streams.
template <class Handler>
base::Status parse_xlsx_part(const ZipArchive& archive, const std::string& part, const Limits& limits,
                             Handler& handler, std::uint64_t largest = kLargestSmallPart) {
  const auto* member = archive.find(part);
  if (member == nullptr) return xlsx_part_missing(archive.source(), part);
  if (member->expanded > largest) return xlsx_part_too_large(archive.source(), part, largest);
  MUSUBI_ASSIGN(ZipMemberStream bytes, archive.stream(*member));
  XmlPush push(handler, limits.depth);
  std::string piece(std::min<std::uint64_t>(64U << 10, member->expanded + 1), '\0');
  for (std::size_t got = piece.size(); got == piece.size();) {
    MUSUBI_ASSIGN(got, bytes.read(piece.data(), piece.size()));
    const auto fed = push.feed(std::string_view(piece).substr(0, got));
    if (fed.has_error()) return xlsx_part_damaged(archive.source(), part, fed.error());
  }
  const auto ended = push.finish();
  if (ended.has_error()) return xlsx_part_damaged(archive.source(), part, ended.error());
  return {};
}

}  // namespace musubi::document
