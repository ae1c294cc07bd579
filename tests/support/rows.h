// Rows by hand, as a reader would give them.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "musubi/document/row_batch.h"

namespace musubi::testing {

/// A cell with its kind; from a plain text: CellKind::text.
struct HandCell {
  std::string text;
  document::CellKind kind = document::CellKind::text;
  HandCell(const char* plain) : text(plain) {}
  HandCell(std::string plain) : text(std::move(plain)) {}
  HandCell(std::string given, document::CellKind its_kind) : text(std::move(given)), kind(its_kind) {}
};

/// Row numbers count from 1, lines from 2 (the header is line 1); each row is 100 bytes behind the one
/// before.
inline document::RowBatch rows(std::size_t width, const std::vector<std::vector<HandCell>>& cells) {
  document::RowBatch batch;
  batch.start(width);
  auto texts = std::make_shared<std::vector<std::vector<HandCell>>>(cells);
  for (std::size_t index = 0; index < texts->size(); ++index) {
    const auto row = batch.add_row({.row = index + 1, .line = index + 2, .byte = 100 * index, .length = 100});
    for (std::size_t column = 0; column < (*texts)[index].size(); ++column) {
      const HandCell& cell = (*texts)[index][column];
      row[column] = {cell.text.data(), static_cast<std::uint32_t>(cell.text.size()),
                     static_cast<std::uint32_t>(cell.text.size()), 100 * index + column, cell.kind};
    }
  }
  batch.hold(std::move(texts));
  return batch;
}

}  // namespace musubi::testing
