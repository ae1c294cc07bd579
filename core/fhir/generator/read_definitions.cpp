#include <stdexcept>

#include "definitions.h"
#include "json_access.h"

namespace musubi::fhir::generator {

namespace {

constexpr std::string_view kSystemUrl = "http://hl7.org/fhirpath/System.";
constexpr std::string_view kFhirTypeUrl =
    "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";

/// Types that the definitions give by their System type (ids, urls) name the FHIR type in an extension; only
/// Resource.id is better known from where it comes (4.0.1 says string in the resources and id in their base).
std::string type_name(element node, element type) {
  const std::string_view code = text(type, "code");
  if (!code.starts_with(kSystemUrl)) return std::string(code);
  element base;
  if (node["base"].get(base) == simdjson::SUCCESS && text(base, "path") == "Resource.id") return "id";
  for (const element extension : items(type, "extension")) {
    if (text(extension, "url") == kFhirTypeUrl) return std::string(text(extension, "valueUrl"));
  }
  return "string";
}

ElementTypeDefinition type_of(element node, element type) {
  ElementTypeDefinition result{type_name(node, type), {}};
  for (const element target : items(type, "targetProfile")) {
    result.targets.emplace_back(after(target.get_string().value(), kDefinitionUrl));
  }
  return result;
}

/// A group inside a type: its own type, named by its path.
bool is_group(element node) {
  for (const element type : items(node, "type")) {
    const std::string_view code = text(type, "code");
    return code == "BackboneElement" || code == "Element";
  }
  return false;
}

std::vector<ElementTypeDefinition> types_of(element node) {
  if (has(node, "contentReference")) {
    return {{std::string(after(text(node, "contentReference"), "#")), {}}};
  }
  if (is_group(node)) return {{std::string(text(node, "path")), {}}};
  std::vector<ElementTypeDefinition> types;
  for (const element type : items(node, "type")) types.push_back(type_of(node, type));
  return types;
}

void read_binding(element node, ElementDefinition& definition) {
  element binding;
  if (node["binding"].get(binding) != simdjson::SUCCESS || !has(binding, "valueSet")) return;
  definition.strength = text(binding, "strength");
  definition.value_set = without_version(text(binding, "valueSet"));
}

ElementDefinition element_of(element node, std::string_view name) {
  constexpr std::string_view kChoice = "[x]";
  ElementDefinition definition;
  definition.is_choice = name.ends_with(kChoice);
  definition.name = definition.is_choice ? name.substr(0, name.size() - kChoice.size()) : name;
  definition.types = types_of(node);
  definition.minimum = static_cast<int>(node["min"].get_int64().value());
  definition.many = text(node, "max") == "*";
  definition.is_modifier = flag(node, "isModifier");
  definition.is_summary = flag(node, "isSummary");
  definition.summary = text(node, "short");
  read_binding(node, definition);
  return definition;
}

std::string kind_of(element structure) {
  const std::string_view kind = text(structure, "kind");
  return std::string(kind.substr(0, kind.find('-')));  // primitive-type → primitive
}

/// Puts the element into the type that its path names; a group opens a new type.
void read_element(element node, const std::string& type, Definitions& definitions) {
  const std::string path(text(node, "path"));
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos) {
    definitions[type].summary = text(node, "definition");
    return;
  }
  const std::string_view name = std::string_view(path).substr(dot + 1);
  TypeDefinition& owner = definitions[path.substr(0, dot)];
  if (owner.kind == "primitive" && name == "value") {
    owner.value_type = after(text(items(node, "type").at(0), "code"), kSystemUrl);
    return;
  }
  owner.elements.push_back(element_of(node, name));
  if (!is_group(node) || path == type) return;
  TypeDefinition& group = definitions[path];
  group.kind = "backbone";
  group.base = text(items(node, "type").at(0), "code");
  group.summary = text(node, "definition");
}

void read_structure(element structure, Definitions& definitions) {
  const std::string name(text(structure, "type"));
  TypeDefinition& type = definitions[name];
  type.kind = kind_of(structure);
  type.base = after(text(structure, "baseDefinition"), kDefinitionUrl);
  type.is_abstract = flag(structure, "abstract");
  for (const element node : structure["snapshot"]["element"].get_array())
    read_element(node, name, definitions);
}

void read_bundle(const std::filesystem::path& file, Definitions& definitions) {
  simdjson::dom::parser parser;
  const element bundle = parser.load(file.string());
  for (const element entry : bundle["entry"].get_array()) {
    const element resource = entry["resource"];
    if (defines_a_type(resource)) read_structure(resource, definitions);
  }
}

}  // namespace

Definitions read_definitions(const std::filesystem::path& folder) {
  Definitions definitions;
  read_bundle(folder / "profiles-types.json", definitions);
  read_bundle(folder / "profiles-resources.json", definitions);
  if (!definitions.contains("Patient")) throw std::runtime_error("no StructureDefinition of Patient");
  return definitions;
}

}  // namespace musubi::fhir::generator
