// Parts of an expression that yield the same whatever it is evaluated on:
// %bundle.entry.resource.ofType(Composition) for each row of a view, %resource.type for each entry of a
// Bundle. They are evaluated once.
#pragma once

#include "plan.h"

namespace musubi::fhirpath {

/// Puts a step before each such part of the plan. `variables`: those that runs will have.
void mark_what_lasts(Plan& plan, std::span<const std::string> variables);

/// Yields what its input yielded when the variables it asks were the same as now (Variable::edition).
bool run_lasting(Run& run, const Step& step);

}  // namespace musubi::fhirpath
