// Fills a Tree in document order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/document/text_arena.h"
#include "musubi/document/tree.h"

namespace musubi::document {

/// Not for several threads.
class TreeBuilder {
 public:
  /// Views of nodes may point into these bytes and into texts().
  explicit TreeBuilder(std::string bytes) : kept_(std::make_shared<Kept>(std::move(bytes))) {}

  std::string& bytes() noexcept { return kept_->bytes; }
  TextArena& texts() noexcept { return kept_->texts; }

  /// Adds the next node in document order, as the last child of the innermost open one.
  Node& add(NodeKind kind, std::string_view name, std::uint64_t byte);
  void open();    ///< what is added from now on are children of the node added last
  Node& close();  ///< ends that; returns the node that had been opened
  Node& innermost() noexcept { return tree_.nodes_[open_.back().node]; }
  std::vector<Node>& nodes() noexcept { return tree_.nodes_; }
  bool full() const noexcept { return tree_.nodes_.size() >= kNoNode - 1; }
  Tree take();

 private:
  struct Kept {
    explicit Kept(std::string source) : bytes(std::move(source)) {}
    std::string bytes;
    TextArena texts;
  };
  struct Open {
    NodeIndex node = kNoNode;
    NodeIndex last_child = kNoNode;
  };

  std::shared_ptr<Kept> kept_;
  Tree tree_;
  std::vector<Open> open_;
};

}  // namespace musubi::document
