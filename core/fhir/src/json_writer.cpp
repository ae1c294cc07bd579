// Resources as JSON: hl7.org/fhir/R4/json.html.
#include "json_writer.h"

#include "json_output.h"
#include "ordered_children.h"
#include "primitive_form.h"

namespace musubi::fhir {
namespace {

using document::NodeIndex;
using document::NodeKind;
using fhirpath::kNoType;
using fhirpath::LeafKind;
using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::TypeKind;

class JsonWriter {
 public:
  JsonWriter(const Resource& resource, const Style& style)
      : resource_(resource),
        model_(*resource.model()),
        from_json_(resource.format() == fhirpath::DocumentFormat::json),
        out_(style.indented) {}

  base::Result<std::string> run() {
    MUSUBI_TRY(write(resource_.root()));
    return std::move(out_).take();
  }

 private:
  base::Status write(const ResourceNode& node) {
    if (node.type == kNoType || is_unknown_resource(node)) return write_untyped(node);
    out_.open('{');
    if (model_.type(node.type).kind == TypeKind::resource) {
      out_.key("resourceType");
      out_.text(model_.type(node.type).name);
    }
    MUSUBI_TRY(write_members(node));
    out_.close('}');
    return {};
  }

  base::Status write_members(const ResourceNode& node) {
    MUSUBI_TRY(OrderedChildren(resource_, node).each([this](const ElementGroup& group) {
      return is_primitive(group) ? write_primitives(group) : write_complex(group);
    }));
    return write_unknown_members(node);
  }

  /// A contained resource that R4 does not have: its declared type is the abstract Resource.
  bool is_unknown_resource(const ResourceNode& node) const {
    const auto& type = model_.type(node.type);
    return type.kind == TypeKind::resource && type.is_abstract;
  }

  bool is_primitive(const ElementGroup& group) const {
    const auto type = group.nodes.front()->type;
    if (type == kNoType) return false;
    const auto kind = model_.type(type).kind;
    return kind == TypeKind::primitive || kind == TypeKind::system;
  }

  static bool is_list(const ElementGroup& group) { return group.element->many || group.nodes.size() > 1; }

  base::Status write_complex(const ElementGroup& group) {
    out_.key(group.name);
    if (is_list(group)) out_.open('[');
    for (const auto* node : group.nodes) MUSUBI_TRY(node->has_value() ? write_leaf(*node) : write(*node));
    if (is_list(group)) out_.close(']');
    return {};
  }

  // ---- primitives: the values, and beside them their ids and extensions

  /// An empty element of XML has nothing that JSON could say.
  static bool says_something(const ResourceNode* node) { return node->has_value() || node->child_count != 0; }

  base::Status write_primitives(const ElementGroup& group) {
    const auto has_value = [](const ResourceNode* node) { return node->has_value(); };
    const auto has_more = [](const ResourceNode* node) { return node->child_count != 0; };
    if (std::ranges::any_of(group.nodes, has_value)) {
      out_.key(group.name);
      MUSUBI_TRY(
          write_beside(group, has_value, [this](const ResourceNode& node) { return write_leaf(node); }));
    }
    if (std::ranges::any_of(group.nodes, has_more)) {
      out_.key("_" + group.name);
      MUSUBI_TRY(
          write_beside(group, has_more, [this](const ResourceNode& node) { return write_more(node); }));
    }
    return {};
  }

  /// The id and extensions of a primitive.
  base::Status write_more(const ResourceNode& node) {
    out_.open('{');
    MUSUBI_TRY(write_members(node));
    out_.close('}');
    return {};
  }

  /// null where a node has nothing of the kind, so that places agree.
  template <class Has, class Write>
  base::Status write_beside(const ElementGroup& group, const Has& has, const Write& write_one) {
    const bool is_list = group.element->many || std::ranges::count_if(group.nodes, says_something) > 1;
    if (is_list) out_.open('[');
    for (const auto* node : group.nodes) {
      if (has(node))
        MUSUBI_TRY(write_one(*node));
      else if (says_something(node))
        out_.bare("null");
    }
    if (is_list) out_.close(']');
    return {};
  }

  base::Status write_leaf(const ResourceNode& node) {
    if (stands_bare(node))
      out_.bare(node.text);
    else
      out_.text(node.text);
    return {};
  }

  bool stands_bare(const ResourceNode& node) const {
    if (from_json_ || node.type == kNoType) return node.leaf != LeafKind::text;
    const auto system = model_.type(node.type).system_type;
    if (system == kNoType) return false;
    const auto name = model_.type(system).name;
    if (name == "Boolean") return node.text == "true" || node.text == "false";
    return (name == "Integer" || name == "Decimal") && has_form_of("decimal", node.text);
  }

  // ---- what R4 does not know

  base::Error unknown(const ResourceNode& node) const {
    return base::Error(base::ErrorKind::bad_input, "fhir.element_unknown",
                       {{"path", path_of(resource_, node)}});
  }

  base::Status write_untyped(const ResourceNode& node) {
    if (!from_json_) return unknown(node);
    out_.tree(resource_.tree(), resource_.source_of(node));
    return {};
  }

  base::Status write_unknown_members(const ResourceNode& node) {
    for (const auto& child : resource_.children(node)) {
      if (child.element != nullptr) continue;
      if (!from_json_) return unknown(child);
      const auto member = member_of(resource_.source_of(child));
      if (already_written(member)) continue;
      out_.key(resource_.tree()[member].name);
      out_.tree(resource_.tree(), member);
    }
    return {};
  }

  /// Of an item of an array: the array.
  NodeIndex member_of(NodeIndex source) const {
    const auto parent = resource_.tree()[source].parent;
    return resource_.tree()[parent].kind == NodeKind::array ? parent : source;
  }
  bool already_written(NodeIndex member) {
    if (member == last_unknown_) return true;
    last_unknown_ = member;
    return false;
  }

  const Resource& resource_;
  const fhirpath::TypeTable& model_;
  const bool from_json_;
  NodeIndex last_unknown_ = document::kNoNode;
  JsonOutput out_;
};

}  // namespace

base::Result<std::string> to_json(const Resource& resource, const Style& style) {
  return JsonWriter(resource, style).run();
}

}  // namespace musubi::fhir
