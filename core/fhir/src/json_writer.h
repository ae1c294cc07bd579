#pragma once

#include <string>

#include "musubi/fhir/codec.h"

namespace musubi::fhir {

/// Errors: fhir.element_unknown.
base::Result<std::string> to_json(const fhirpath::Resource& resource, const Style& style);

}  // namespace musubi::fhir
