// How much a finding or a problem weighs.
#pragma once

#include <cstdint>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

enum class Severity : std::uint8_t {
  information,  ///< of a record: travels with it; of a file: good to know, nothing to mend
  warning,      ///< of a record: travels with it; of a file: it can be used as it is
  error         ///< of a record: holds it for review; of a file: it cannot be used
};
/// "information", "warning", "error".
MUSUBI_SDK_API std::string_view name_of(Severity severity) noexcept;

}  // namespace musubi::base
