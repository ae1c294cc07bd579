// The codes of each enumeration.
#include <span>
#include <string_view>

#define MUSUBI_CODES(name, ...)                                 \
  std::span<const std::string_view> codes_of(name) noexcept {   \
    static constexpr std::string_view kCodes[] = {__VA_ARGS__}; \
    return kCodes;                                              \
  }
#include "r4_codes.inc"
