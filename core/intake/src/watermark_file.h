// Where the next run of a pull begins, durably.
#pragma once

#include <filesystem>
#include <string>

#include "musubi/base/result.h"

namespace musubi::intake {

/// `otherwise` where there is no file. Errors: intake.watermark_unreadable (also where a later version of
/// Musubi wrote it), those of base::read_file().
base::Result<std::string> read_watermark(const std::filesystem::path& file, const std::string& otherwise);

/// Errors: those of base::write_file_durably().
base::Status write_watermark(const std::filesystem::path& file, const std::string& watermark);

}  // namespace musubi::intake
