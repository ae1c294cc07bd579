// The children of a typed node in the order of the definition, those of one element side by side.
#pragma once

#include <algorithm>
#include <span>
#include <string>
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

/// "Bundle.entry[0].resource.birthDate": an expression that selects the node.
std::string path_of(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node);

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
