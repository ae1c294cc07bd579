// XML as nearly all documents are written, read in one pass into a Tree: elements, attributes, text,
// comments, the five entities and numeric ones, namespaces without prefixes. Whatever is beyond that, or
// wrong, is left to the parser, which reads the document from its beginning.
#pragma once

#include <cstdint>

#include "tree_builder.h"

namespace musubi::document {

/// Reads builder.bytes(), to which names and values then refer. False: not such a document; the builder is
/// of no use any more.
bool read_simple_xml(TreeBuilder& builder, std::uint32_t depth_limit);

}  // namespace musubi::document
