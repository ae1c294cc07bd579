// Text as JSON writes it.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// Appends `text`, which is UTF-8, in quotes and escaped (RFC 8259, section 7).
MUSUBI_SDK_API void append_json_string(std::string& out, std::string_view text);

}  // namespace musubi::base
