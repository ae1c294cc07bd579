#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// The contents of one value set and the file that defines it.
struct ReadValueSet {
  ValueSet::Contents contents;
  std::string file;
};

/// How the files of a list are told apart.
inline constexpr std::string_view kMunicipalityFile = "municipality.csv";
inline constexpr std::string_view kConceptMaps = "conceptmaps/";  ///< begins the names of concept maps

/// The value sets in the *.yaml files and the tables (*.csv) among `files`, each with the common words of
/// absence.
base::Result<std::vector<ReadValueSet>> read_value_sets(std::span<const ValueSetFile> files,
                                                        const std::filesystem::path& shown_folder);

/// The municipalities as a value set: code, full name, and the shorter names that only one place has.
ValueSet::Contents municipality_value_set(const Municipalities& municipalities);

}  // namespace musubi::model
