#include "ordered_children.h"

#include <numeric>

namespace musubi::fhir {

using fhirpath::ElementInfo;
using fhirpath::kNoNode;
using fhirpath::kNoType;
using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;
using fhirpath::TypeTable;

std::string document_name(const TypeTable& model, const ElementInfo& element, TypeIndex type) {
  std::string name(element.name);
  if (!element.is_choice || type == kNoType) return name;
  const auto suffix = model.type(type).name;
  const auto begin = name.size();
  name += suffix;
  if (name[begin] >= 'a' && name[begin] <= 'z') name[begin] = static_cast<char>(name[begin] - 'a' + 'A');
  return name;
}

namespace {

/// Which of its brothers of the same name it is.
std::size_t place_among_brothers(const Resource& resource, const ResourceNode& node, bool& alone) {
  std::size_t before = 0, all = 0;
  for (const auto& brother : resource.children(resource[node.parent])) {
    if (brother.name != node.name) continue;
    if (&brother < &node) ++before;
    ++all;
  }
  alone = all == 1;
  return before;
}

bool is_list(const ResourceNode& node, bool alone) {
  return node.element != nullptr ? node.element->many : !alone;
}

}  // namespace

std::string path_of(const Resource& resource, const ResourceNode& node) {
  if (node.parent == kNoNode)
    return std::string(node.type == kNoType ? node.name : resource.model()->type(node.type).name);
  auto path = path_of(resource, resource[node.parent]) + "." + std::string(node.name);
  bool alone = true;
  const auto place = place_among_brothers(resource, node, alone);
  if (is_list(node, alone)) path += "[" + std::to_string(place) + "]";
  return path;
}

OrderedChildren::OrderedChildren(const Resource& resource, const ResourceNode& node)
    : model_(resource.model()) {
  const auto children = resource.children(node);
  std::vector<const ResourceNode*> known;
  std::vector<Ranked> ranks;
  for (const auto& child : children) {
    if (child.element == nullptr) continue;
    known.push_back(&child);
    ranks.push_back({child.element, child.type});
  }
  std::vector<std::size_t> order(known.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t left, std::size_t right) {
    const auto& a = ranks[left];
    const auto& b = ranks[right];
    if (a.element != b.element) return a.element < b.element;
    return a.element->is_choice && a.type < b.type;
  });
  for (const auto index : order) {
    nodes_.push_back(known[index]);
    ranked_.push_back(ranks[index]);
  }
}

}  // namespace musubi::fhir
