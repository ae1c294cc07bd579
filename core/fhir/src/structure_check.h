// Elements: whether they are known, where they stand, how many there are, and the form of their values.
#pragma once

#include "issues.h"

namespace musubi::fhir {

void check_structure(Issues& issues);

}  // namespace musubi::fhir
