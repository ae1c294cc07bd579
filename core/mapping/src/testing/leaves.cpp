#include "leaves.h"

namespace musubi::mapping {
namespace {

using base::YamlKind;
using base::YamlNode;
using document::kNoNode;
using document::NodeIndex;
using document::NodeKind;
using model::Value;
using model::ValueKind;

std::string item_path(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

std::string member_path(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

const YamlNode* absent_reason(const YamlNode& node) {
  return node.entries.size() == 1 ? node.find("absent") : nullptr;
}

void add_value(const std::string& path, const model::Catalogue& catalogue, const model::Field& field,
               const Value& value, Leaves& into);

/// One item of a group.
void add_members(const std::string& path, const model::Catalogue& catalogue, const model::Field& group,
                 const Value& item, Leaves& into) {
  const auto members = catalogue.members_of(group.number);
  const auto values = item.as_list();
  for (std::size_t index = 0; index < members.size() && index < values.size(); ++index) {
    const auto& member = catalogue.at(members[index]);
    add_value(member_path(path, member.id), catalogue, member, values[index], into);
  }
}

void add_list(const std::string& path, const model::Catalogue& catalogue, const model::Field& field,
              const Value& list, Leaves& into) {
  const auto items = list.as_list();
  const bool group = field.type == model::FieldType::group;
  if (items.size() == 1 && !group) return add_value(path, catalogue, field, items.front(), into);
  for (std::size_t index = 0; index < items.size(); ++index) {
    const auto here = item_path(path, index);
    if (group)
      add_members(here, catalogue, field, items[index], into);
    else
      add_value(here, catalogue, field, items[index], into);
  }
}

void add_value(const std::string& path, const model::Catalogue& catalogue, const model::Field& field,
               const Value& value, Leaves& into) {
  if (value.silent()) return;
  if (value.kind() == ValueKind::list) return add_list(path, catalogue, field, value, into);
  if (value.is_absent())
    into[path] = {std::string(model::name_of(value.absent_reason())), true};
  else
    into[path] = {model::to_text(value)};
}

void add_tree(const std::string& path, const document::Tree& tree, NodeIndex node, Leaves& into) {
  const auto kind = tree[node].kind;
  if (kind != NodeKind::object && kind != NodeKind::array) {
    into[path] = {std::string(tree[node].value)};
    return;
  }
  std::size_t index = 0;
  for (auto each = tree[node].first_child; each != kNoNode; each = tree[each].next_sibling)
    add_tree(kind == NodeKind::array ? item_path(path, index++) : member_path(path, tree[each].name), tree,
             each, into);
}

}  // namespace

std::string shown(const Leaf& leaf) { return leaf.absent ? "(" + leaf.text + ")" : leaf.text; }

void add_field(const std::string& path, const YamlNode& value, Leaves& into) {
  if (value.kind == YamlKind::scalar) {
    into[path] = {value.text};
  } else if (const auto* reason = absent_reason(value)) {
    into[path] = {reason->text, true};
  } else if (value.kind == YamlKind::list && value.items.size() == 1 &&
             value.items.front().kind == YamlKind::scalar) {
    into[path] = {value.items.front().text};
  } else {
    for (std::size_t index = 0; index < value.items.size(); ++index)
      add_field(item_path(path, index), value.items[index], into);
    for (const auto& [name, member] : value.entries) add_field(member_path(path, name.text), member, into);
  }
}

void add_json(const std::string& path, const YamlNode& value, Leaves& into) {
  if (value.kind == YamlKind::scalar) into[path] = {value.text};
  for (std::size_t index = 0; index < value.items.size(); ++index)
    add_json(item_path(path, index), value.items[index], into);
  for (const auto& [name, member] : value.entries) add_json(member_path(path, name.text), member, into);
}

Leaves leaves_of(const model::RecordLayout& layout, std::span<const Value> values) {
  Leaves leaves;
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const auto& field = layout.catalogue->at(layout.slots[slot]);
    add_value(field.id, *layout.catalogue, field, values[slot], leaves);
  }
  return leaves;
}

Leaves leaves_of(const document::Tree& tree) {
  Leaves leaves;
  add_tree({}, tree, 0, leaves);
  return leaves;
}

void remove(const std::string& path, bool of_document, Leaves& from) {
  std::erase_if(from, [&](const auto& leaf) {
    const auto& at = leaf.first;
    if (!at.starts_with(path)) return false;
    return at.size() == path.size() || at[path.size()] == '[' || (of_document && at[path.size()] == '.');
  });
}

}  // namespace musubi::mapping
