// What the rules on contained resources ask (rule_shortcuts.h), in one walk: as written in FHIRPath they look
// through the whole resource for each of them.
#pragma once

#include <string_view>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// ref-1: whether what begins with # is contained in the resource the reference stands in, or is that itself.
bool leads_to_contained(const fhirpath::Resource& resource, const fhirpath::ResourceNode& reference,
                        std::string_view text);

/// dom-3: whether each resource contained in `container` is referred to from it, or refers to it. An image in
/// a narrative refers too: src="#id" (hl7.org/fhir/R4/narrative.html).
bool each_contained_is_used(const fhirpath::Resource& resource, const fhirpath::ResourceNode& container);

}  // namespace musubi::fhir
