#include "xlsx_sheet.h"

#include <algorithm>

namespace musubi::document {
namespace {

constexpr std::size_t kPiece = 64U << 10;

}  // namespace

SheetRows::SheetRows(ZipMemberStream bytes, const ZipMember& member, const ByteSource& source,
                     const XlsxCommon& common)
    : bytes_(std::move(bytes)),
      part_(member.name),
      size_(member.expanded),
      source_(source),
      reading_(common),
      push_(reading_, common.limits.depth),
      piece_(std::min<std::uint64_t>(kPiece, size_ + 1), '\0') {}

base::Result<std::unique_ptr<SheetRows>> SheetRows::open(const ZipArchive& archive, const std::string& part,
                                                         const XlsxCommon& common) {
  const auto* member = archive.find(part);
  if (member == nullptr) return xlsx_part_missing(archive.source(), part);
  MUSUBI_ASSIGN(ZipMemberStream bytes, archive.stream(*member));
  return std::unique_ptr<SheetRows>(new SheetRows(std::move(bytes), *member, archive.source(), common));
}

base::Status SheetRows::fill(std::size_t count) {
  if (queue().waiting() >= count || ended_) return {};
  queue().forget_dropped();
  while (queue().waiting() < count && !ended_) MUSUBI_TRY(feed_piece());
  return {};
}

base::Status SheetRows::feed_piece() {
  MUSUBI_ASSIGN(const std::size_t got, bytes_.read(piece_.data(), piece_.size()));
  read_ += got;
  ended_ = got < piece_.size();
  auto fed = push_.feed(std::string_view(piece_).substr(0, got));
  if (!fed.has_error() && ended_) fed = push_.finish();
  if (fed.has_error()) return xlsx_part_damaged(source_, part_, fed.error());
  return {};
}

double SheetRows::progress() const noexcept {
  return size_ == 0 ? 1.0 : static_cast<double>(read_) / static_cast<double>(size_);
}

}  // namespace musubi::document
