// What a JSON object says in resourceType, before it is read.
#pragma once

#include <cstdint>

#include "musubi/document/json_index.h"
#include "node_builder.h"

namespace musubi::fhirpath {

/// `token`: where the object begins. kNoType: it says none that the model has.
TypeIndex type_said_in(const document::JsonIndex& index, std::uint32_t token, const NodeBuilder& builder);

}  // namespace musubi::fhirpath
