// Models as JSON, in the order of the definition.
#include "json_output.h"
#include "model_type.h"
#include "musubi/fhir/models.h"
#include "musubi/fhir/r4/extension.h"
#include "musubi/fhir/r4_types.h"
#include "ordered_children.h"
#include "primitive_form.h"

namespace musubi::fhir::r4 {

namespace {

using fhirpath::ElementInfo;

/// A value under a name: the values of a member lie side by side.
struct Group {
  const ElementInfo& element;
  const Values& values;
  const Access& access;
  const ModelType& type;
  std::string name;  ///< in a document

  const void* operator[](std::size_t place) const { return at(values.first, place * access.size); }
};

class ModelWriter {
 public:
  explicit ModelWriter(const Style& style) : out_(style.indented) {}

  void write(const ModelType& type, const void* value) {
    if (is_primitive(type)) return write_leaf(type, *static_cast<const Primitive*>(value));
    if (type.kind == ModelKind::other_resource)
      return out_.bare(static_cast<const OtherResource*>(value)->json);
    out_.open('{');
    if (type.kind == ModelKind::resource) {
      out_.key("resourceType");
      out_.text(type.name);
    }
    const auto elements = model_.elements_of(type.type);
    for (std::size_t place = 0; place < type.members.size(); ++place)
      write_member(elements[place], *type.members[place].access, at(value, type.members[place].offset));
    write_unknown(unknown_of(type, value));
    out_.close('}');
  }

  void write_any(const AnyModel& any) {
    if (any.has_value())
      write(*AnyAccess::type(any), AnyAccess::value(any));
    else
      out_.bare("null");
  }

  std::string take() && { return std::move(out_).take(); }

 private:
  void write_member(const ElementInfo& element, const Access& access, const void* member) {
    const auto values = access.look(member);
    if (values.count == 0) return;
    if (access.shape == Shape::any_value) {
      const auto& any = *static_cast<const AnyModel*>(values.first);
      return write_values(element, {AnyAccess::value(any), 1, 0}, access, *AnyAccess::type(any));
    }
    if (access.alternatives.empty()) return write_resources(element, access, values);
    write_values(element, values, access, access.alternatives[values.alternative]());
  }

  void write_resources(const ElementInfo& element, const Access& access, const Values& values) {
    out_.key(element.name);
    if (element.many) out_.open('[');
    for (std::size_t place = 0; place < values.count; ++place)
      write_any(*static_cast<const AnyModel*>(at(values.first, place * access.size)));
    if (element.many) out_.close(']');
  }

  void write_values(const ElementInfo& element, const Values& values, const Access& access,
                    const ModelType& type) {
    const Group group{element, values, access, type, document_name(model_, element, type.type)};
    if (is_primitive(type)) return write_primitives(group);
    out_.key(group.name);
    write_each(group, [&](const void* value) { write(type, value); });
  }

  template <class Write>
  void write_each(const Group& group, const Write& write_one) {
    if (group.element.many) out_.open('[');
    for (std::size_t place = 0; place < group.values.count; ++place) write_one(group[place]);
    if (group.element.many) out_.close(']');
  }

  // ---- primitives: the values, and beside them their ids and extensions

  void write_primitives(const Group& group) {
    const auto any_of = [&](const auto& has) {
      for (std::size_t place = 0; place < group.values.count; ++place)
        if (has(primitive(group[place]))) return true;
      return false;
    };
    if (any_of([](const Primitive& each) { return each.has_value(); })) {
      out_.key(group.name);
      write_each(group, [&](const void* value) { write_leaf(group.type, primitive(value)); });
    }
    if (any_of(has_extras)) {
      out_.key("_" + group.name);
      write_each(group, [&](const void* value) { write_extras(primitive(value)); });
    }
  }

  static const Primitive& primitive(const void* value) { return *static_cast<const Primitive*>(value); }

  static bool has_extras(const Primitive& primitive) {
    const auto* extras = PrimitiveAccess::extras(primitive);
    return extras != nullptr && (!extras->id.empty() || !extras->extensions.empty() || extras->unknown);
  }

  void write_leaf(const ModelType& type, const Primitive& primitive) {
    if (!primitive.has_value())
      out_.bare("null");
    else if (stands_bare(type, primitive))
      out_.bare(primitive.text());
    else
      out_.text(primitive.text());
  }

  static bool stands_bare(const ModelType& type, const Primitive& primitive) {
    using enum PrimitiveAccess::Written;
    const auto written = PrimitiveAccess::written(primitive);
    if (written != by_type) return written == bare;
    const auto& text = primitive.text();
    if (type.kind == ModelKind::boolean) return text == "true" || text == "false";
    return type.kind == ModelKind::number && has_form_of("decimal", text);
  }

  void write_extras(const Primitive& primitive) {
    if (!has_extras(primitive)) return out_.bare("null");
    const auto& extras = *PrimitiveAccess::extras(primitive);
    out_.open('{');
    if (!extras.id.empty()) {
      out_.key("id");
      out_.text(extras.id);
    }
    if (!extras.extensions.empty()) {
      out_.key("extension");
      out_.open('[');
      for (const auto& extension : extras.extensions) write(model_type<Extension>(), &extension);
      out_.close(']');
    }
    write_unknown(extras.unknown);
    out_.close('}');
  }

  void write_unknown(const UnknownElements& unknown) {
    if (!unknown) return;
    for (const auto& element : *unknown) {
      out_.key(element.name);
      out_.bare(element.json);
    }
  }

  const fhirpath::TypeTable& model_ = r4_types();
  JsonOutput out_;
};

}  // namespace

std::string to_json(const ModelType& type, const void* value, const Style& style) {
  ModelWriter writer(style);
  writer.write(type, value);
  return std::move(writer).take();
}

std::string to_json(const AnyResource& resource, const Style& style) {
  ModelWriter writer(style);
  writer.write_any(resource);
  return std::move(writer).take();
}

}  // namespace musubi::fhir::r4
