#pragma once

#include <filesystem>
#include <functional>
#include <map>

#include "musubi/base/result.h"
#include "musubi/model/concept_map.h"

namespace musubi::model {

class ValueSet;
using ConceptMaps = std::map<std::string, ConceptMap, std::less<>>;

/// The concept maps in the *.yaml files of `folder`, none where there is no such folder. A map from a value
/// set says of every code what becomes of it: that it has no target (null) is said as well. A code without an
/// entry takes that of its parent. Errors: conceptmap.*, yaml.*, file.*, chained.
base::Result<ConceptMaps> read_concept_maps(
    const std::filesystem::path& folder, const std::function<const ValueSet*(std::string_view)>& value_set);

}  // namespace musubi::model
