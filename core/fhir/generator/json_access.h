// Looking into the official definitions, where what is left out is empty.
#pragma once

#include <simdjson.h>

#include <string_view>
#include <vector>

namespace musubi::fhir::generator {

using simdjson::dom::array;
using simdjson::dom::element;

inline constexpr std::string_view kDefinitionUrl = "http://hl7.org/fhir/StructureDefinition/";

inline std::string_view text(element object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

inline bool flag(element object, std::string_view key) {
  bool value = false;
  return object[key].get(value) == simdjson::SUCCESS && value;
}

/// Empty where there is no such array.
inline std::vector<element> items(element object, std::string_view key) {
  array values;
  if (object[key].get(values) != simdjson::SUCCESS) return {};
  return {values.begin(), values.end()};
}

inline bool has(element object, std::string_view key) { return object[key].error() == simdjson::SUCCESS; }

inline std::string_view after(std::string_view value, std::string_view prefix) {
  return value.starts_with(prefix) ? value.substr(prefix.size()) : value;
}

inline std::string_view without_version(std::string_view url) { return url.substr(0, url.find('|')); }

/// Whether it defines a type, and is no profile and no logical model.
inline bool defines_a_type(element structure) {
  const bool is_type = !has(structure, "derivation") || text(structure, "derivation") == "specialization";
  return text(structure, "resourceType") == "StructureDefinition" && is_type &&
         text(structure, "kind") != "logical";
}

}  // namespace musubi::fhir::generator
