// A laboratory's message about nobody, of about 5 kB, with a number that can be another each time.
#pragma once

#include <string>
#include <string_view>

namespace musubi::bench {

/// Twelve digits of the report's identifier.
inline constexpr std::string_view kNumber = "000000000000";
std::string laboratory_message();

}  // namespace musubi::bench
