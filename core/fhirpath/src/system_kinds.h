// The System types by name.
#pragma once

#include <string_view>

#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

/// Of "Boolean", "Integer" …; node: none that has values of its own.
inline ValueKind system_kind_named(std::string_view name) noexcept {
  if (name == "Boolean") return ValueKind::boolean;
  if (name == "Integer") return ValueKind::integer;
  if (name == "Decimal") return ValueKind::decimal;
  if (name == "String") return ValueKind::string;
  if (name == "Date") return ValueKind::date;
  if (name == "DateTime") return ValueKind::date_time;
  if (name == "Time") return ValueKind::time;
  if (name == "Quantity") return ValueKind::quantity;
  return ValueKind::node;
}

/// "Boolean"; empty for nodes and rows.
inline std::string_view system_name_of(ValueKind kind) noexcept {
  switch (kind) {
    case ValueKind::boolean:
      return "Boolean";
    case ValueKind::integer:
      return "Integer";
    case ValueKind::decimal:
      return "Decimal";
    case ValueKind::string:
      return "String";
    case ValueKind::date:
      return "Date";
    case ValueKind::date_time:
      return "DateTime";
    case ValueKind::time:
      return "Time";
    case ValueKind::quantity:
      return "Quantity";
    default:
      return {};
  }
}

}  // namespace musubi::fhirpath
