#include "hand_rows.h"

#include <algorithm>

namespace musubi::mapping {

base::Result<std::size_t> HandRows::read(document::RowBatch& into, std::size_t rows) noexcept {
  into.start(table_->columns.size());
  into.hold(table_);
  const auto first = given_;
  given_ = std::min(table_->rows.size(), first + rows);
  for (auto row = first; row < given_; ++row) {
    const auto cells = into.add_row({.row = row + 1, .line = row + 2});
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const auto& [text, kind] = table_->rows[row][column];
      cells[column] = {.data = text.data(), .size = static_cast<std::uint32_t>(text.size()), .kind = kind};
    }
  }
  return given_ - first;
}

}  // namespace musubi::mapping
