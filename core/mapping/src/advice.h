// What lint says beyond mistakes: entries that never have an effect, and what is good to know.
#pragma once

#include "rule.h"

namespace musubi::mapping {

/// Warnings for conditions that never or always hold, contradict each other or stand twice, and for words and
/// columns that an earlier one hides. Requires that everything could be compiled.
void warn_of_unreachable(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
                         Problems& problems);
/// Free text that may carry personal information of any class; fields of the record that nothing fills.
void inform(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
            Problems& problems);

}  // namespace musubi::mapping
