// What the compiler of expressions knows about a model: types, their elements, their bases. Flat constant
// data, so that a table costs nothing at start: core/fhir has one for FHIR R4 (r4_types()), a mapping makes
// one of its declared columns. A table and everything it returns refer to data that must outlive them.
// Threads: constant, safe from any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace musubi::fhirpath {

/// Place of a type in its table.
using TypeIndex = std::uint16_t;
inline constexpr TypeIndex kNoType = 0xFFFF;

enum class TypeKind : std::uint8_t {
  system,     ///< System.String, System.Integer …
  primitive,  ///< FHIR string, code, dateTime …: a value plus id and extensions
  complex,    ///< HumanName, Quantity, Extension …
  backbone,   ///< a group inside a type, named by its path: Patient.contact, Timing.repeat
  resource    ///< Patient …
};

/// A type that an element may have; for a Reference, canonical or uri the types it may refer to.
struct ElementType {
  TypeIndex type = kNoType;
  std::uint8_t target_count = 0;   ///< 0: any
  std::uint16_t first_target = 0;  ///< in TypeTable::targets
};

enum class BindingStrength : std::uint8_t { none, example, preferred, extensible, required };

struct ElementInfo {
  std::string_view name{};       ///< "birthDate"; of a choice without [x]: "value"
  std::uint16_t first_type = 0;  ///< in TypeTable::element_types
  std::uint8_t type_count = 0;
  std::uint8_t minimum = 0;
  bool many = false;       ///< maximum is *
  bool is_choice = false;  ///< value[x]: in JSON and XML the name carries the type
  bool is_modifier = false;
  bool is_summary = false;
  BindingStrength strength = BindingStrength::none;
  std::uint16_t value_set = 0;  ///< in TypeTable::value_sets where strength is not none
};

struct TypeInfo {
  std::string_view name{};  ///< without namespace: "Patient", "Patient.contact", "String"
  TypeIndex base = kNoType;
  TypeIndex system_type =
      kNoType;  ///< of a primitive: the System type of its value; of FHIR Quantity: System.Quantity
  TypeKind kind = TypeKind::complex;
  bool is_abstract = false;
  std::uint16_t first_element =
      0;  ///< in TypeTable::elements: all, inherited ones too, in the order of the definition
  std::uint16_t element_count = 0;
};

/// An element found by the name it has in a document: `value` with the type chosen for "valueQuantity".
struct FoundElement {
  const ElementInfo* element = nullptr;
  TypeIndex chosen = kNoType;  ///< of a choice: the type in the name; otherwise kNoType
};

class TypeLookup;

struct TypeTable {
  std::string_view model_namespace{};  ///< "FHIR"
  std::span<const TypeInfo>
      types{};  ///< the System types first, then those of the model; each part sorted by name
  std::size_t system_types = 0;  ///< how many of them are System types
  std::span<const ElementInfo> elements{};
  std::span<const std::uint16_t>
      elements_by_name{};  ///< beside `elements`: the order by name within each type
  std::span<const ElementType> element_types{};
  std::span<const TypeIndex> targets{};
  std::span<const std::string_view> value_sets{};  ///< canonical URLs, without version
  const TypeLookup* lookup = nullptr;  ///< made of this table, where documents are read by it often

  const TypeInfo& type(TypeIndex index) const noexcept { return types[index]; }
  std::string_view namespace_of(TypeIndex index) const noexcept {
    return index < system_types ? std::string_view("System") : model_namespace;
  }

  /// A type of the model: "Patient". kNoType: none.
  TypeIndex find(std::string_view name) const noexcept;
  /// "String" of System. kNoType: none.
  TypeIndex find_system(std::string_view name) const noexcept;
  /// "Patient", "FHIR.Patient", "System.String"; without namespace the model comes first, then System.
  TypeIndex find_qualified(std::string_view name) const noexcept;
  /// Whether `type` is `ancestor` or has it among its bases.
  bool is_a(TypeIndex type, TypeIndex ancestor) const noexcept;

  std::span<const ElementInfo> elements_of(TypeIndex type) const noexcept;
  std::span<const ElementType> types_of(const ElementInfo& element) const noexcept;
  std::span<const TypeIndex> targets_of(const ElementType& type) const noexcept;
  std::string_view value_set_of(const ElementInfo& element) const noexcept;  ///< empty: no binding

  /// By its name in an expression: "value", "birthDate". nullptr: none.
  const ElementInfo* find_element(TypeIndex type, std::string_view name) const noexcept;
  /// By its name in a document: "valueQuantity", "birthDate".
  std::optional<FoundElement> find_in_document(TypeIndex type, std::string_view name) const noexcept;
  /// Whether the type has an element whose name is near, for suggestions; empty: none is.
  std::string_view nearest_element(TypeIndex type, std::string_view name) const;
};

}  // namespace musubi::fhirpath
