// The profiles of the standard: what each says beyond its base, without words for people.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "definitions.h"
#include "json_access.h"

namespace musubi::fhir::generator {

namespace {

template <std::size_t Size>
bool is_one_of(std::string_view key, const std::array<std::string_view, Size>& keys) {
  return std::ranges::find(keys, key) != keys.end();
}

std::string member(std::string_view key, const std::string& value) {
  return fmt::format(R"("{}":{},)", key, value);
}

std::string closed(std::string members, char open, char close) {
  if (!members.empty()) members.pop_back();  // the last comma
  return open + members + close;
}

/// The members of `object` whose names are in `keys`, as they are.
template <std::size_t Size>
std::string some_of(element object, const std::array<std::string_view, Size>& keys) {
  std::string members;
  for (const auto [key, value] : object.get_object())
    if (is_one_of(key, keys)) members += member(key, simdjson::minify(value));
  return closed(members, '{', '}');
}

std::string constraints_of(element node) {
  constexpr std::array<std::string_view, 4> kKeys = {"key", "severity", "human", "expression"};
  std::string all;
  for (const element each : items(node, "constraint")) all += some_of(each, kKeys) + ",";
  return closed(all, '[', ']');
}

std::string element_text(element node) {
  constexpr std::array<std::string_view, 7> kKeys = {"path",    "sliceName",       "min", "max", "type",
                                                     "slicing", "contentReference"};
  constexpr std::array<std::string_view, 2> kBinding = {"strength", "valueSet"};
  std::string members;
  for (const auto [key, value] : node.get_object()) {
    if (is_one_of(key, kKeys) || key.starts_with("fixed") || key.starts_with("pattern"))
      members += member(key, simdjson::minify(value));
    if (key == "binding") members += member(key, some_of(value, kBinding));
    if (key == "constraint") members += member(key, constraints_of(node));
  }
  return closed(members, '{', '}');
}

std::string profile_text(element structure) {
  constexpr std::array<std::string_view, 7> kKeys = {"resourceType",   "url",       "version", "name", "type",
                                                     "baseDefinition", "derivation"};
  std::string elements;
  for (const element each : structure["differential"]["element"].get_array())
    elements += element_text(each) + ",\n";
  if (!elements.empty()) elements.resize(elements.size() - 2);
  auto text = some_of(structure, kKeys);
  text.pop_back();
  return text + R"(,"differential":{"element":[)" + "\n" + elements + "\n]}}";
}

}  // namespace

std::string profiles_text(const std::filesystem::path& folder) {
  simdjson::dom::parser parser;
  const element bundle = parser.load((folder / "profiles-others.json").string());
  std::map<std::string, std::string> profiles;
  for (const element entry : bundle["entry"].get_array()) {
    const element resource = entry["resource"];
    if (text(resource, "derivation") == "constraint")
      profiles[std::string(text(resource, "url"))] = profile_text(resource);
  }
  std::string rows;
  for (const auto& [url, each] : profiles) rows += fmt::format("R\"json({})json\",\n", each);
  return fmt::format(
      "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n"
      "// clang-format off\n"
      "constexpr std::string_view kProfiles[] = {{\n{}}};\n"
      "// clang-format on\n",
      rows);
}

}  // namespace musubi::fhir::generator
