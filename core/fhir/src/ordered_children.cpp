#include "ordered_children.h"

#include <array>
#include <charconv>
#include <limits>
#include <map>
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

std::vector<Paths::Place> Paths::places_below(const ResourceNode& parent) const {
  const auto children = resource_.children(parent);
  std::vector<Place> places(children.size());
  std::map<std::string_view, std::vector<Place>::iterator> last;
  for (auto place = places.begin(); const auto& child : children) {
    const auto [known, is_first] = last.try_emplace(child.name, place);
    if (!is_first) {
      place->before = known->second->before + 1;
      place->alone = known->second->alone = false;
      known->second = place;
    }
    ++place;
  }
  return places;
}

Paths::Place Paths::place_among_few(const ResourceNode& node) const {
  Place place;
  resource_.each_child(resource_[node.parent], resource_.hash_of(node), node.name,
                       [&](const ResourceNode& brother) {
                         if (&brother != &node) place.alone = false;
                         if (&brother < &node) ++place.before;
                         return true;
                       });
  return place;
}

Paths::Place Paths::place_of(const ResourceNode& node) {
  constexpr std::uint32_t kFew = 64;
  const auto& parent = resource_[node.parent];
  if (parent.child_count <= kFew) return place_among_few(node);
  auto known = places_.find(node.parent);
  if (known == places_.end()) known = places_.emplace(node.parent, places_below(parent)).first;
  return known->second[resource_.index_of(node) - parent.first_child];
}

std::string Paths::of(const ResourceNode& node) {
  constexpr std::size_t kUsual = 96;
  std::string path;
  path.reserve(kUsual);
  append(path, node);
  return path;
}

void Paths::append(std::string& path, const ResourceNode& node) {
  if (node.parent == kNoNode) {
    path += node.type == kNoType ? node.name : resource_.model()->type(node.type).name;
    return;
  }
  append(path, resource_[node.parent]);
  (path += '.') += node.name;
  if (node.element != nullptr && !node.element->many) return;
  const auto place = place_of(node);
  if (node.element == nullptr && place.alone) return;
  std::array<char, std::numeric_limits<std::uint32_t>::digits10 + 1> digits{};
  const auto written = std::to_chars(digits.begin(), digits.end(), place.before);
  (path += '[').append(digits.begin(), written.ptr) += ']';
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
