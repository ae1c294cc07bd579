// Bodies that come compressed (RFC 9110, section 8.4.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::net {

/// What a gzip stream holds, all of its members. Errors: net.gzip_broken; net.gzip_too_large beyond `most`
/// bytes, as soon as they are.
base::Result<std::string> gunzip(std::string_view compressed, std::uint64_t most);

}  // namespace musubi::net
