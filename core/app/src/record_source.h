// One file read by one mapping without storing anything: for `musubi try`.
#pragma once

#include <filesystem>
#include <memory>

#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"
#include "musubi/mapping/mapping.h"

namespace musubi::app {

/// Opens the file in the shape the mapping reads. Errors: app.try.wrong_shape, document.*, file.*.
document::RowReaderResult open_for(const mapping::Mapping& mapping, const std::filesystem::path& file);

}  // namespace musubi::app
