// The children of a typed node in the order of the definition, those of one element side by side.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// What stands under one name in a document.
struct ElementGroup {
  const fhirpath::ElementInfo* element = nullptr;
  std::string name;  ///< in a document: "birthDate", "valueQuantity"
  std::span<const fhirpath::ResourceNode* const> nodes;
};

/// "valueQuantity" of value[x] with the type Quantity; the name of every other element.
std::string document_name(const fhirpath::TypeTable& model, const fhirpath::ElementInfo& element,
                          fhirpath::TypeIndex type);

/// Expressions that select nodes: "Bundle.entry[0].resource.birthDate". The places of brothers are counted
/// once for all of them. Threads: one. For one resource, which outlives it.
class Paths {
 public:
  explicit Paths(const fhirpath::Resource& resource) : resource_(resource) {}
  std::string of(const fhirpath::ResourceNode& node);

 private:
  void append(std::string& path, const fhirpath::ResourceNode& node);
  struct Place {
    std::uint32_t before = 0;  ///< brothers of the same name
    bool alone = true;
  };
  Place place_of(const fhirpath::ResourceNode& node);
  Place place_among_few(const fhirpath::ResourceNode& node) const;
  std::vector<Place> places_below(const fhirpath::ResourceNode& parent) const;

  const fhirpath::Resource& resource_;
  std::unordered_map<std::uint32_t, std::vector<Place>> places_;  ///< of children, by their parent
};

/// One of them.
inline std::string path_of(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node) {
  return Paths(resource).of(node);
}

/// Children that the type does not know are left out.
class OrderedChildren {
 public:
  OrderedChildren(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node);

  template <class Visit>
  base::Status each(const Visit& visit) const {
    for (std::size_t first = 0; first < ranked_.size();) {
      auto last = first + 1;
      while (last < ranked_.size() && same_name(ranked_[first], ranked_[last])) ++last;
      const auto& element = *ranked_[first].element;
      MUSUBI_TRY(visit(ElementGroup{&element, document_name(*model_, element, nodes_[first]->type),
                                    std::span(nodes_).subspan(first, last - first)}));
      first = last;
    }
    return {};
  }

 private:
  struct Ranked {
    const fhirpath::ElementInfo* element;
    fhirpath::TypeIndex type;
  };
  static bool same_name(const Ranked& left, const Ranked& right) {
    return left.element == right.element && (!left.element->is_choice || left.type == right.type);
  }

  const fhirpath::TypeTable* model_;
  std::vector<const fhirpath::ResourceNode*> nodes_;
  std::vector<Ranked> ranked_;  ///< beside nodes_
};

}  // namespace musubi::fhir
