#include "written_length.h"

#include "musubi/document/json_scalar.h"

namespace musubi::fhir {
namespace {

// The text was read before: what begins also ends.

/// Behind the quotation mark that ends the string which begins at `at`.
const char* behind_string(const char* at, const char* end) {
  at = document::end_of_plain_text(at + 1, end);
  while (*at == '\\') at = document::end_of_plain_text(at + 2, end);  // what is escaped
  return at + 1;
}

const char* behind_group(const char* at, const char* end) {
  std::size_t depth = 0;
  while (true) {
    const char letter = *at;
    if (letter == '"') {
      at = behind_string(at, end);
      continue;
    }
    ++at;
    if (letter == '{' || letter == '[') ++depth;
    if ((letter == '}' || letter == ']') && --depth == 0) return at;
  }
}

const char* behind_word(const char* at, const char* end) {
  constexpr std::string_view kBehind = ",]} \t\r\n";
  while (at != end && kBehind.find(*at) == kBehind.npos) ++at;
  return at;
}

std::uint32_t json_length(std::string_view text, std::size_t begin) {
  if (begin >= text.size()) return 0;
  const auto* const at = text.data() + begin;
  const auto* const end = text.data() + text.size();
  const auto* behind = at;
  if (*at == '"')
    behind = behind_string(at, end);
  else if (*at == '{' || *at == '[')
    behind = behind_group(at, end);
  else
    behind = behind_word(at, end);
  return static_cast<std::uint32_t>(behind - at);
}

}  // namespace

std::uint32_t written_length(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                             std::string_view text) {
  if (resource.format() == fhirpath::DocumentFormat::json) {
    constexpr std::uint32_t kQuotationMarks = 2;
    const bool as_written = node.leaf == fhirpath::LeafKind::text && node.source_byte < text.size() &&
                            node.text.data() == resource.bytes().data() + node.source_byte + 1;
    if (as_written) return static_cast<std::uint32_t>(node.text.size()) + kQuotationMarks;
    return json_length(text, node.source_byte);
  }
  return resource.tree()[resource.source_of(node)].source_length;
}

}  // namespace musubi::fhir
