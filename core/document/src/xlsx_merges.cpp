#include "xlsx_merges.h"

#include <algorithm>

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kMostRanges = 1U << 20;
constexpr std::string_view kElement = "mergeCell";

/// Handler: worksheet / mergeCells / mergeCell.
class MergesReading {
 public:
  void start(XmlPush& push, const XmlTag& tag) {
    if (push.depth() == 2) inside_ = tag.local == "mergeCells";
    if (push.depth() != 3 || !inside_ || tag.local != kElement) return;
    const auto range = parse_range(tag.attributes.find("ref").value_or(""));
    if (!range) return push.stop(Error(ErrorKind::bad_input, "xlsx.bad_merge"));
    if (ranges.size() == kMostRanges) {
      return push.stop(
          Error(ErrorKind::limit_exceeded, "xlsx.too_many_merges", {{"limit", std::to_string(kMostRanges)}}));
    }
    ranges.push_back(*range);
  }
  void end(XmlPush&) {}
  void text(XmlPush&, std::string_view) {}

  MergedRanges ranges;

 private:
  bool inside_ = false;
};

/// Expands the whole member; whether the word occurs anywhere in it.
base::Result<bool> mentions_merges(const ZipArchive& archive, const ZipMember& member) {
  MUSUBI_ASSIGN(ZipMemberStream bytes, archive.stream(member));
  const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(256U << 10, member.expanded + 1));
  std::string window(kElement.size() + step, ' ');
  bool found = false;
  for (std::size_t got = step; got == step;) {
    MUSUBI_ASSIGN(got, bytes.read(window.data() + kElement.size(), step));
    const auto seen = std::string_view(window).substr(0, kElement.size() + got);
    found = found || seen.find(kElement) != seen.npos;
    std::copy(seen.end() - static_cast<std::ptrdiff_t>(kElement.size()), seen.end(), window.begin());
  }
  return found;
}

bool empty(const Cell& cell) { return cell.kind == CellKind::missing || cell.size == 0; }

}  // namespace

base::Result<MergedRanges> read_merged_ranges(const ZipArchive& archive, const std::string& part,
                                              const Limits& limits) {
  const auto* member = archive.find(part);
  if (member == nullptr) return xlsx_part_missing(archive.source(), part);
  MUSUBI_ASSIGN(const bool mentioned, mentions_merges(archive, *member));
  MergesReading reading;
  if (mentioned) MUSUBI_TRY(parse_xlsx_part(archive, part, limits, reading, kAnySize));
  std::stable_sort(
      reading.ranges.begin(), reading.ranges.end(),
      [](const CellRange& left, const CellRange& right) { return left.first.row < right.first.row; });
  return std::move(reading.ranges);
}

void MergeSpreader::spread(std::uint32_t row, std::span<Cell> cells) {
  if (row <= busy_until_) {
    for (std::size_t column = 0; column < std::min(below_.size(), cells.size()); ++column) {
      if (row <= below_[column].last_row && empty(cells[column])) cells[column] = below_[column].value;
    }
  }
  for (; next_ < ranges_.size() && ranges_[next_].first.row <= row; ++next_) {
    if (ranges_[next_].first.row == row) begin(ranges_[next_], cells);
  }
}

void MergeSpreader::begin(const CellRange& range, std::span<Cell> cells) {
  if (range.first.column >= cells.size() || empty(cells[range.first.column])) return;
  const auto value = cells[range.first.column];
  const auto end = std::min<std::size_t>(range.last.column + 1, cells.size());
  for (std::size_t column = range.first.column; column < end; ++column) {
    if (empty(cells[column])) cells[column] = value;
  }
  if (range.last.row > range.first.row)
    carry_down({range.first, {range.last.row, static_cast<std::uint32_t>(end - 1)}}, value);
}

void MergeSpreader::carry_down(const CellRange& range, const Cell& value) {
  below_.resize(std::max<std::size_t>(below_.size(), range.last.column + 1));
  auto kept = value;
  kept.data = texts_->copy(value.text()).data();
  for (auto column = range.first.column; column <= range.last.column; ++column) {
    below_[column] = {.value = kept, .last_row = range.last.row};
  }
  busy_until_ = std::max(busy_until_, range.last.row);
}

}  // namespace musubi::document
