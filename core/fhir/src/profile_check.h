// Profiles: whether resources keep those that they claim, that the caller names, and those of their
// extensions (hl7.org/fhir/R4/profiling.html).
#pragma once

#include <span>
#include <string>

#include "issues.h"
#include "profiles.h"

namespace musubi::fhir {

/// `asked`: what the root has to keep beyond what it claims; profiles that are not known are passed by.
void check_profiles(Issues& issues, const Profiles& profiles, std::span<const std::string> asked);

}  // namespace musubi::fhir
