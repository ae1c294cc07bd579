#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// The contents of one value set and the file that defines it.
struct ReadValueSet {
  ValueSet::Contents contents;
  std::string file;
};

/// The value sets in the *.yaml files among `files`, each with the common words of absence.
base::Result<std::vector<ReadValueSet>> read_value_sets(std::span<const ValueSetFile> files,
                                                        const std::filesystem::path& shown_folder);

/// The municipalities as a value set: code, full name, and the shorter names that only one place has.
ValueSet::Contents municipality_value_set(const Municipalities& municipalities);

}  // namespace musubi::model
