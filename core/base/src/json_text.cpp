#include "musubi/base/json_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace musubi::base {
namespace {

bool stands_as_it_is(char each) noexcept {
  return static_cast<unsigned char>(each) >= 0x20 && each != '"' && each != '\\';
}

void append_escaped(std::string& out, char each) {
  switch (each) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(each));
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (auto rest = text; !rest.empty();) {
    const auto* const end = std::ranges::find_if_not(rest, stands_as_it_is);
    const auto plain = static_cast<std::size_t>(end - rest.begin());
    out.append(rest.substr(0, plain));
    if (plain == rest.size()) break;
    append_escaped(out, rest[plain]);
    rest.remove_prefix(plain + 1);
  }
  out += '"';
}

}  // namespace musubi::base
