#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/value_set.h"

namespace musubi::model {

/// The lines of municipality.csv in order of the file. Errors: municipality.not_utf8, municipality.columns,
/// municipality.bad_code, municipality.not_sorted, municipality.empty.
base::Result<std::vector<Municipality>> read_municipalities(std::string_view bytes,
                                                            const std::filesystem::path& shown_name);
/// Its bytes. Errors: file.*.
base::Result<std::string> municipality_bytes(const std::filesystem::path& file);

}  // namespace musubi::model
