#include "reference_targets.h"

#include "definition_nodes.h"

namespace musubi::fhir {

using fhirpath::kNoType;
using fhirpath::ResourceNode;

ReferenceTargets::Target ReferenceTargets::of(const ResourceNode& reference) {
  auto text = text_at(resource_, reference, "reference");
  if (text.empty()) return {};
  if (text.starts_with('#')) {
    const auto* found = contained(reference, text.substr(1));
    return {found, found == nullptr ? kNoType : found->type};
  }
  text = text.substr(0, text.find("/_history/"));
  const auto entry = entries().find(text);
  if (entry != entries().end()) return {entry->second, entry->second->type};
  const auto slash = text.rfind('/');
  if (slash == text.npos || text.find_first_of("?|") != text.npos || text.starts_with("urn:")) return {};
  const auto before = text.substr(0, slash);
  return {nullptr, resource_.model()->find(before.substr(before.rfind('/') + 1))};
}

const ResourceNode* ReferenceTargets::contained(const ResourceNode& reference, std::string_view id) const {
  const auto& container = resource_.container_of(reference);
  return id.empty() ? &container : resource_.contained_resource(container, id);
}

const ReferenceTargets::Entries& ReferenceTargets::entries() {
  if (entries_) return *entries_;
  entries_.emplace();
  if (resource_.type_name() != "Bundle") return *entries_;
  for (const auto& entry : resource_.children(resource_.root())) {
    const auto* inner = entry.name == "entry" ? resource_.child(entry, "resource") : nullptr;
    if (inner != nullptr) entries_->emplace(text_at(resource_, entry, "fullUrl"), inner);
  }
  return *entries_;
}

}  // namespace musubi::fhir
