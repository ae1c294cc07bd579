// The children of a node of a document, for range-for loops.
#pragma once

#include "musubi/document/tree.h"

namespace musubi::fhirpath {

/// Of kNoNode: none.
class Children {
 public:
  Children(const document::Tree& tree, document::NodeIndex of)
      : tree_(tree), first_(of == document::kNoNode ? of : tree[of].first_child) {}
  class Iterator {
   public:
    Iterator(const document::Tree& tree, document::NodeIndex at) : tree_(&tree), at_(at) {}
    document::NodeIndex operator*() const { return at_; }
    Iterator& operator++() {
      at_ = (*tree_)[at_].next_sibling;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const document::Tree* tree_;
    document::NodeIndex at_;
  };
  Iterator begin() const { return {tree_, first_}; }
  Iterator end() const { return {tree_, document::kNoNode}; }

 private:
  const document::Tree& tree_;
  document::NodeIndex first_;
};

}  // namespace musubi::fhirpath
