#include "xml_nodes.h"

#include "musubi/base/text.h"
#include "tree_children.h"

namespace musubi::fhirpath {

using document::NodeIndex;
using document::NodeKind;

namespace {

constexpr std::string_view kFhirNamespace = "http://hl7.org/fhir";

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Namespace declarations and xsi:schemaLocation say nothing about the data.
bool is_markup(std::string_view name) {
  return name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:");
}

}  // namespace

void XmlNodes::run() {
  const auto name = without_prefix(tree_[0].name);
  auto& root = builder_.add({name, hash_of_name(name), nullptr, kNoType}, tree_[0].source_byte);
  if (in_fhir_namespace()) root.type = builder_.resource_type(name);
  if (root.type == kNoType) take_leaf(root, 0);
  add_children(0, 0);
  builder_.close(0);
}

bool XmlNodes::in_fhir_namespace() const {
  const auto colon = tree_[0].name.find(':');
  const auto wanted = colon == std::string_view::npos
                          ? std::string("xmlns")
                          : "xmlns:" + std::string(tree_[0].name.substr(0, colon));
  const auto declared = tree_.child(0, wanted);
  return declared != document::kNoNode && tree_[declared].value == kFhirNamespace;
}

void XmlNodes::add_children(NodeBuilder::Place parent, NodeIndex source) {
  auto& node = builder_.at(parent);
  const auto& from = tree_[source];
  if (from.kind == NodeKind::attribute) return;
  if (!from.value.empty() && !node.has_value()) node.shape |= kTextBetween;
  if (node.has_value() && is_xhtml(node.type)) return;
  const bool value_is_taken = node.type != kNoType && node.has_value();
  for (const auto child : Children(tree_, source)) {
    const auto& each = tree_[child];
    if (each.kind == NodeKind::attribute &&
        (is_markup(each.name) || (value_is_taken && each.name == "value")))
      continue;
    add(parent, child);
  }
}

void XmlNodes::add(NodeBuilder::Place parent, NodeIndex source) {
  const auto name = without_prefix(tree_[source].name);
  const auto parent_type = builder_.at(parent).type;
  NamedElement named;
  builder_.find(parent_type, name, hash_of_name(name), named);
  auto& node = builder_.add(named, tree_[source].source_byte);
  const auto place = builder_.last();
  const bool is_attribute = tree_[source].kind == NodeKind::attribute;
  if (is_attribute) node.shape = kWrittenAsAttribute;
  if (parent_type == kNoType || is_attribute)
    take_leaf(node, source);
  else if (node.type != kNoType && builder_.traits(node.type).is_resource)
    source = enter_resource(node, source);
  else
    take_typed_leaf(node, source);
  add_children(place, source);
  builder_.close(place);
}

/// <contained><Patient>…: the node is the resource inside.
NodeIndex XmlNodes::enter_resource(ResourceNode& node, NodeIndex source) const {
  for (const auto child : Children(tree_, source)) {
    if (tree_[child].kind != NodeKind::element) continue;
    node.source_byte = tree_[child].source_byte;
    const auto type = builder_.resource_type(without_prefix(tree_[child].name));
    if (type != kNoType) node.type = type;
    return child;
  }
  return source;
}

void XmlNodes::take_leaf(ResourceNode& node, NodeIndex source) const {
  const auto& from = tree_[source];
  if (from.kind == NodeKind::element && from.value.empty()) return;
  node.leaf = LeafKind::text;
  node.text = from.value;
}

void XmlNodes::take_typed_leaf(ResourceNode& node, NodeIndex source) const {
  if (is_xhtml(node.type)) {
    node.text = written(source);
    node.leaf = LeafKind::text;
    return;
  }
  const auto value = tree_.child(source, "value");
  const bool may_have_one = node.type == kNoType || builder_.traits(node.type).is_primitive;
  if (!may_have_one || value == document::kNoNode || tree_[value].kind != NodeKind::attribute) return;
  node.text = tree_[value].value;
  node.leaf = LeafKind::text;
}

/// An element as it stands in the source.
std::string_view XmlNodes::written(NodeIndex source) const {
  const auto& node = tree_[source];
  if (std::uint64_t{node.source_byte} + node.source_length > source_.size()) return node.value;
  const auto text = source_.substr(node.source_byte, node.source_length);
  return base::malformed_utf8_at(text) ? node.value : text;
}

}  // namespace musubi::fhirpath
