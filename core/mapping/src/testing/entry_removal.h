// Entries of the value sets and concept maps that a mapping uses.
#pragma once

#include "removal_source.h"

namespace musubi::mapping {

std::vector<Part> removable_entries(const std::shared_ptr<const Source>& source);

}  // namespace musubi::mapping
