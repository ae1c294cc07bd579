// Which value sets a compiled mapping depends on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan.h"

namespace musubi::mapping {

enum class UsedFor : std::uint8_t {
  anything,
  words  ///< of a source: neither the set that a map outward comes from, nor those of takes: canonical
};

/// As Mapping::value_sets() says, in order. Of an expression, those that it names in quotation marks.
std::vector<std::string> value_sets_used(const Mapping::Parts& parts, UsedFor what = UsedFor::anything);

}  // namespace musubi::mapping
