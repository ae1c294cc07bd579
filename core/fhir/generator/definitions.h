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
  std::string summary;    ///< what it is, in a few words
  std::string strength;   ///< of the binding; empty: none
  std::string value_set;  ///< without version
};

struct TypeDefinition {
  std::string kind;        ///< primitive, complex, backbone, resource
  std::string base;        ///< empty: none
  std::string value_type;  ///< of a primitive without primitive base: the System type of its value
  std::string summary;     ///< what it is, in a sentence or two
  bool is_abstract = false;
  std::vector<ElementDefinition> elements;  ///< in the order of the definition, inherited ones too
};

/// By name: "Patient", "Patient.contact".
using Definitions = std::map<std::string, TypeDefinition>;

/// Reads profiles-types.json and profiles-resources.json in `folder`. Throws std::runtime_error,
/// simdjson_error.
Definitions read_definitions(const std::filesystem::path& folder);

/// The place of each type in the table: the System types come first.
std::map<std::string, int> type_numbers(const Definitions& definitions);

/// A rule in FHIRPath that instances obey.
struct InvariantDefinition {
  std::string key, human, expression;
  bool is_error = false;  ///< otherwise best practice
  friend auto operator<=>(const InvariantDefinition&, const InvariantDefinition&) = default;
};

struct Rules {
  /// By the path of a type ("Patient.contact") or of an element ("Bundle.entry.fullUrl"); of each path only
  /// what its type or its base does not say already.
  std::map<std::string, std::vector<InvariantDefinition>> invariants;
  /// The codes of every value set of a required binding that can be listed: URL → system → codes.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> codes;
};

/// An extension of the standard, or a part of one that has parts.
struct ExtensionDefinition {
  std::vector<std::string> contexts;                 ///< "Patient.birthDate", "HumanName"; of a part: none
  std::vector<std::string> types;                    ///< of its value; empty: it has parts instead
  std::map<std::string, ExtensionDefinition> parts;  ///< by their urls
  bool required = false;                             ///< of a part
};
using Extensions = std::map<std::string, ExtensionDefinition>;  ///< by URL

/// Reads extension-definitions.json in `folder`.
Extensions read_extensions(const std::filesystem::path& folder);
/// The text of r4_extensions.inc.
std::string extensions_text(const Definitions& definitions, const Extensions& extensions);
/// The profiles of profiles-others.json, as C++.
std::string profiles_text(const std::filesystem::path& folder);

/// Reads the same files, and valuesets.json, v3-codesystems.json and v2-tables.json beside them.
Rules read_rules(const std::filesystem::path& folder, const Definitions& definitions);

/// What is generated: the text of each file by its path in core/fhir. Throws as read_definitions does.
std::map<std::string, std::string> generated_files(const std::filesystem::path& folder);

/// The text of r4_types.inc.
std::string table_text(const Definitions& definitions);
/// The text of r4_rules.inc.
std::string rules_text(const Definitions& definitions, const Rules& rules);

}  // namespace musubi::fhir::generator
