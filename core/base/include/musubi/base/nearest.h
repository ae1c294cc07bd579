// The known word nearest to one that is not known, for "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

/// Empty when none is near enough to be meant: a third of its characters may differ, at least one, at most
/// four. Of equally near ones the first. `word` may be any bytes.
MUSUBI_SDK_API std::string nearest(std::string_view word, std::span<const std::string_view> known);
MUSUBI_SDK_API std::string nearest(std::string_view word, std::span<const std::string> known);
/// The nearest one; where none is near, all of them.
MUSUBI_SDK_API std::string nearest_or_all(std::string_view word, std::span<const std::string_view> known);
/// "a, b, c"
MUSUBI_SDK_API std::string joined(std::span<const std::string_view> words);

}  // namespace musubi::base
