// Reading definitions as typed resources.
#pragma once

#include <string_view>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// The value of the first child so named; empty: none.
inline std::string_view text_at(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                                std::string_view name) noexcept {
  const auto* found = resource.child(node, name);
  return found == nullptr ? std::string_view() : found->text;
}

template <class Visit>
void each_at(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node, std::string_view name,
             const Visit& visit) {
  for (const auto& child : resource.children(node))
    if (child.name == name) visit(child);
}

}  // namespace musubi::fhir
