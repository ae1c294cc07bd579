#include "json_resource_type.h"

#include "musubi/document/json_scalar.h"

namespace musubi::fhirpath {
namespace {

using document::JsonIndex;

constexpr std::string_view kResourceType = "resourceType";

/// Calls `take` with the text of a string.
template <class Take>
auto with_text(const JsonIndex& index, std::uint32_t token, const Take& take) {
  const auto written = index.scalar(token);
  const auto inner = written.substr(1, written.size() - 2);
  if (inner.find('\\') == inner.npos) return take(inner);
  document::TextArena texts;
  return take(document::read_json_string(written, texts).text);
}

/// Behind the value that begins at `token`.
std::uint32_t behind_value(const JsonIndex& index, std::uint32_t token) {
  std::uint32_t depth = 0;
  do {
    const char kind = index.kind(token);
    if (kind == '{' || kind == '[') ++depth;
    if ((kind == '}' || kind == ']') && depth != 0) --depth;
    ++token;
  } while (depth != 0 && token < index.size());
  return token;
}

}  // namespace

TypeIndex type_said_in(const JsonIndex& index, std::uint32_t token, const NodeBuilder& builder) {
  for (++token; index.kind(token) == '"' && index.kind(token + 1) == ':';) {
    const auto value = token + 2;
    const auto is_it = [](std::string_view name) { return name == kResourceType; };
    if (with_text(index, token, is_it)) {
      if (index.kind(value) != '"') return kNoType;
      return with_text(index, value, [&](std::string_view name) { return builder.resource_type(name); });
    }
    token = behind_value(index, value);
    if (index.kind(token) == ',') ++token;
  }
  return kNoType;
}

}  // namespace musubi::fhirpath
