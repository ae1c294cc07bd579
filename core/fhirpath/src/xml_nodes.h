// From the tree of an XML document to nodes: attributes and elements alike are children, `value` is the
// value.
#pragma once

#include <string>
#include <string_view>

#include "musubi/document/tree.h"
#include "node_builder.h"

namespace musubi::fhirpath {

/// Not for several threads.
class XmlNodes {
 public:
  /// `source`: the bytes the tree was read from, for XHTML.
  XmlNodes(NodeBuilder& builder, const document::Tree& tree, std::string_view source)
      : builder_(builder), tree_(tree), source_(source) {}
  void run();

 private:
  bool in_fhir_namespace() const;
  void add_children(NodeBuilder::Place parent, document::NodeIndex source);
  void add(NodeBuilder::Place parent, document::NodeIndex source);
  document::NodeIndex enter_resource(ResourceNode& node, document::NodeIndex source) const;
  void take_leaf(ResourceNode& node, document::NodeIndex source) const;
  void take_typed_leaf(ResourceNode& node, document::NodeIndex source) const;
  std::string_view written(document::NodeIndex source) const;
  bool is_xhtml(TypeIndex type) const { return type != kNoType && builder_.traits(type).is_xhtml; }

  NodeBuilder& builder_;
  const document::Tree& tree_;
  std::string_view source_;
};

}  // namespace musubi::fhirpath
