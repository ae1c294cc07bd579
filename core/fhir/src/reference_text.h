// References as they are written.
#pragma once

#include <string_view>

namespace musubi::fhir {

/// "Patient/123" of "https://example.org/fhir/Patient/123/_history/2"; others as they are.
inline std::string_view relative_reference(std::string_view reference) {
  reference = reference.substr(0, reference.find("/_history/"));
  const auto id = reference.rfind('/');
  if (id == reference.npos || id == 0) return reference;
  const auto type = reference.rfind('/', id - 1);
  return type == reference.npos ? reference : reference.substr(type + 1);
}

}  // namespace musubi::fhir
