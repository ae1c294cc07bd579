// Steps that yield the same for the same input and arguments, and do nothing else.
#pragma once

#include <algorithm>
#include <array>

#include "functions.h"
#include "operators.h"
#include "plan.h"

namespace musubi::fhirpath {

inline constexpr auto kPureHandlers = std::to_array<StepHandler>(
    {run_constant, run_nothing,     run_this,      run_member,      run_indexer,   run_group,
     run_of_type,  run_as,          run_is,        run_first,       run_last,      run_tail,
     run_single,   run_empty,       run_exists,    run_not,         run_count,     run_distinct,
     run_where,    run_is_distinct, run_has_value, run_resolve,     run_select,    run_all,
     run_matches,  run_extension,   run_contains,  run_starts_with, run_ends_with, run_type_or_member});

inline bool is_pure(const Step& step) {
  return step.operation != Operator::none ||
         std::ranges::find(kPureHandlers, step.run) != kPureHandlers.end();
}

}  // namespace musubi::fhirpath
