#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/concept_map.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// A concept map and the file that defines it.
struct ReadConceptMap {
  ConceptMap map;
  std::string file;
};

/// nullptr: there is no such value set.
using FindValueSet = std::function<const ValueSet*(std::string_view id)>;

/// The concept maps among `files`. A map from a value set says of every code what becomes of it: that it has
/// no target (null) is said as well. A code without an entry takes that of its parent. `shown_folder`: where
/// messages say that they are. Errors: conceptmap.*, yaml.*, chained.
base::Result<std::vector<ReadConceptMap>> read_concept_maps(std::span<const ValueSetFile> files,
                                                            const std::filesystem::path& shown_folder,
                                                            const FindValueSet& value_set);

}  // namespace musubi::model
