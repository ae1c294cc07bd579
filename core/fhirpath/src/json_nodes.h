// From JSON to nodes in one walk: members become elements by the type of their object, `_member` joins its
// member, arrays become as many nodes.
#pragma once

#include <cstdint>
#include <optional>

#include "musubi/document/json_index.h"
#include "musubi/document/text_arena.h"
#include "node_builder.h"

namespace musubi::fhirpath {

/// The document that `index` has read. Texts with escapes go to `texts`. A fault: the document is refused.
std::optional<document::JsonFault> add_json(NodeBuilder& builder, document::JsonIndex& index,
                                            document::TextArena& texts, std::uint32_t depth_limit);

}  // namespace musubi::fhirpath
