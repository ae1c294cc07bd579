// Which value sets a compiled mapping depends on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan.h"

namespace musubi::mapping {

/// A map outward is checked against the value set it comes from, but looks nothing up there.
enum class SourcesOfMaps : std::uint8_t { included, left_out };

/// As Mapping::value_sets() says, in order. Of an expression, those that it names in quotation marks.
std::vector<std::string> value_sets_used(const Mapping::Parts& parts,
                                         SourcesOfMaps sources = SourcesOfMaps::included);

}  // namespace musubi::mapping
