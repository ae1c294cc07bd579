// Merged cells: only the first one holds the value, yet each of them means it. Prefectures merge the
// municipality down its rows and the title of a group across its columns.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "musubi/document/row_batch.h"
#include "musubi/document/text_arena.h"
#include "xlsx_package.h"
#include "xlsx_reference.h"

namespace musubi::document {

/// In order of their first row.
using MergedRanges = std::vector<CellRange>;

/// Looks through a sheet for them (they are written behind the rows) and proves it undamaged while doing so.
/// Errors: xlsx.too_many_merges, xlsx.part_missing, xlsx.part_damaged, those of streams.
base::Result<MergedRanges> read_merged_ranges(const ZipArchive& archive, const std::string& part,
                                              const Limits& limits);

/// Spreads values while rows go by in order. A cell with a value of its own keeps it; rows that have no cell
/// of their own do not come into being. Not for several threads.
class MergeSpreader {
 public:
  explicit MergeSpreader(MergedRanges ranges) : ranges_(std::move(ranges)) {}

  /// Fills the cells of `row` that are missing. Where a cell gets text of this object, texts() must be held.
  void spread(std::uint32_t row, std::span<Cell> cells);
  std::shared_ptr<const void> texts() const noexcept { return texts_; }

 private:
  struct Below {
    Cell value;
    std::uint32_t last_row = 0;
  };
  void begin(const CellRange& range, std::span<Cell> cells);
  void carry_down(const CellRange& range, const Cell& value);

  MergedRanges ranges_;
  std::size_t next_ = 0;
  std::vector<Below> below_;  ///< by column
  std::uint32_t busy_until_ = 0;
  std::shared_ptr<TextArena> texts_ = std::make_shared<TextArena>();
};

}  // namespace musubi::document
