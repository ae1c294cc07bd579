// References: to what they may refer, and inside a Bundle whether it is there; identities of its entries
// (hl7.org/fhir/R4/references.html, bundle.html#references).
#pragma once

#include "issues.h"

namespace musubi::fhir {

void check_references(Issues& issues);

}  // namespace musubi::fhir
