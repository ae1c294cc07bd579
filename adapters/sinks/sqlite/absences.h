// The `absent` column of rows that several versions have contributed to.
#pragma once

#include <string>
#include <string_view>

#include "layouts.h"

namespace musubi::sqlite_sink {

/// Only the entries of fields that `layout` speaks of.
std::string absences_of(std::string_view absent, const StoredLayout& layout);
/// `before`, with all that `layout` speaks of replaced by `now`.
std::string overlaid_absences(std::string_view before, const StoredLayout& layout, std::string_view now);

}  // namespace musubi::sqlite_sink
