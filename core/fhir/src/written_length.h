// How many bytes of the document a node takes.
#pragma once

#include <cstdint>
#include <string_view>

#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

/// `text`: the document that the resource was read from.
std::uint32_t written_length(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
                             std::string_view text);

}  // namespace musubi::fhir
