// What `reads: fhir` has besides: the resources that are rows, and where their columns are found in them.
#include <algorithm>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhir/view.h"
#include "rule.h"
#include "spec_checks.h"

namespace musubi::mapping {
namespace {

constexpr auto kListKeys = std::to_array<std::string_view>({"for_each", "columns"});

class ViewReader {
 public:
  ViewReader(MappingSpec& spec, Problems& problems) : spec_(spec), problems_(problems) {}

  void run(const YamlMap& root) {
    if (const auto resource = root.required_text("resource")) take_resource(*resource);
    read_constants(root);
    if (const auto where = root.text("where")) view().where = path(*where, view().resource);
    const YamlNode* columns = root.required("columns");
    if (columns == nullptr) return;
    const YamlMap map(*columns, problems_);
    for (const auto& [name, node] : map.entries()) {
      if (node.kind == YamlKind::map)
        view().columns.push_back(list(name, node));
      else
        view().columns.push_back(column(name, name, node, view().resource));
    }
  }

 private:
  document::ResourceView& view() { return spec_.head.view; }

  void take_resource(const Located& resource) {
    const auto& types = fhir::r4_types();
    const auto type = types.find(resource.text);
    if (type != fhirpath::kNoType && types.type(type).kind == fhirpath::TypeKind::resource) {
      view().resource = resource.text;
      return;
    }
    std::vector<std::string_view> known;
    for (const auto& each : types.types)
      if (each.kind == fhirpath::TypeKind::resource && !each.is_abstract) known.push_back(each.name);
    problems_.error_near(resource.mark, "mapping.resource_unknown", base::nearest(resource.text, known),
                         {{"word", resource.text}});
  }

  void read_constants(const YamlMap& root) {
    const YamlNode* node = root.find("constants");
    if (node == nullptr) return;
    const YamlMap map(*node, problems_);
    for (const auto& [name, texts] : map.entries())
      view().constants.push_back({name.text, base::plain(base::texts_of(texts, name.text, problems_))});
  }

  std::string path(const Located& text, const std::string& begins_at) {
    spec_.paths.push_back({text, begins_at});
    return text.text;
  }

  /// `name`: in the view; `declared`: as rules write it.
  document::ViewColumn column(const Located& name, Located declared, const YamlNode& node,
                              const std::string& begins_at) {
    spec_.columns.push_back(std::move(declared));
    const auto text = base::text_of(node, name.text, problems_);
    return {name.text, text ? path(*text, begins_at) : std::string()};
  }

  document::ViewColumn list(const Located& name, const YamlNode& node) {
    const YamlMap map(node, kListKeys, problems_);
    document::ViewColumn made{name.text, {}};
    if (const auto items = map.required_text("for_each")) made.path = path(*items, view().resource);
    const YamlNode* columns = map.required("columns");
    if (columns == nullptr) return made;
    const YamlMap members(*columns, problems_);
    for (const auto& [member, member_node] : members.entries())
      made.members.push_back(column(member, {name.text + "." + member.text, member.mark}, member_node, {}));
    return made;
  }

  MappingSpec& spec_;
  Problems& problems_;
};

}  // namespace

void read_view(const YamlMap& root, MappingSpec& spec) { ViewReader(spec, root.problems()).run(root); }

void check_paths(Compilation& compilation) {
  const auto variables = fhir::variable_names(compilation.spec.head.view);
  for (const auto& [path, begins_at] : compilation.spec.paths) {
    const auto compiled = fhirpath::Expression::compile(
        path.text,
        {.model = &fhir::r4_types(), .root_type = begins_at, .variables = variables, .strict = true});
    if (compiled.has_error()) add_mistake(compiled.error(), path, compilation);
  }
}

}  // namespace musubi::mapping
