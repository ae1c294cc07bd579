// The rows of a table as a mapping with for_each counts them: one per item. Rows are numbered anew, so that a
// number names one record; it depends on nothing but the bytes and what for_each says.
#pragma once

#include <memory>
#include <optional>

#include "item_lists.h"
#include "musubi/document/row_reader.h"
#include "scope.h"

namespace musubi::mapping {

/// A row without items comes once, with blanks for the item's cells; so does a row with a fault, and one
/// whose list cannot be read (mapping.list_not_read).
class ItemRows final : public document::RowReader {
 public:
  ItemRows(std::unique_ptr<document::RowReader> rows, ItemLayout items);

  std::span<const std::string> columns() const noexcept override { return columns_; }
  std::span<const std::string> titles() const noexcept override { return rows_->titles(); }
  document::Encoding encoding() const noexcept override { return rows_->encoding(); }
  base::Result<std::size_t> read(document::RowBatch& into, std::size_t rows) noexcept override;
  std::uint64_t consumed() const noexcept override { return rows_->consumed(); }

 private:
  using Row = std::span<const document::Cell>;

  /// The next row of the table and its items; false: there is none.
  base::Result<bool> next_row();
  void find_items(Row row);
  void find_sets(Row row);
  void emit(document::RowBatch& into);

  std::unique_ptr<document::RowReader> rows_;
  ItemLayout items_;
  std::vector<std::string> columns_;
  int list_ = -1;
  std::vector<int> flat_;  ///< columns of the item's cells where a list has a single item
  std::vector<std::vector<int>> sets_;

  document::RowBatch batch_;
  std::size_t row_ = 0;    ///< of the batch; the one whose items are given
  std::size_t fault_ = 0;  ///< of the batch; the first not before row_
  std::shared_ptr<const ItemList> list_of_row_;
  std::vector<document::Cell> cells_;  ///< of all items of the row
  std::size_t item_ = 0, item_count_ = 0;
  std::string_view damage_;  ///< of the row
  std::uint64_t damaged_at_ = 0;
  bool batch_is_held_ = false;
  std::uint64_t given_ = 0;
  std::optional<base::Error> ended_by_;
};

}  // namespace musubi::mapping
