// All that a compiled mapping does, in one text: two that are equal do the same.
#pragma once

#include <string>

#include "../plan.h"

namespace musubi::mapping {

std::string plan_text(const Mapping::Parts& parts);

}  // namespace musubi::mapping
