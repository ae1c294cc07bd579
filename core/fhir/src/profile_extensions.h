// Extensions that packages define, wherever they stand in a resource.
#pragma once

#include <set>

#include "profile_walk.h"
#include "profiles.h"

namespace musubi::fhir {

/// `guests`: resources that claim profiles of which nothing is known here. Their guide may build on another
/// version of the packages, so what these demand is told as a warning there.
void check_package_extensions(Issues& issues, const Profiles& profiles, ProfileWalk& walk,
                              const std::set<const fhirpath::ResourceNode*>& guests);

}  // namespace musubi::fhir
