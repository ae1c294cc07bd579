#include "item_lists.h"

#include <algorithm>

namespace musubi::mapping {
namespace {

using document::Cell;
using document::CellKind;
using document::kNoNode;
using document::NodeIndex;
using document::NodeKind;
using document::Tree;

bool is_plain(NodeKind kind) {
  return kind == NodeKind::text || kind == NodeKind::number || kind == NodeKind::boolean;
}

CellKind kind_of(NodeKind kind) {
  if (kind == NodeKind::number) return CellKind::number;
  return kind == NodeKind::boolean ? CellKind::boolean : CellKind::text;
}

/// A member by its whole name, or step by step: a.b.
NodeIndex find(const Tree& tree, NodeIndex object, std::string_view name) {
  if (const auto whole = tree.child(object, name); whole != kNoNode) return whole;
  for (auto dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
    const auto step = tree.child(object, name.substr(0, dot));
    if (step != kNoNode && tree[step].kind == NodeKind::object) return find(tree, step, name.substr(dot + 1));
  }
  return kNoNode;
}

/// The texts of an array of plain values, joined; false: it holds more than that.
bool join(const Tree& tree, NodeIndex array, std::string& into) {
  for (auto each = tree[array].first_child; each != kNoNode; each = tree[each].next_sibling) {
    if (!is_plain(tree[each].kind)) return false;
    if (each != tree[array].first_child) into += ';';
    into += tree[each].value;
  }
  return true;
}

}  // namespace

std::shared_ptr<const ItemList> ItemList::read(const Cell& list, std::span<const std::string> names) {
  document::Limits limits;
  auto tree = document::read_json(std::string(list.text()), {}, limits);
  if (tree.has_error() || (*tree)[0].kind != NodeKind::array) return nullptr;
  const std::shared_ptr<ItemList> items(new ItemList(std::move(*tree)));
  items->source_ = list.text();
  items->width_ = names.size();
  for (auto item = items->tree_[0].first_child; item != kNoNode; item = items->tree_[item].next_sibling) {
    if (items->tree_[item].kind != NodeKind::object) return nullptr;
    for (const auto& name : names) items->cells_.push_back(items->cell_of(item, name, list));
  }
  return items;
}

Cell ItemList::cell_of(NodeIndex item, const std::string& name, const Cell& list) {
  const auto node = find(tree_, item, name);
  const bool is_value =
      node != kNoNode && tree_[node].kind != NodeKind::null && tree_[node].kind != NodeKind::object;
  if (!is_value) return {};
  return leaf(node, list);
}

/// Every cell of an item has the place of the list.
Cell ItemList::leaf(NodeIndex node, const Cell& list) {
  const auto& found = tree_[node];
  auto text = found.value;
  if (!is_plain(found.kind)) {
    std::string joined;
    const bool plain = found.kind == NodeKind::array && join(tree_, node, joined);
    if (!plain) joined = source_.substr(found.source_byte, found.source_length);
    text = *texts_.emplace_back(std::make_unique<const std::string>(std::move(joined)));
  }
  return {.data = text.data(),
          .size = static_cast<std::uint32_t>(text.size()),
          .source_length = list.source_length,
          .source_byte = list.source_byte,
          .kind = kind_of(found.kind)};
}

}  // namespace musubi::mapping
