// What is wrong with configuration files, whatever they configure: mappings, policies, checks, routes,
// jurisdictions, value sets, concept maps, the catalogue, the settings. Nothing is printed here.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

#include "musubi/base/problems.h"
#include "workshop.h"

namespace musubi::app {

enum class FileKind : std::uint8_t {
  mapping,
  policy,
  jurisdiction,
  route,
  checks,
  value_set,
  concept_map,
  catalogue,
  settings,
  unknown
};
/// "mapping", "policy", …
std::string_view name_of(FileKind kind) noexcept;

struct LintReport {
  std::map<FileKind, std::size_t> files;  ///< how many were looked at
  std::vector<base::Problem> findings;
};

/// By the keys a file of each kind begins with; unknown where it has none of them or is no YAML.
FileKind kind_of(const std::filesystem::path& file);

/// Looks at the files, and at all YAML files below the folders, named by `paths`; at the whole configuration
/// where there are none. A given file takes the place of the configured one of the same name. Errors: those
/// of the settings, file.* for a path that is not there.
base::Result<LintReport> collect_findings(Workshop& workshop,
                                          const std::vector<std::filesystem::path>& paths);

}  // namespace musubi::app
