// Files read whole or written durably. Paths are UTF-8.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::base {

/// The whole file. Errors: file.not_found, file.not_readable, file.is_directory, file.not_regular,
/// file.too_large.
MUSUBI_SDK_API Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// Writes to a temporary name beside it, fsyncs file and folder, renames. Errors: file.disk_full,
/// file.not_writable.
MUSUBI_SDK_API Status write_file_durably(const std::filesystem::path& path, std::string_view bytes);

/// Turns errno into an Error with the file's name: file.not_found, file.not_readable, file.disk_full,
/// file.failed.
MUSUBI_SDK_API Error file_error(int error_number, const std::filesystem::path& path);

}  // namespace musubi::base
