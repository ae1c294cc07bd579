// Extensions of the standard: whether they are known, stand where they may, and say what they may
// (hl7.org/fhir/R4/extensibility.html). Those of others are left to their definitions.
#pragma once

#include "issues.h"

namespace musubi::fhir {

void check_extensions(Issues& issues);

}  // namespace musubi::fhir
