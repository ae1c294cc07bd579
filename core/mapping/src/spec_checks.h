// What the parts of a mapping file say about each other: errors that keep it from loading, and lint's
// warnings.
#pragma once

#include "rule.h"

namespace musubi::mapping {

/// Names used in one place and declared in another: columns, local_id, event_date, as_of, ignored, skipped.
void check_references(const MappingSpec& spec, Problems& problems);
/// The paths of a mapping that reads FHIR, against the types of R4.
void check_paths(Compilation& compilation);
/// Warnings and what is good to know; `compiled` is what could be compiled.
void warn(const MappingSpec& spec, const CompiledRules& compiled, const Context& context, Problems& problems);

}  // namespace musubi::mapping
