#include "written_length.h"

#include <algorithm>

namespace musubi::fhir {
namespace {

/// Behind the quotation mark that ends the string which begins at `at`.
std::size_t behind_string(std::string_view text, std::size_t at) {
  at = text.find_first_of("\"\\", at + 1);
  while (at != text.npos && text[at] == '\\') at = text.find_first_of("\"\\", at + 2);  // what is escaped
  return at == text.npos ? text.size() : at + 1;
}

std::size_t behind_group(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    at = text.find_first_of("\"{}[]", at);
    if (at == text.npos) return text.size();
    if (text[at] == '"') {
      at = behind_string(text, at);
      continue;
    }
    depth += text[at] == '{' || text[at] == '[' ? 1 : static_cast<std::size_t>(-1);
    ++at;
    if (depth == 0) return at;
  }
  return text.size();
}

std::size_t behind_value(std::string_view text, std::size_t at) {
  if (text[at] == '"') return behind_string(text, at);
  if (text[at] == '{' || text[at] == '[') return behind_group(text, at);
  return std::min(text.find_first_of(",]} \t\r\n", at), text.size());
}

}  // namespace

std::uint32_t json_length(std::string_view text, std::size_t begin) {
  if (begin >= text.size()) return 0;
  return static_cast<std::uint32_t>(behind_value(text, begin) - begin);
}

std::uint32_t written_length(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                             std::string_view text) {
  if (resource.format() == fhirpath::DocumentFormat::json) return json_length(text, node.source_byte);
  return resource.tree()[resource.source_of(node)].source_length;
}

}  // namespace musubi::fhir
