// The configuration files of a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/privacy/policy.h"

namespace musubi::privacy {

/// Every *.yaml directly in `folder`, in order of name. A folder that is missing, or holds none, is an error:
/// no rule is never the same as no restriction.
base::Result<std::vector<ConfigurationFile>> read_yaml_folder(const std::filesystem::path& folder);

}  // namespace musubi::privacy
