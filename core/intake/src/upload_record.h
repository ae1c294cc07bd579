// What is written down of an upload: upload.json.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "musubi/intake/uploads.h"

namespace musubi::intake {

/// The upload as JSON, but for `expires`; `touched`: when somebody last went on with it.
struct UploadRecord {
  Upload upload{};
  base::Instant touched{};
};

std::string to_json(const UploadRecord& record);
/// Error: intake.upload_unreadable, also where a later version of Musubi wrote it.
base::Result<UploadRecord> read_upload_record(std::string_view json);

}  // namespace musubi::intake
