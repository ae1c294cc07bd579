// Resources as XML: hl7.org/fhir/R4/xml.html.
#include "xml_writer.h"

#include <algorithm>

#include "narrative.h"
#include "ordered_children.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::TypeKind;

/// In an attribute; line breaks and tabs would become blanks otherwise.
void append_attribute_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += c;
    }
  }
}

/// Whether XML 1.0 can say it at all: no control characters, no U+FFFE and U+FFFF.
bool can_be_xml(std::string_view text) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return std::ranges::none_of(text, is_control) && text.find("\xEF\xBF\xBE") == text.npos &&
         text.find("\xEF\xBF\xBF") == text.npos;
}

class XmlWriter {
 public:
  XmlWriter(const Resource& resource, const Style& style)
      : resource_(resource), model_(*resource.model()), indented_(style.indented) {}

  base::Result<std::string> run() {
    out_ = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    if (!indented_) out_ += '\n';
    MUSUBI_TRY(write_resource(resource_.root(), R"( xmlns="http://hl7.org/fhir")"));
    if (!can_be_xml(out_)) return base::Error(base::ErrorKind::bad_input, "fhir.text_not_xml");
    out_ += '\n';
    return std::move(out_);
  }

 private:
  base::Status write_resource(const ResourceNode& node, std::string_view declaration) {
    if (node.type == kNoType || model_.type(node.type).is_abstract) return unknown(node);
    const auto name = model_.type(node.type).name;
    begin(name);
    out_ += declaration;
    return write_content(node, name);
  }

  /// After the name of the element and its own attributes: children, and the end.
  base::Status write_content(const ResourceNode& node, std::string_view name) {
    const bool is_resource = model_.type(node.type).kind == TypeKind::resource;
    MUSUBI_TRY(check_all_known(node));
    const auto stands_in_tag = [&](std::string_view child) {
      return !is_resource && is_attribute(node, child);
    };
    for (const auto& child : resource_.children(node))
      if (stands_in_tag(child.name)) attribute(child.name, child.text);
    bool inside = false;
    const auto write_group = [&](const ElementGroup& group) -> base::Status {
      if (stands_in_tag(group.element->name)) return {};
      if (!inside) enter();
      inside = true;
      for (const auto* child : group.nodes) MUSUBI_TRY(write_element(*child, group.name));
      return {};
    };
    MUSUBI_TRY(OrderedChildren(resource_, node).each(write_group));
    if (inside)
      end(name);
    else
      out_ += "/>";
    return {};
  }

  /// Element.id and Extension.url.
  bool is_attribute(const ResourceNode& parent, std::string_view name) const {
    return name == "id" || (name == "url" && model_.type(parent.type).name == "Extension");
  }

  base::Status write_element(const ResourceNode& node, const std::string& name) {
    if (node.type == kNoType) return unknown(node);
    const auto& type = model_.type(node.type);
    if (type.name == "xhtml") return write_narrative(node);
    begin(name);
    if (type.kind == TypeKind::resource) {
      enter();
      MUSUBI_TRY(write_resource(node, {}));
      end(name);
      return {};
    }
    if (!node.has_value()) return write_content(node, name);
    if (type.kind != TypeKind::primitive && type.kind != TypeKind::system) return unknown(node);
    return write_primitive(node, name);
  }

  /// The id stands before the value, as people write it.
  base::Status write_primitive(const ResourceNode& node, const std::string& name) {
    if (node.child_count == 0) {
      attribute("value", node.text);
      out_ += "/>";
      return {};
    }
    attribute("value", node.text);
    return write_content(node, name);
  }

  base::Status write_narrative(const ResourceNode& node) {
    MUSUBI_ASSIGN(const auto div, narrative_as_xml(node.text));
    if (indented_) new_line();
    out_ += div;
    return {};
  }

  base::Status check_all_known(const ResourceNode& node) const {
    for (const auto& child : resource_.children(node))
      if (child.element == nullptr) return unknown(child);
    return {};
  }
  base::Error unknown(const ResourceNode& node) const {
    return base::Error(base::ErrorKind::bad_input, "fhir.element_unknown",
                       {{"path", path_of(resource_, node)}});
  }

  // ---- text

  void begin(std::string_view name) {
    new_line();
    (out_ += '<') += name;
  }
  void attribute(std::string_view name, std::string_view value) {
    ((out_ += ' ') += name) += "=\"";
    append_attribute_text(out_, value);
    out_ += '"';
  }
  void enter() {
    out_ += '>';
    ++depth_;
  }
  void end(std::string_view name) {
    --depth_;
    new_line();
    ((out_ += "</") += name) += '>';
  }
  void new_line() {
    constexpr std::size_t kStep = 2;
    if (indented_) (out_ += '\n').append(depth_ * kStep, ' ');
  }

  const Resource& resource_;
  const fhirpath::TypeTable& model_;
  const bool indented_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

base::Result<std::string> to_xml(const Resource& resource, const Style& style) {
  return XmlWriter(resource, style).run();
}

}  // namespace musubi::fhir
