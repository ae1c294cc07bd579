// What the generator takes from the official StructureDefinitions, by name, before it is numbered and
// written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace musubi::fhir::generator {

struct ElementTypeDefinition {
  std::string name;                  ///< "CodeableConcept", "Patient.contact"
  std::vector<std::string> targets;  ///< of references: names of types
  friend auto operator<=>(const ElementTypeDefinition&, const ElementTypeDefinition&) = default;
};

struct ElementDefinition {
  std::string name;  ///< without [x]
  std::vector<ElementTypeDefinition> types;
  int minimum = 0;
  bool many = false;
  bool is_choice = false;
  bool is_modifier = false;
  bool is_summary = false;
  std::string strength;   ///< of the binding; empty: none
  std::string value_set;  ///< without version
};

struct TypeDefinition {
  std::string kind;        ///< primitive, complex, backbone, resource
  std::string base;        ///< empty: none
  std::string value_type;  ///< of a primitive without primitive base: the System type of its value
  bool is_abstract = false;
  std::vector<ElementDefinition> elements;  ///< in the order of the definition, inherited ones too
};

/// By name: "Patient", "Patient.contact".
using Definitions = std::map<std::string, TypeDefinition>;

/// Reads profiles-types.json and profiles-resources.json in `folder`. Throws std::runtime_error,
/// simdjson_error.
Definitions read_definitions(const std::filesystem::path& folder);

/// The text of r4_types.inc.
std::string table_text(const Definitions& definitions);

}  // namespace musubi::fhir::generator
