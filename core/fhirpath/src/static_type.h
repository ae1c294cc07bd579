// What the compiler knows about the items an expression may yield.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "functions.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

/// A System type, or with kind node a type of the model; kind row is the row of a table.
struct TypeChoice {
  ValueKind kind = ValueKind::string;
  TypeIndex type = kNoType;
  friend bool operator==(const TypeChoice&, const TypeChoice&) = default;
};

struct StaticType {
  bool known = false;  ///< false: anything may come
  bool many = true;
  bool ordered = true;
  std::vector<TypeChoice> types{};  ///< any of these; none of them and known: always empty

  static StaticType unknown() { return {}; }
  static StaticType nothing() { return {.known = true, .many = false}; }
  static StaticType of(ValueKind kind) { return {.known = true, .many = false, .types = {{.kind = kind}}}; }
  static StaticType of_node(TypeIndex type, bool many) {
    return {.known = true, .many = many, .types = {{.kind = ValueKind::node, .type = type}}};
  }

  /// Whether nothing can come of it, or only what is not known.
  bool says_nothing() const noexcept { return !known || types.empty(); }
  void add(TypeChoice choice);
  /// Also what the other may be.
  void add(const StaticType& other);
};

/// The kind of System value that the choice is or becomes; node: none (a group of elements).
ValueKind system_kind_of(const TypeTable* model, TypeChoice choice) noexcept;
/// Whether a value of that type may stand where the shape is asked for.
bool fits(const TypeTable* model, TypeChoice choice, Shape shape) noexcept;
/// Whether any of them does, or it is not known.
bool may_fit(const TypeTable* model, const StaticType& type, Shape shape) noexcept;
/// "HumanName", "String"; several joined with |.
std::string names_of(const TypeTable* model, const StaticType& type);

/// Of left operation right; known and without types where the operation is not defined for any of them.
struct OperationType {
  bool possible = true;
  StaticType result{};
};
OperationType type_of_operation(const TypeTable* model, Operator operation, const StaticType& left,
                                const StaticType& right);

}  // namespace musubi::fhirpath
