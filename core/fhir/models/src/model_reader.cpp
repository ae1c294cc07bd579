#include "json_output.h"
#include "model_type.h"
#include "musubi/fhir/models.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4_types.h"
#include "ordered_children.h"

namespace musubi::fhir::r4 {

namespace {

using document::NodeIndex;
using document::NodeKind;
using fhirpath::LeafKind;
using fhirpath::Resource;
using fhirpath::ResourceNode;

/// Of a resource that was JSON.
class ModelReader {
 public:
  ModelReader(const Resource& resource, Unknown unknown)
      : resource_(resource), model_(*resource.model()), keeps_(unknown == Unknown::keep) {}

  base::Status read_group(const ResourceNode& node, const ModelType& type, void* object) {
    const auto elements = model_.elements_of(type.type);
    for (const auto& child : resource_.children(node)) {
      if (child.element == nullptr) {
        if (!keeps_) return error("fhir.member_unknown", child);
        continue;
      }
      const auto& member = type.members[static_cast<std::size_t>(child.element - elements.data())];
      MUSUBI_TRY(read_member(child, *member.access, at(object, member.offset)));
    }
    if (keeps_) keep_unknown(resource_.source_of(node), type, unknown_of(type, object));
    return {};
  }

  base::Status read_any_resource(const ResourceNode& node, AnyResource& target) {
    const auto* type = node.type == fhirpath::kNoType ? nullptr : model_numbered(node.type);
    if (type != nullptr) return read_value(node, *type, AnyAccess::emplace(target, *type));
    const bool unknown = node.type == fhirpath::kNoType || model_.type(node.type).is_abstract;
    if (node.has_value() || (node.shape & fhirpath::kWrittenAsObject) == 0 || (unknown && !keeps_))
      return error("fhir.contained_unknown", node);
    const auto said = resource_.tree().child(resource_.source_of(node), "resourceType");
    target =
        OtherResource{said == document::kNoNode ? std::string() : std::string(resource_.tree()[said].value),
                      json_of(resource_.source_of(node))};
    return {};
  }

 private:
  base::Error error(std::string_view code, const ResourceNode& node, std::string_view type = {}) const {
    const auto path = path_of(resource_, node);
    return base::Error(base::ErrorKind::bad_input, code, {{"path", path}, {"type", std::string(type)}})
        .on_path(path);
  }

  base::Status read_member(const ResourceNode& child, const Access& access, void* member) {
    if (says_nothing(child)) return {};
    const bool many = access.shape == Shape::list || access.shape == Shape::any_resources;
    if (!many && access.look(member).count != 0)
      return error(child.element->is_choice ? "fhir.choice_made_twice" : "fhir.element_repeated", child);
    switch (access.shape) {
      case Shape::any_value:
        return read_any_value(child, *static_cast<AnyValue*>(member));
      case Shape::any_resource:
        return read_any_resource(child, *static_cast<AnyResource*>(member));
      case Shape::any_resources:
        return read_any_resource(child, *static_cast<AnyResource*>(access.add(member, 0)));
      default:
        break;
    }
    const auto alternative = access.shape == Shape::choice ? place_among_types(child) : 0;
    return read_value(child, access.alternatives[alternative](), access.add(member, alternative));
  }

  /// `"_birthDate": {}`
  bool says_nothing(const ResourceNode& node) const {
    return stands_beside(node) && !node.has_value() && node.child_count == 0;
  }

  std::size_t place_among_types(const ResourceNode& child) const {
    const auto types = model_.types_of(*child.element);
    const auto found = std::ranges::find(types, child.type, &fhirpath::ElementType::type);
    return static_cast<std::size_t>(found - types.begin());
  }

  base::Status read_any_value(const ResourceNode& node, AnyValue& target) {
    const auto& type = *model_numbered(node.type);
    return read_value(node, type, AnyAccess::emplace(target, type));
  }

  base::Status read_value(const ResourceNode& node, const ModelType& type, void* value) {
    if (is_primitive(type)) return read_primitive(node, type, *static_cast<Primitive*>(value));
    if (node.has_value() || (node.shape & fhirpath::kWrittenAsObject) == 0)
      return error("fhir.value_for_group", node);
    if (stands_beside(node)) return error("fhir.member_unknown", node);
    return read_group(node, type, value);
  }

  // ---- primitives

  base::Status read_primitive(const ResourceNode& node, const ModelType& type, Primitive& primitive) {
    if (node.has_value())
      MUSUBI_TRY(read_text(node, type, primitive));
    else if ((node.shape & fhirpath::kWrittenAsObject) == 0 || !stands_beside(node))
      return error("fhir.group_for_value", node);
    return node.child_count == 0 ? base::Status()
                                 : read_extras(node, type, PrimitiveAccess::make_extras(primitive));
  }

