// The extensions of the standard: where each may stand, and what it may say.
#include <fmt/format.h>

#include "definitions.h"
#include "json_access.h"

namespace musubi::fhir::generator {

namespace {

/// "Extension.extension:given.value[x]" → "given"; empty: of the extension itself.
std::string part_of(std::string_view id) {
  constexpr std::string_view kPart = "Extension.extension:";
  if (!id.starts_with(kPart)) return {};
  id.remove_prefix(kPart.size());
  return std::string(id.substr(0, id.find('.')));
}

void read_types(element node, std::vector<std::string>& types) {
  if (text(node, "max") == "0") return;
  for (const element type : items(node, "type")) types.emplace_back(text(type, "code"));
}

ExtensionDefinition read_extension(element structure) {
  ExtensionDefinition extension;
  for (const element context : items(structure, "context"))
    extension.contexts.emplace_back(text(context, "expression"));
  std::map<std::string, ExtensionDefinition> slices;
  std::map<std::string, std::string> urls;
  for (const element node : structure["snapshot"]["element"].get_array()) {
    const auto slice = part_of(text(node, "id"));
    const auto path = text(node, "path");
    if (path == "Extension.value[x]") read_types(node, extension.types);
    if (slice.empty()) continue;
    if (path == "Extension.extension") slices[slice].required = node["min"].get_int64().value() > 0;
    if (path == "Extension.extension.url") urls[slice] = text(node, "fixedUri");
    if (path == "Extension.extension.value[x]") read_types(node, slices[slice].types);
  }
  for (auto& [name, part] : slices) {
    const auto& url = urls[name].empty() ? name : urls[name];
    extension.parts[url] = std::move(part);
  }
  return extension;
}

/// Writes lists of texts and types once each, one after the other.
class ExtensionsWriter {
 public:
  explicit ExtensionsWriter(const Definitions& definitions) : types_(type_numbers(definitions)) {}

  std::string text(const Extensions& extensions) {
    std::string rows;
    for (const auto& [url, each] : extensions) {
      const auto first_context = context_count_, first_part = part_count_;
      for (const auto& context : each.contexts) contexts_ += fmt::format("    \"{}\",\n", context);
      context_count_ += each.contexts.size();
      for (const auto& [part_url, part] : each.parts)
        parts_ += fmt::format("    {{\"{}\", {}, {}}},\n", part_url, types_of(part), int{part.required});
      part_count_ += each.parts.size();
      rows += fmt::format("    {{\"{}\", {}, {}, {}, {}, {}}},\n", url, types_of(each), first_context,
                          each.contexts.size(), first_part, each.parts.size());
    }
    return fmt::format(
        "// Made by musubi_generate_fhir_types from the definitions of FHIR R4 (4.0.1). Do not edit.\n"
        "// clang-format off\n"
        "constexpr TypeIndex kValueTypes[] = {{\n{}}};\n\n"
        "constexpr std::string_view kContexts[] = {{\n{}}};\n\n"
        "constexpr Part kParts[] = {{\n{}}};\n\n"
        "constexpr Row kRows[] = {{\n{}}};\n"
        "// clang-format on\n",
        value_types_, contexts_, parts_, rows);
  }

 private:
  /// "first, count" in kValueTypes.
  std::string types_of(const ExtensionDefinition& extension) {
    const auto first = value_type_count_;
    for (const auto& type : extension.types) {
      const auto found = types_.find(type);
      if (found == types_.end()) continue;
      value_types_ += fmt::format("    {},\n", found->second);
      ++value_type_count_;
    }
    return fmt::format("{}, {}", first, value_type_count_ - first);
  }

  const std::map<std::string, int> types_;
  std::string value_types_{}, contexts_{}, parts_{};
  std::size_t value_type_count_ = 0, context_count_ = 0, part_count_ = 0;
};

}  // namespace

Extensions read_extensions(const std::filesystem::path& folder) {
  Extensions extensions;
  simdjson::dom::parser parser;
  const element bundle = parser.load((folder / "extension-definitions.json").string());
  for (const element entry : bundle["entry"].get_array()) {
    const element resource = entry["resource"];
    if (text(resource, "resourceType") == "StructureDefinition" && text(resource, "type") == "Extension")
      extensions[std::string(text(resource, "url"))] = read_extension(resource);
  }
  return extensions;
}

std::string extensions_text(const Definitions& definitions, const Extensions& extensions) {
  return ExtensionsWriter(definitions).text(extensions);
}

}  // namespace musubi::fhir::generator
