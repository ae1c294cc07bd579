// What can be known of a library without loading it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::plugin_host {

/// Refuses what the loader could stumble over: it maps a truncated library and dies of it. Errors:
/// plugin.not_found, plugin.not_a_library, plugin.broken_library, file.*
base::Status check_shared_object(const std::filesystem::path& library);

/// Names in the section of Boost.DLL's aliases. Errors: plugin.broken_library.
base::Result<std::vector<std::string>> aliases_of(const std::filesystem::path& library);

/// Version and build stamp, which are in the aliases' names. Errors: plugin.alias_missing,
/// plugin.wrong_version, plugin.wrong_stamp.
base::Status check_aliases(const std::filesystem::path& library, const std::vector<std::string>& aliases);

base::Error broken_library(const std::filesystem::path& library, const std::string& reason);

}  // namespace musubi::plugin_host
