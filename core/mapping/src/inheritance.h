// `extends`: a mapping takes over what another says and changes some of it.
#pragma once

#include "mapping_files.h"
#include "mapping_spec.h"

namespace musubi::mapping {

struct Inherited {
  YamlNode root;                      ///< what all files say together
  Bundle files;                       ///< those it is made of
  std::vector<std::string> texts;     ///< of all files, by the number that marks have
  std::vector<std::string> mappings;  ///< "id@version", by the same number
  bool complete = true;               ///< false: a base cannot be read, so that much seems to be missing
};

/// Reads a mapping's own file and those it extends, and lays them over each other: a key replaces the one
/// below it; fields are laid over each other one by one, a field that is null is taken away. Problems:
/// mapping.extends_*, yaml.*. nullopt: its own file could not be read.
std::optional<Inherited> read_inherited(const MappingFile& own, MappingFiles& others, Problems& problems);

}  // namespace musubi::mapping
