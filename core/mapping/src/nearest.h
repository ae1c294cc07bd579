// The known word nearest to one that is not known, for "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::mapping {

/// Empty when none is near enough to be meant: a third of its characters may differ, at least one.
std::string nearest(std::string_view word, std::span<const std::string_view> known);
std::string nearest(std::string_view word, std::span<const std::string> known);
std::string joined(std::span<const std::string_view> words);  ///< "a, b, c"

}  // namespace musubi::mapping
