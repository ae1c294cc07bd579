// The handlers of operators and of paths: what the compiler puts into steps.
#pragma once

#include "plan.h"

namespace musubi::fhirpath {

bool run_constant(Run& run, const Step& step);
bool run_nothing(Run& run, const Step& step);
bool run_this(Run& run, const Step& step);
bool run_index(Run& run, const Step& step);
bool run_total(Run& run, const Step& step);
bool run_variable(Run& run, const Step& step);
/// Whether FHIRPath or FHIR gives this name a meaning: context, sct, ext-….
bool is_reserved_variable(std::string_view name);
bool run_member(Run& run, const Step& step);
/// A name that may be the type of the focus ("Patient" in Patient.name) or a member.
bool run_type_or_member(Run& run, const Step& step);
bool run_column(Run& run, const Step& step);
bool run_indexer(Run& run, const Step& step);
bool run_group(Run& run, const Step& step);
/// A literal that reads well but means nothing: a time with an offset.
bool run_impossible_literal(Run& run, const Step& step);

/// The handler of a binary operator, a sign, is and as.
StepHandler handler_of(Operator operation) noexcept;
bool run_arithmetic(Run& run, const Step& step);
bool run_concatenate(Run& run, const Step& step);
bool run_sign(Run& run, const Step& step);
bool run_is(Run& run, const Step& step);
bool run_as(Run& run, const Step& step);
bool run_of_type(Run& run, const Step& step);

/// Pushes the children of `item` that are so named.
bool push_children(Run& run, const Value& item, const Step& step);

}  // namespace musubi::fhirpath
