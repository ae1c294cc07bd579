// Files read whole or written durably. Paths are UTF-8.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::base {

/// The whole file. Errors: those of file_error(), file.not_regular, file.too_large.
MUSUBI_SDK_API Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

/// The regular files of `folder` itself whose name ends with `extension` (".yaml"), in order of name. Errors:
/// those of file_error().
MUSUBI_SDK_API Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& folder,
                                                                   std::string_view extension);

/// Writes to a temporary name beside it, fsyncs file and folder, renames. Errors: those of file_error().
MUSUBI_SDK_API Status write_file_durably(const std::filesystem::path& path, std::string_view bytes);

/// Turns errno into an Error with the file's name: file.not_found, file.not_permitted, file.is_directory,
/// file.disk_full, file.read_only; file.failed with the number for the rest.
MUSUBI_SDK_API Error file_error(int error_number, const std::filesystem::path& path);

}  // namespace musubi::base
