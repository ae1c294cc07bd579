#include <algorithm>
#include <set>

#include "definitions.h"
#include "json_access.h"

namespace musubi::fhir::generator {

namespace {

using Codes = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

// ---- invariants

InvariantDefinition invariant_of(element constraint) {
  return {std::string(text(constraint, "key")), std::string(text(constraint, "human")),
          std::string(text(constraint, "expression")), text(constraint, "severity") == "error"};
}

/// What a type says is said of all its kinds as well.
bool said_by_a_base(const Rules& rules, const Definitions& definitions, std::string type,
                    const std::string& key) {
  for (; !type.empty(); type = definitions.contains(type) ? definitions.at(type).base : std::string()) {
    const auto found = rules.invariants.find(type);
    if (found != rules.invariants.end() &&
        std::ranges::find(found->second, key, &InvariantDefinition::key) != found->second.end())
      return true;
  }
  return false;
}

/// The types that the element at `path` may have; of a type itself, its base.
std::vector<std::string> bases_of(const Definitions& definitions, const std::string& path) {
  if (const auto type = definitions.find(path); type != definitions.end()) return {type->second.base};
  const auto dot = path.rfind('.');
  auto name = path.substr(dot + 1);
  name = name.substr(0, name.find("[x]"));
  std::vector<std::string> types;
  for (const auto& each : definitions.at(path.substr(0, dot)).elements) {
    if (each.name != name) continue;
    for (const auto& type : each.types) types.push_back(type.name);
  }
  return types;
}

/// `of_types`: those on types; otherwise those on elements, whose types are known then.
void read_constraints(element structure, const Definitions& definitions, bool of_types, Rules& rules) {
  for (const element node : structure["snapshot"]["element"].get_array()) {
    const std::string path(text(node, "path"));
    if (definitions.contains(path) != of_types) continue;
    for (const element constraint : items(node, "constraint")) {
      const auto invariant = invariant_of(constraint);
      const auto bases = bases_of(definitions, path);
      const bool said = std::ranges::any_of(bases, [&](const std::string& base) {
        return said_by_a_base(rules, definitions, base, invariant.key);
      });
      if (!said && !invariant.expression.empty()) rules.invariants[path].push_back(invariant);
    }
  }
}

/// A base before what is built upon it; groups are built upon BackboneElement.
void read_types_in_order(const std::map<std::string, element>& structures, const std::string& name,
                         const Definitions& definitions, std::set<std::string>& done, Rules& rules) {
  if (!structures.contains(name) || !done.insert(name).second) return;
  read_types_in_order(structures, definitions.at(name).base, definitions, done, rules);
  read_constraints(structures.at(name), definitions, true, rules);
}

// ---- codes

struct Terminology {
  std::map<std::string, element> value_sets, code_systems;
};

void read_terminology(element bundle, Terminology& terminology) {
  for (const element entry : bundle["entry"].get_array()) {
    const element resource = entry["resource"];
    const std::string url(text(resource, "url"));
    if (text(resource, "resourceType") == "ValueSet") terminology.value_sets[url] = resource;
    if (text(resource, "resourceType") == "CodeSystem") terminology.code_systems[url] = resource;
  }
}

void add_concepts(element owner, std::vector<std::string>& codes) {
  for (const element concept_node : items(owner, "concept")) {
    codes.emplace_back(text(concept_node, "code"));
    add_concepts(concept_node, codes);
  }
}

/// False: its codes are not all here.
bool add_codes(const Terminology& terminology, const std::string& url,
               std::map<std::string, std::vector<std::string>>& codes) {
  const auto found = terminology.value_sets.find(url);
  if (found == terminology.value_sets.end() || !has(found->second, "compose")) return false;
  for (const element include : found->second["compose"]["include"].get_array()) {
    for (const element other : items(include, "valueSet"))
      if (!add_codes(terminology, std::string(without_version(other.get_string().value())), codes))
        return false;
    const std::string system(text(include, "system"));
    if (system.empty()) continue;
    const auto known = terminology.code_systems.find(system);
    if (has(include, "concept"))
      add_concepts(include, codes[system]);
    else if (has(include, "filter") || known == terminology.code_systems.end() ||
             text(known->second, "content") != "complete")
      return false;
    else
      add_concepts(known->second, codes[system]);
  }
  return !codes.empty();
}

std::set<std::string> required_value_sets(const Definitions& definitions) {
  std::set<std::string> urls;
  for (const auto& [name, type] : definitions)
    for (const auto& each : type.elements)
      if (each.strength == "required") urls.insert(each.value_set);
  return urls;
}

}  // namespace

Rules read_rules(const std::filesystem::path& folder, const Definitions& definitions) {
  Rules rules;
  simdjson::dom::parser types, resources, value_sets, v3, v2;
  std::map<std::string, element> structures;
  const element bundles[] = {types.load((folder / "profiles-types.json").string()),
                             resources.load((folder / "profiles-resources.json").string())};
  for (const element bundle : bundles)
    for (const element entry : bundle["entry"].get_array())
      if (const element resource = entry["resource"]; defines_a_type(resource))
        structures[std::string(text(resource, "type"))] = resource;
  std::set<std::string> done;
  read_types_in_order(structures, "BackboneElement", definitions, done, rules);
  for (const auto& [name, structure] : structures)
    read_types_in_order(structures, name, definitions, done, rules);
  for (const auto& [name, structure] : structures) read_constraints(structure, definitions, false, rules);

  Terminology terminology;
  read_terminology(value_sets.load((folder / "valuesets.json").string()), terminology);
  read_terminology(v3.load((folder / "v3-codesystems.json").string()), terminology);
  read_terminology(v2.load((folder / "v2-tables.json").string()), terminology);
  for (const auto& url : required_value_sets(definitions)) {
    std::map<std::string, std::vector<std::string>> codes;
    if (add_codes(terminology, url, codes)) rules.codes[url] = std::move(codes);
  }
  return rules;
}

}  // namespace musubi::fhir::generator
