// Where a character of a text written in YAML stands in its file, whatever quotation marks, escapes and line
// breaks lie between: an expression's mistake is shown where the operator wrote it.
#pragma once

#include <string_view>

#include "musubi/base/problems.h"

namespace musubi::mapping {

/// The place of the character at `line` and `column` (from 1) of the text, which `scalar` says where to find
/// in `file`. Where the file does not say it as the text does, the place of the scalar itself.
base::Mark place_within(std::string_view file, const base::Located& scalar, std::uint64_t line,
                        std::uint64_t column);

}  // namespace musubi::mapping
