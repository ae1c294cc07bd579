// The rules of FHIR for narratives: htmlChecks().
#pragma once

#include <string_view>

namespace musubi::fhirpath {

/// Well formed, a <div> outside, only elements and attributes that FHIR allows, no scripts, some text or
/// image.
bool is_safe_xhtml(std::string_view text);

}  // namespace musubi::fhirpath
