// The types of FHIR R4 (4.0.1): data types, resources, the groups inside them, with every element. Made from
// the official definitions (docs/decisions/0005); constant data in the program, nothing is read or built at
// start.
#pragma once

#include "musubi/fhirpath/type_table.h"

namespace musubi::fhir {

/// Threads: constant, safe from any. Lives as long as the program.
const fhirpath::TypeTable& r4_types() noexcept;

}  // namespace musubi::fhir
