// Parts of the mapping's own text.
#pragma once

#include "removal_source.h"

namespace musubi::mapping {

std::vector<Part> removable_keys(const std::shared_ptr<const Source>& source);

}  // namespace musubi::mapping
