// Values for people and machines: type names, text, JSON.
#include <algorithm>
#include <array>
#include <span>

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

bool is_bare(const ResourceNode& node) {
  switch (node.system) {
    case ValueKind::boolean:
      return node.text == "true" || node.text == "false";
    case ValueKind::integer:
    case ValueKind::decimal:
      return parse_fhir_decimal(node.text).has_value();
    default:
      return false;
  }
}

void append_leaf(const ResourceNode& node, std::string& into) {
  if (is_bare(node)) {
    into += node.text;
  } else {
    append_quoted(node.text, into);
  }
}

using Nodes = std::span<const ResourceNode>;

/// In a document: `valueQuantity` for the element `value`.
std::string document_name(const Resource& resource, const ElementInfo* element, const ResourceNode& node) {
  std::string name(node.name);
  if (element == nullptr || !element->is_choice || node.type == kNoType) return name;
  const auto at = name.size();
  name += resource.model()->type(node.type).name;
  if (name[at] >= 'a' && name[at] <= 'z') name[at] = static_cast<char>(name[at] - 'a' + 'A');
  return name;
}

/// `one` for each, in brackets where it is a list.
template <class One>
void append_list(Nodes nodes, bool list, const One& one, std::string& into) {
  if (list) into += '[';
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    if (index != 0) into += ',';
    one(nodes[index]);
  }
  if (list) into += ']';
}

void append_object(const Resource& resource, const ResourceNode& node, std::string& into);

bool is_primitive(const Resource& resource, const ResourceNode& node) {
  return node.type != kNoType && resource.model()->type(node.type).kind == TypeKind::primitive;
}

/// Values of primitives under their name, their ids and extensions under `_name`.
void append_primitives(const Resource& resource, std::string_view name, Nodes same, bool list,
                       std::string& into) {
  const bool values = std::ranges::any_of(same, [](const ResourceNode& node) { return node.has_value(); });
  const bool more = std::ranges::any_of(same, [](const ResourceNode& node) { return node.child_count != 0; });
  if (values) {
    append_quoted(name, into);
    into += ':';
    append_list(
        same, list,
        [&](const ResourceNode& node) { node.has_value() ? append_leaf(node, into) : void(into += "null"); },
        into);
  }
  if (!more) return;
  if (values) into += ',';
  append_quoted("_" + std::string(name), into);
  into += ':';
  append_list(
      same, list,
      [&](const ResourceNode& node) {
        node.child_count != 0 ? append_object(resource, node, into) : void(into += "null");
      },
      into);
}

/// Children of one name, one or an array of them.
void append_member(const Resource& resource, const ResourceNode& parent, Nodes same, std::string& into) {
  const auto& first = same.front();
  const auto* element =
      parent.type == kNoType ? nullptr : resource.model()->find_element(parent.type, first.name);
  const bool list = same.size() > 1 || (element != nullptr && element->many);
  const auto name = document_name(resource, element, first);
  if (is_primitive(resource, first)) return append_primitives(resource, name, same, list, into);
  append_quoted(name, into);
  into += ':';
  append_list(
      same, list, [&](const ResourceNode& node) { append_node(resource, node, into); }, into);
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
    if (begin != 0) into += ',';
    append_member(resource, node, children.subspan(begin, end - begin), into);
    begin = end;
  }
  into += '}';
}

/// As deep as the document, whose depth its reader has limited.
void append_node(const Resource& resource, const ResourceNode& node, std::string& into) {
  if (node.has_value()) {
    append_leaf(node, into);
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
      return std::string(node.type == kNoType ? untyped_name(node)
                                              : value.resource().model()->type(node.type).name);
    }
    case ValueKind::row:
      return "row";
    case ValueKind::type:
      return "TypeInfo";
    default:
      return std::string(kNames[static_cast<std::size_t>(value.kind())]);
  }
}

std::string to_text(const Value& value) {
  std::string text;
  if (append_text(value, text)) return text;
  if (value.is(ValueKind::node)) {
    if (value.node().has_value()) return std::string(value.node().text);
    if (!is_primitive(value.resource(), value.node())) append_node(value.resource(), value.node(), text);
  } else if (value.is(ValueKind::type)) {
    const auto& table = *value.type_table();
    text.append(table.namespace_of(value.type_index()))
        .append(".")
        .append(table.type(value.type_index()).name);
  }
  return text;
}

std::string to_json(const Value& value) {
  std::string text;
  switch (value.kind()) {
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::decimal:
      append_text(value, text);
      return text;
    case ValueKind::quantity:
      return quantity_json(value.quantity());
    case ValueKind::node:
      if (!value.node().has_value() && is_primitive(value.resource(), value.node())) return "null";
      append_node(value.resource(), value.node(), text);
      return text;
    default:
      append_quoted(to_text(value), text);
      return text;
  }
}

}  // namespace musubi::fhirpath
