// Puts one JSON item into a row of a batch.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "json_flatten.h"
#include "musubi/document/row_reader.h"
#include "tree_columns.h"

namespace musubi::document {

/// Not for several threads.
class JsonRowFiller {
 public:
  JsonRowFiller(ColumnList columns, const Limits& limits)
      : limits_(limits), columns_(std::move(columns)), flatten_(index_, *this) {}

  const ColumnList& columns() const noexcept { return columns_; }
  JsonIndex& index() noexcept { return index_; }

  void start(RowBatch& batch) {
    texts_ = std::make_shared<TextArena>();
    batch.start(columns_.size());
    batch.hold(texts_);
  }

  /// The item that begins at `token` of index(); `begin` is the offset of the indexed text in the source.
  void fill(RowBatch& batch, const RowOrigin& origin, std::uint32_t token, std::uint64_t begin);
  /// A row that cannot be read.
  void add_damaged(RowBatch& batch, const RowOrigin& origin, std::string_view code, std::uint64_t byte);

  // Sink of JsonFlatten.
  void cell(std::string_view path, const JsonCell& cell);
  void fault(const JsonFault& fault);

 private:
  Limits limits_;
  ColumnList columns_;
  JsonIndex index_;
  std::shared_ptr<TextArena> texts_;
  JsonFlatten<JsonRowFiller> flatten_;
  RowBatch* batch_ = nullptr;
  std::span<Cell> cells_;
  std::uint64_t begin_ = 0;
  bool faulty_ = false;
};

}  // namespace musubi::document
