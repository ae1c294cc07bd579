// What a reference refers to, as far as the same document shows it.
#pragma once

#include <optional>
#include <unordered_map>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// Threads: one. For one resource.
class ReferenceTargets {
 public:
  explicit ReferenceTargets(const fhirpath::Resource& resource) : resource_(resource) {}

  struct Target {
    const fhirpath::ResourceNode* node = nullptr;  ///< nullptr: it is not in this document
    fhirpath::TypeIndex type = fhirpath::kNoType;  ///< kNoType: it does not show
  };
  /// `reference`: a Reference.
  Target of(const fhirpath::ResourceNode& reference);

 private:
  using Entries = std::unordered_map<std::string_view, const fhirpath::ResourceNode*>;
  const Entries& entries();
  const fhirpath::ResourceNode* contained(const fhirpath::ResourceNode& reference, std::string_view id) const;

  const fhirpath::Resource& resource_;
  std::optional<Entries> entries_;  ///< of a Bundle, by fullUrl
};

}  // namespace musubi::fhir
