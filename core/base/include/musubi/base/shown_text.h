// Texts from outside (file names, headers of tables, ids) as they may be shown: on a terminal, in JSON, in a
// message. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// On one line and harmless to a terminal: line breaks and tabs become \n, \r, \t; other control characters,
/// invisible marks that reorder text and bytes that are no UTF-8 become \x1b, \u{202e}, \xff. What is plain
/// stays as it is.
MUSUBI_SDK_API std::string printable(std::string_view text);

/// Bytes that are no UTF-8 become U+FFFD, each.
MUSUBI_SDK_API std::string as_utf8(std::string text);

/// What a message calls the column `number` (from 1) of a table. Its name only where that looks like one;
/// else "[7]": in a file without a header the cells of a record stand in its place.
MUSUBI_SDK_API std::string shown_column(std::string_view name, std::size_t number);

}  // namespace musubi::base
