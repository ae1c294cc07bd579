// Strings, numbers and words of JSON, strictly: what RFC 8259 does not allow is not read.
#pragma once

#include <optional>
#include <string_view>

#include "text_arena.h"

namespace musubi::document {

enum class JsonStringFault : unsigned char { none, bad_escape, lone_surrogate, nul };

struct JsonString {
  std::string_view text;
  JsonStringFault fault = JsonStringFault::none;
};

/// `token` with its quotes; control characters and UTF-8 are already judged. A string without escapes stays a
/// view of the token.
JsonString read_json_string(std::string_view token, TextArena& texts);

enum class JsonNumberFault : unsigned char { none, not_a_number, out_of_range };

/// An integer must fit int64, any other number a double. Its text stays as written.
JsonNumberFault check_json_number(std::string_view token);

}  // namespace musubi::document
