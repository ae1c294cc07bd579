// Values of a resource beside values of a definition.
#pragma once

#include "profile_plan.h"

namespace musubi::fhir {

/// fixed[x]: the same in everything, in the same order.
bool is_fixed(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
              const Wanted& wanted) noexcept;
/// pattern[x]: at least what is wanted; each item of a list is there somewhere.
bool has_pattern(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                 const Wanted& wanted) noexcept;

/// A code, Coding, CodeableConcept or Quantity against a value set; of several codings one is enough.
/// `is_coded`: false where there is no code to judge.
Membership membership_of(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                         const ValueSet& set, bool& is_coded) noexcept;

/// Whether the values that `shape` demands below itself are below `node`.
bool has_shape(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
               const ElementPlan& shape) noexcept;

}  // namespace musubi::fhir
