#pragma once

#include <filesystem>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// The value sets in the *.yaml files of `folder`, each with the common words of absence.
base::Result<std::vector<ValueSet::Contents>> read_value_sets(const std::filesystem::path& folder);

/// The municipalities as a value set: code, full name, and the shorter names that only one place has.
ValueSet::Contents municipality_value_set(const Municipalities& municipalities);

}  // namespace musubi::model
