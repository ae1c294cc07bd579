#include "musubi/document/tree.h"

#include <algorithm>

#include "tree_builder.h"

namespace musubi::document {
namespace {

/// Which of the like-named siblings before and after it a node is.
struct Turn {
  std::size_t before = 0;
  bool only_one = true;
};

Turn turn_of(const Tree& tree, NodeIndex node) {
  Turn turn;
  bool passed = false;
  for (auto other = tree[tree[node].parent].first_child; other != kNoNode; other = tree[other].next_sibling) {
    if (other == node) {
      passed = true;
    } else if (tree[other].name == tree[node].name && tree[other].kind == tree[node].kind) {
      turn.only_one = false;
      if (!passed) ++turn.before;
    }
  }
  return turn;
}

bool is_array_item(const Tree& tree, const Node& node) {
  return node.parent != kNoNode && tree[node.parent].kind == NodeKind::array;
}

std::size_t position_in_array(const Tree& tree, NodeIndex node) {
  std::size_t position = 0;
  for (auto other = tree[tree[node].parent].first_child; other != node; other = tree[other].next_sibling) {
    ++position;
  }
  return position;
}

std::string step_to(const Tree& tree, NodeIndex index) {
  const auto& node = tree[index];
  if (is_array_item(tree, node)) return "[" + std::to_string(position_in_array(tree, index)) + "]";
  if (node.kind == NodeKind::attribute) return "@" + std::string(node.name);
  if (node.kind != NodeKind::element || node.parent == kNoNode) return std::string(node.name);
  const auto turn = turn_of(tree, index);
  return std::string(node.name) + (turn.only_one ? "" : "[" + std::to_string(turn.before) + "]");
}

}  // namespace

NodeIndex Tree::child(NodeIndex of, std::string_view name) const noexcept {
  auto found = nodes_[of].first_child;
  while (found != kNoNode && nodes_[found].name != name) found = nodes_[found].next_sibling;
  return found;
}

std::string Tree::path_of(NodeIndex node) const {
  std::vector<std::string> steps;
  for (auto at = node; at != kNoNode; at = nodes_[at].parent) steps.push_back(step_to(*this, at));
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (!path.empty() && !step->empty() && step->front() != '[') path += '.';
    path += *step;
  }
  return path;
}

Node& TreeBuilder::add(NodeKind kind, std::string_view name, std::uint64_t byte) {
  const auto index = static_cast<NodeIndex>(tree_.nodes_.size());
  auto& node = tree_.nodes_.emplace_back();
  node.kind = kind;
  node.name = name;
  node.source_byte = static_cast<std::uint32_t>(byte);
  if (open_.empty()) return node;
  auto& parent = open_.back();
  node.parent = parent.node;
  auto& link = parent.last_child == kNoNode ? tree_.nodes_[parent.node].first_child
                                            : tree_.nodes_[parent.last_child].next_sibling;
  link = index;
  parent.last_child = index;
  return node;
}

void TreeBuilder::open() {
  open_.push_back({.node = static_cast<NodeIndex>(tree_.nodes_.size() - 1), .last_child = kNoNode});
}

Node& TreeBuilder::close() {
  auto& node = innermost();
  open_.pop_back();
  return node;
}

Tree TreeBuilder::take() {
  if (tree_.nodes_.capacity() > 2 * tree_.nodes_.size()) tree_.nodes_.shrink_to_fit();
  tree_.bytes_ = std::move(kept_);
  return std::move(tree_);
}

}  // namespace musubi::document
