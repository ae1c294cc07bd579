// Rows that a push parser has finished and nobody has taken yet, with their cells and the texts these view.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "musubi/document/row_batch.h"
#include "musubi/document/text_arena.h"

namespace musubi::document {

struct QueuedCell {
  std::uint32_t column = 0;
  Cell cell;
};

struct QueuedRow {
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::uint32_t length = 0;
  std::string_view fault{};  ///< message id; empty: none
  std::uint64_t fault_byte = 0;
  // Kept by the queue:
  std::size_t first_cell = 0;
  std::size_t cells = 0;
  std::uint64_t texts = 0;  ///< number of the arena its first text is in
};

/// Not for several threads.
class RowQueue {
 public:
  RowQueue() { start_texts(); }

  // The parser's side: one row is open at a time.
  void begin(std::uint64_t line, std::uint64_t byte);
  QueuedRow& open() noexcept { return open_; }
  std::span<QueuedCell> open_cells() noexcept { return std::span(cells_).subspan(open_.first_cell); }
  void add(std::uint32_t column, const Cell& cell) { cells_.push_back({.column = column, .cell = cell}); }
  /// Only the first fault of a row is kept.
  void fault(std::string_view code, std::uint64_t byte);
  void finish();   ///< the open row joins the queue
  void discard();  ///< or not
  TextArena& texts() noexcept { return *texts_.back(); }

  // The reader's side.
  std::size_t waiting() const noexcept { return rows_.size() - taken_; }
  const QueuedRow& peek(std::size_t index) const noexcept { return rows_[taken_ + index]; }
  std::span<const QueuedCell> cells_of(const QueuedRow& row) const noexcept {
    return std::span(cells_).subspan(row.first_cell, row.cells);
  }
  void drop(std::size_t count) noexcept { taken_ += count; }
  /// Makes the batch hold the texts of all rows that wait.
  void hold_texts(RowBatch& batch) const;
  /// Before parsing on: forgets what was dropped, so that memory stays that of the rows that wait.
  void forget_dropped();

 private:
  void start_texts();

  std::vector<QueuedRow> rows_;
  std::vector<QueuedCell> cells_;  ///< of all rows, the open one's last
  QueuedRow open_;
  bool is_open_ = false;
  std::size_t taken_ = 0;
  std::deque<std::shared_ptr<TextArena>> texts_;  ///< oldest first; the last is written to
  std::uint64_t first_texts_ = 0;                 ///< number of the first of them
};

}  // namespace musubi::document
