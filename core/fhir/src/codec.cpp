#include "musubi/fhir/codec.h"

#include "json_writer.h"
#include "musubi/base/nearest.h"
#include "musubi/fhir/r4_types.h"
#include "xml_writer.h"

namespace musubi::fhir {

using fhirpath::Resource;

namespace {

/// The resource of R4 with the name nearest to this one; empty: none is near.
std::string nearest_resource(std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& type : r4_types().types)
    if (type.kind == fhirpath::TypeKind::resource && !type.is_abstract) known.push_back(type.name);
  return base::nearest(name, known);
}

base::Error not_known(const Resource& resource, const std::string& shown_name) {
  const auto& tree = resource.tree();
  const auto said = tree.child(0, "resourceType");
  const bool is_xml = tree[0].kind == document::NodeKind::element;
  const auto name =
      is_xml ? resource.root().name : (said == document::kNoNode ? std::string_view() : tree[said].value);
  const auto near = nearest_resource(name);
  const auto* const code = name.empty()             ? "fhir.not_a_resource"
                           : near.empty()           ? "fhir.resource_unknown"
                           : is_xml && near == name ? "fhir.namespace_missing"
                                                    : "fhir.resource_unknown_near";
  return base::Error(base::ErrorKind::bad_input, code, {{"type", std::string(name)}, {"suggestion", near}})
      .at({.file = shown_name});
}

}  // namespace

base::Result<Resource> read_resource(std::string bytes, const std::string& shown_name, Format format,
                                     const document::Limits& limits) {
  const auto read = format == Format::json ? Resource::from_json : Resource::from_xml;
  MUSUBI_ASSIGN(auto resource, read(std::move(bytes), shown_name, limits, &r4_types()));
  const auto type = resource.root().type;
  if (type == fhirpath::kNoType || r4_types().type(type).is_abstract) return not_known(resource, shown_name);
  return resource;
}

base::Result<std::string> write_resource(const Resource& resource, Format format, const Style& style) {
  return format == Format::json ? to_json(resource, style) : to_xml(resource, style);
}

}  // namespace musubi::fhir
