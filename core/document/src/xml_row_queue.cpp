#include "xml_row_queue.h"

namespace musubi::document {

void RowQueue::begin(std::uint64_t line, std::uint64_t byte) {
  open_ = {.line = line, .byte = byte};
  open_.first_cell = cells_.size();
  open_.texts = first_texts_ + texts_.size() - 1;
  is_open_ = true;
}

void RowQueue::fault(std::string_view code, std::uint64_t byte) {
  if (!open_.fault.empty()) return;
  open_.fault = code;
  open_.fault_byte = byte;
}

void RowQueue::finish() {
  open_.cells = cells_.size() - open_.first_cell;
  rows_.push_back(open_);
  is_open_ = false;
}

void RowQueue::discard() {
  cells_.resize(open_.first_cell);
  is_open_ = false;
}

void RowQueue::hold_texts(RowBatch& batch) const {
  for (const auto& texts : texts_) batch.hold(texts);
}

void RowQueue::forget_dropped() {
  if (taken_ > 0) {
    const auto gone = rows_[taken_ - 1].first_cell + rows_[taken_ - 1].cells;
    rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(taken_));
    cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(gone));
    for (auto& row : rows_) row.first_cell -= gone;
    if (is_open_) open_.first_cell -= gone;
    taken_ = 0;
  }
  const auto current = first_texts_ + texts_.size() - 1;
  const auto needed = !rows_.empty() ? rows_.front().texts : is_open_ ? open_.texts : current;
  for (; first_texts_ < needed; ++first_texts_) texts_.pop_front();
  start_texts();
}

/// What is read from now on does not keep what was read before in memory.
void RowQueue::start_texts() { texts_.push_back(std::make_shared<TextArena>()); }

}  // namespace musubi::document
