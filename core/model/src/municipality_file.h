#pragma once

#include <filesystem>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// The lines of municipality.csv in order of the file. Errors: file.*, municipality.not_utf8,
/// municipality.columns, municipality.bad_code, municipality.not_sorted, municipality.empty.
base::Result<std::vector<Municipality>> read_municipalities(const std::filesystem::path& file);

}  // namespace musubi::model
