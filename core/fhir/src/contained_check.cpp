#include "contained_check.h"

#include <algorithm>
#include <vector>

#include "definition_nodes.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::Resource;
using fhirpath::ResourceNode;

/// The ids that a resource names as contained in it.
class NamedInside {
 public:
  explicit NamedInside(const Resource& resource) : resource_(resource), uri_(resource.model()->find("uri")) {}

  /// All that is written below `node`.
  void read(const ResourceNode& node) {
    for (const auto& child : resource_.children(node)) {
      if (child.has_value()) look_at(child);
      read(child);
    }
  }
  void sort() { std::ranges::sort(ids_); }
  bool has(std::string_view id) const { return std::ranges::binary_search(ids_, id); }
  /// Whether the container itself was named: "#".
  bool has_container() const { return has({}); }

 private:
  void look_at(const ResourceNode& node) {
    const bool refers =
        node.name == "reference" || (node.type != kNoType && resource_.model()->is_a(node.type, uri_));
    if (refers && node.text.starts_with('#')) ids_.push_back(node.text.substr(1));
    if (node.name == "div") look_at_narrative(node.text);
  }

  /// "#id", with its quotation marks.
  void look_at_narrative(std::string_view div) {
    for (auto at = div.find("\"#"); at != div.npos; at = div.find("\"#", at + 1)) {
      const auto end = div.find('"', at + 1);
      if (end == div.npos) return;
      ids_.push_back(div.substr(at + 2, end - at - 2));
    }
  }

  const Resource& resource_;
  const fhirpath::TypeIndex uri_;
  std::vector<std::string_view> ids_;
};

}  // namespace

bool leads_to_contained(const Resource& resource, const ResourceNode& reference, std::string_view text) {
  const auto id = text.substr(1);
  return id.empty() || resource.contained_resource(resource.container_of(reference), id) != nullptr;
}

bool each_contained_is_used(const Resource& resource, const ResourceNode& container) {
  NamedInside named(resource);
  named.read(container);
  named.sort();
  const auto is_used = [&](const ResourceNode& each) {
    const auto* id = resource.child(each, "id");
    if (id == nullptr || named.has(id->text)) return true;
    NamedInside own(resource);
    own.read(each);
    own.sort();
    return own.has_container();
  };
  bool all = true;
  each_at(resource, container, "contained", [&](const ResourceNode& each) { all = all && is_used(each); });
  return all;
}

}  // namespace musubi::fhir
