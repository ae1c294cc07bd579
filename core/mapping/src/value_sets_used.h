// Which value sets a compiled mapping depends on.
#pragma once

#include <string>
#include <vector>

#include "plan.h"

namespace musubi::mapping {

/// As Mapping::value_sets() says, in order. Of an expression, those that it names in quotation marks.
std::vector<std::string> value_sets_used(const Mapping::Parts& parts);

}  // namespace musubi::mapping
