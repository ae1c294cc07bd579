// Extensions that packages define, wherever they stand in a resource.
#pragma once

#include "profile_walk.h"
#include "profiles.h"

namespace musubi::fhir {

void check_package_extensions(Issues& issues, const Profiles& profiles, ProfileWalk& walk);

}  // namespace musubi::fhir
