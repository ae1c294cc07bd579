// Values for people and machines: type names, text, JSON.
#include <array>

#include "calls.h"
#include "musubi/base/text.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {
namespace {

void append_quoted(std::string_view text, std::string& into) {
  into += '"';
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if (each == '"' || each == '\\') {
      into += '\\';
      into += each;
    } else if (byte < 0x20) {
      constexpr std::string_view kHex = "0123456789abcdef";
      into += "\\u00";
      into += kHex[byte >> 4U];
      into += kHex[byte & 15U];
    } else {
      into += each;
    }
  }
  into += '"';
}

void append_node(const Resource& resource, const ResourceNode& node, std::string& into);

bool is_bare(const Resource& resource, const ResourceNode& node) {
  if (node.leaf == LeafKind::number || node.leaf == LeafKind::boolean) return true;
  if (node.type == kNoType) return false;
  const auto& model = *resource.model();
  const auto system = node.type < model.system_types ? node.type : model.type(node.type).system_type;
  if (system == kNoType) return false;
  const auto name = model.type(system).name;
  if (name == "Boolean") return node.text == "true" || node.text == "false";
  return (name == "Integer" || name == "Decimal") && parse_fhir_decimal(node.text);
}

void append_leaf(const Resource& resource, const ResourceNode& node, std::string& into) {
  if (is_bare(resource, node)) {
    into += node.text;
  } else {
    append_quoted(node.text, into);
  }
}

/// The children so named, one or an array of them.
void append_member(const Resource& resource, std::span<const ResourceNode> same, bool many, std::string& into) {
  append_quoted(same.front().name, into);
  into += ':';
  if (many) into += '[';
  for (std::size_t index = 0; index < same.size(); ++index) {
    if (index != 0) into += ',';
    append_node(resource, same[index], into);
  }
  if (many) into += ']';
}

bool is_list(const Resource& resource, const ResourceNode& parent, std::span<const ResourceNode> same) {
  if (same.size() > 1) return true;
  if (parent.type == kNoType) return false;
  const auto* element = resource.model()->find_element(parent.type, same.front().name);
  return element != nullptr && element->many;
}

void append_object(const Resource& resource, const ResourceNode& node, std::string& into) {
  into += '{';
  if (node.type != kNoType && resource.model()->type(node.type).kind == TypeKind::resource) {
    into += "\"resourceType\":";
    append_quoted(resource.model()->type(node.type).name, into);
    if (node.child_count != 0) into += ',';
  }
  const auto children = resource.children(node);
  for (std::size_t begin = 0; begin < children.size();) {
    auto end = begin + 1;
    while (end < children.size() && children[end].name == children[begin].name) ++end;
    const auto same = children.subspan(begin, end - begin);
    if (begin != 0) into += ',';
    append_member(resource, same, is_list(resource, node, same), into);
    begin = end;
  }
  into += '}';
}

/// As deep as the document, whose depth its reader has limited.
void append_node(const Resource& resource, const ResourceNode& node, std::string& into) {
  if (node.has_value()) {
    append_leaf(resource, node, into);
  } else {
    append_object(resource, node, into);
  }
}

std::string_view untyped_name(const ResourceNode& node) {
  constexpr std::array<std::string_view, 4> kNames = {"object", "string", "number", "boolean"};
  return kNames[static_cast<std::size_t>(node.leaf)];
}

std::string quantity_json(const Quantity& quantity) {
  auto text = "{\"value\":" + to_text(quantity.value) + ",\"unit\":";
  append_quoted(quantity.unit, text);
  return text + "}";
}

}  // namespace

std::string type_name(const Value& value) {
  constexpr std::array<std::string_view, 8> kNames = {"boolean", "integer",  "decimal", "string",
                                                      "date",    "dateTime", "time",    "Quantity"};
  switch (value.kind()) {
    case ValueKind::node: {
      const auto& node = value.node();
      return std::string(node.type == kNoType ? untyped_name(node) : value.resource().model()->type(node.type).name);
    }
    case ValueKind::row: return "row";
    case ValueKind::type: return "TypeInfo";
    default: return std::string(kNames[static_cast<std::size_t>(value.kind())]);
  }
}

std::string to_text(const Value& value) {
  std::string text;
  if (append_text(value, text)) return text;
  if (value.is(ValueKind::node)) {
    if (value.node().has_value()) return std::string(value.node().text);
    append_node(value.resource(), value.node(), text);
  } else if (value.is(ValueKind::type)) {
    const auto& table = *value.type_table();
    text.append(table.namespace_of(value.type_index())).append(".").append(table.type(value.type_index()).name);
  }
  return text;
}

std::string to_json(const Value& value) {
  std::string text;
  switch (value.kind()) {
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::decimal: append_text(value, text); return text;
    case ValueKind::quantity: return quantity_json(value.quantity());
    case ValueKind::node: append_node(value.resource(), value.node(), text); return text;
    default: append_quoted(to_text(value), text); return text;
  }
}

}  // namespace musubi::fhirpath
