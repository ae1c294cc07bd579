#pragma once

#include <string>

#include "musubi/fhir/codec.h"

namespace musubi::fhir {

/// Errors: fhir.element_unknown, fhir.narrative_not_xml.
base::Result<std::string> to_xml(const fhirpath::Resource& resource, const Style& style);

}  // namespace musubi::fhir
