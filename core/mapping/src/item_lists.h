// The items of a list that a reader gives as JSON in one cell, as cells of their own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "musubi/document/row_batch.h"
#include "musubi/document/tree.h"

namespace musubi::mapping {

/// One list taken apart. Cells point into the tree, which whoever keeps them keeps as well.
class ItemList {
 public:
  /// `names`: paths within an item, their steps divided by dots (or, as XML names them, whole). nullptr: the
  /// cell holds no list of objects.
  static std::shared_ptr<const ItemList> read(const document::Cell& list, std::span<const std::string> names);

  std::size_t size() const noexcept { return width_ == 0 ? 0 : cells_.size() / width_; }
  std::span<const document::Cell> item(std::size_t index) const noexcept {
    return {cells_.data() + index * width_, width_};
  }

 private:
  explicit ItemList(document::Tree tree) : tree_(std::move(tree)) {}
  document::Cell cell_of(document::NodeIndex item, const std::string& name, const document::Cell& list);
  document::Cell leaf(document::NodeIndex node, const document::Cell& list);

  document::Tree tree_;
  std::string source_;                                     ///< as the tree was read from it
  std::vector<std::unique_ptr<const std::string>> texts_;  ///< of cells that the tree does not have as one
  std::vector<document::Cell> cells_;
  std::size_t width_ = 0;
};

}  // namespace musubi::mapping
