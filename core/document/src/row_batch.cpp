#include "musubi/document/row_batch.h"

namespace musubi::document {

RowBatch::RowBatch() = default;
RowBatch::RowBatch(RowBatch&&) noexcept = default;
RowBatch& RowBatch::operator=(RowBatch&&) noexcept = default;
RowBatch::~RowBatch() = default;

void RowBatch::start(std::size_t width) {
  width_ = width;
  cells_.clear();
  origins_.clear();
  faults_.clear();
  owners_.clear();
}

std::span<Cell> RowBatch::add_row(const RowOrigin& origin) {
  origins_.push_back(origin);
  cells_.resize(cells_.size() + width_);
  return {cells_.data() + cells_.size() - width_, width_};
}

void RowBatch::remove_last_row() {
  origins_.pop_back();
  cells_.resize(cells_.size() - width_);
}

}  // namespace musubi::document
