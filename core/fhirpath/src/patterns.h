// Regular expressions, bounded in time and memory.
#pragma once

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace musubi::fhirpath {

inline constexpr std::size_t kLongestPattern = 4096;

/// nullptr: no regular expression that RE2 takes, or too large a one.
std::unique_ptr<const re2::RE2> compile_pattern(std::string_view text);

}  // namespace musubi::fhirpath
