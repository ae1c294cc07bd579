// The tree every structured source becomes: objects, arrays and leaves in one flat array, text as views into
// the tree's own bytes. JSON and XML both read into it; FHIRPath walks it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"

namespace musubi::document {

enum class NodeKind : std::uint8_t { object, array, text, number, boolean, null, element, attribute };

/// Nodes are named by index; 0 is the root, kNoNode is none.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;

struct Node {
  std::string_view name;   ///< member name, element or attribute name; empty for array items
  std::string_view value;  ///< of a leaf: text, number as written, "true"; of an element: its own text
  NodeIndex parent = kNoNode;
  NodeIndex first_child = kNoNode;
  NodeIndex next_sibling = kNoNode;
  std::uint32_t source_byte = 0;    ///< offset of its start in the source
  std::uint32_t source_length = 0;  ///< 0 when the parser cannot tell
  std::uint32_t line = 0;           ///< XML
  NodeKind kind = NodeKind::null;
};

/// Immutable after reading; threads may share it.
class MUSUBI_SDK_API Tree {
 public:
  const Node& operator[](NodeIndex index) const noexcept { return nodes_[index]; }
  std::size_t size() const noexcept { return nodes_.size(); }
  NodeIndex child(NodeIndex of, std::string_view name) const noexcept;  ///< the first so named, or kNoNode
  /// "patients.data[3].居住地" for messages and provenance.
  std::string path_of(NodeIndex node) const;

 private:
  friend class TreeBuilder;
  std::vector<Node> nodes_;
  std::shared_ptr<const void> bytes_;
};

/// One JSON value. Refuses duplicate keys, numbers beyond double and int64, depth over the limit, lone
/// surrogates.
MUSUBI_SDK_API base::Result<Tree> read_json(std::string bytes, const std::string& shown_name,
                                            const Limits& limits) noexcept;
/// One XML document. Any DOCTYPE is refused; no network, no entities but the five.
MUSUBI_SDK_API base::Result<Tree> read_xml(std::string bytes, const std::string& shown_name,
                                           const Limits& limits) noexcept;

}  // namespace musubi::document
