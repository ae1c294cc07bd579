#include "musubi/base/json_text.h"

#include <fmt/format.h>

namespace musubi::base {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char each : text) {
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
        if (static_cast<unsigned char>(each) < 0x20)
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(each));
        else
          out += each;
    }
  }
  out += '"';
}

}  // namespace musubi::base