  base::Status read_text(const ResourceNode& node, const ModelType& type, Primitive& primitive) {
    using enum PrimitiveAccess::Written;
    primitive.set_text(std::string(node.text));
    if (node.leaf == leaf_of(type)) return {};
    if (!keeps_) return error("fhir.value_kind", node, type.name);
    PrimitiveAccess::written(primitive) = node.leaf == LeafKind::text ? quoted : bare;
    return {};
  }

  base::Status read_extras(const ResourceNode& node, const ModelType& type, PrimitiveExtras& extras) {
    for (const auto& child : resource_.children(node)) {
      if (child.element == nullptr) {
        if (!keeps_) return error("fhir.member_unknown", child);
      } else if (child.name == "id") {
        if (child.leaf != LeafKind::text) return error("fhir.value_kind", child, "string");
        if (child.text.empty()) return error("fhir.value_empty", child);
        extras.id = child.text;
      } else {
        MUSUBI_TRY(read_value(child, model_type<Extension>(), &extras.extensions.emplace_back()));
      }
    }
    const auto member = member_of(resource_.source_of(resource_.children(node).front()));
    if (keeps_) keep_unknown(resource_.tree()[member].parent, type, extras.unknown);
    return {};
  }

  static LeafKind leaf_of(const ModelType& type) {
    if (type.kind == ModelKind::boolean) return LeafKind::boolean;
    return type.kind == ModelKind::number ? LeafKind::number : LeafKind::text;
  }

  // ---- what R4 does not know

  void keep_unknown(NodeIndex object, const ModelType& type, UnknownElements& unknown) const {
    const auto& tree = resource_.tree();
    for (auto member = tree[object].first_child; member != document::kNoNode;
         member = tree[member].next_sibling) {
      const auto name = tree[member].name;
      const bool is_known = model_.find_in_document(type.type, name.substr(name.starts_with('_') ? 1 : 0)) ||
                            (type.kind == ModelKind::resource && name == "resourceType");
      if (is_known) continue;
      auto& all = unknown ? *unknown : unknown.emplace();
      all.push_back({std::string(name), json_of(member)});
    }
  }

  /// Whether its only source is the member _name.
  bool stands_beside(const ResourceNode& node) const { return (node.shape & fhirpath::kWrittenBeside) != 0; }

  /// Of an item of an array: the array.
  NodeIndex member_of(NodeIndex source) const {
    const auto parent = resource_.tree()[source].parent;
    const bool item = parent != document::kNoNode && resource_.tree()[parent].kind == NodeKind::array;
    return item ? parent : source;
  }

  std::string json_of(NodeIndex source) const {
    JsonOutput out(false);
    out.tree(resource_.tree(), source);
    return std::move(out).take();
  }

  const Resource& resource_;
  const fhirpath::TypeTable& model_;
  const bool keeps_;
};

/// What is not JSON becomes JSON first: only that can say what R4 does not know.
base::Result<Resource> as_json(const Resource& resource, const ReadOptions& options) {
  if (resource.tree()[0].kind == NodeKind::object) return resource;
  MUSUBI_ASSIGN(auto json, write_resource(resource, Format::json));
  return read_resource(std::move(json), options.shown_name, Format::json, options.limits);
}

base::Error other_resource(const Resource& resource, const ModelType& type, const ReadOptions& options) {
  return base::Error(base::ErrorKind::bad_input, "fhir.other_resource",
                     {{"type", std::string(resource.type_name())}, {"expected", std::string(type.name)}})
      .at({.file = options.shown_name});
}

}  // namespace

base::Status read_into(void* value, const ModelType& type, const Resource& resource,
                       const ReadOptions& options) {
  if (resource.root().type != type.type) return other_resource(resource, type, options);
  MUSUBI_ASSIGN(const auto json, as_json(resource, options));
  return ModelReader(json, options.unknown).read_group(json.root(), type, value);
}

base::Result<AnyResource> any_from_resource(const Resource& resource, const ReadOptions& options) {
  MUSUBI_ASSIGN(const auto json, as_json(resource, options));
  AnyResource any;
  MUSUBI_TRY(ModelReader(json, options.unknown).read_any_resource(json.root(), any));
  return any;
}

base::Result<AnyResource> read_any(std::string bytes, Format format, const ReadOptions& options) {
  MUSUBI_ASSIGN(const auto resource,
                read_resource(std::move(bytes), options.shown_name, format, options.limits));
  return any_from_resource(resource, options);
}

}  // namespace musubi::fhir::r4
