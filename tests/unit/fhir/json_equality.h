// Whether two JSON texts say the same: the order of members does not count, the digits of numbers do.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "musubi/base/json_text.h"
#include "musubi/document/tree.h"

namespace musubi::fhir {

/// Numbers keep their text: 1.50 is not 1.5.
inline std::string with_numbers_as_text(const document::Tree& tree, document::NodeIndex index) {
  const auto& node = tree[index];
  if (node.kind == document::NodeKind::number) return "#" + std::string(node.value);
  if (node.kind == document::NodeKind::text) {
    std::string text;
    base::append_json_string(text, node.value);
    return text;
  }
  const bool named = node.kind == document::NodeKind::object;
  if (!named && node.kind != document::NodeKind::array)
    return std::string(node.kind == document::NodeKind::null ? "null" : node.value);
  std::vector<std::string> members;
  for (auto child = node.first_child; child != document::kNoNode; child = tree[child].next_sibling)
    members.push_back(std::string(tree[child].name) + ":" + with_numbers_as_text(tree, child));
  if (named) std::ranges::sort(members);
  std::string text = named ? "{" : "[";
  for (const auto& member : members) text += member + ",";
  return text + "}";
}

/// Of what is no JSON: the code of the error and what was given.
inline std::string canonical_json(const std::string& json) {
  const auto tree = document::read_json(json, "test", {});
  return tree.has_error() ? tree.error().code() + " " + json : with_numbers_as_text(*tree, 0);
}

}  // namespace musubi::fhir
