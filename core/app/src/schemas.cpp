#include "schemas.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "musubi/base/yaml.h"
#include "serve/serve_settings.h"

namespace musubi::app {
namespace {

namespace json = boost::json;

struct Source {
  std::string_view name, text;
};
constexpr auto kSources = std::to_array<Source>({
#include "schemas_table.inc"
});

/// In a source, {"x-musubi": …} stands for what this hub knows.
constexpr std::string_view kPlaceholder = "x-musubi";
constexpr std::string_view kConceptMaps = "conceptmaps/";

json::object reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

/// Of the fields outside groups and the groups, or of the members of groups.
json::object rules_of(const model::Catalogue& catalogue, bool members) {
  json::object properties;
  for (const auto& field : catalogue.fields()) {
    if ((field.group != model::kNoField) != members) continue;
    auto rule = reference(field.type == model::FieldType::group ? "group" : "rule");
    rule["description"] = field.label.japanese + '\n' + field.label.english;
    properties[field.id] = std::move(rule);
  }
  return {{"type", "object"},
          {"minProperties", 1},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

json::object one_of(const std::vector<std::string>& names) {
  json::array values;
  for (const auto& name : names) values.emplace_back(name);
  return {{"enum", std::move(values)}};
}

json::object fields_of(const model::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const auto& field : catalogue.fields()) ids.push_back(field.id);
  return one_of(ids);
}

json::object concept_maps_of(const model::ValueSets& value_sets) {
  std::vector<std::string> ids;
  for (const auto& file : value_sets.files()) {
    if (!file.name.starts_with(kConceptMaps)) continue;
    base::Problems problems;
    const auto root = base::read_yaml(file.text, file.name, problems);
    if (const auto* id = root ? root->find("conceptmap") : nullptr) ids.push_back(id->text);
  }
  return one_of(ids);
}

/// Of a table of options, each with its help.
json::object options_in(std::span<const plugin::Option> table) {
  json::object properties;
  for (const auto& option : table) {
    auto each = reference("text");
    each["description"] = std::string(option.help_japanese) + '\n' + std::string(option.help_english);
    properties[option.name] = std::move(each);
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

json::object known(std::string_view what, const mapping::Context& context) {
  if (what == "rules") return rules_of(*context.catalogue, false);
  if (what == "member_rules") return rules_of(*context.catalogue, true);
  if (what == "fields") return fields_of(*context.catalogue);
  if (what == "serve") return options_in(serve_options());
  if (what == "delivery") return options_in(delivery_options());
  if (what == "value_sets") return one_of(context.value_sets->ids());
  return concept_maps_of(*context.value_sets);
}

void write(const json::value& value, std::size_t depth, std::string& text);

/// Each on a line of its own, between `brackets`.
template <class Items, class WriteItem>
void write_all(const Items& items, std::string_view brackets, std::size_t depth, std::string& text,
               const WriteItem& write_item) {
  text += brackets.front();
  bool first = true;
  for (const auto& item : items) {
    text += (first ? "\n" : ",\n") + std::string(2 * depth + 2, ' ');
    write_item(item);
    first = false;
  }
  if (!first) text += '\n' + std::string(2 * depth, ' ');
  text += brackets.back();
}

void write(const json::value& value, std::size_t depth, std::string& text) {
  if (const auto* object = value.if_object()) {
    write_all(*object, "{}", depth, text, [&](const json::key_value_pair& each) {
      text += json::serialize(json::value(each.key())) + ": ";
      write(each.value(), depth + 1, text);
    });
  } else if (const auto* array = value.if_array()) {
    write_all(*array, "[]", depth, text, [&](const json::value& each) { write(each, depth + 1, text); });
  } else {
    text += json::serialize(value);
  }
}

}  // namespace

std::vector<std::string_view> schema_names() {
  std::vector<std::string_view> names;
  for (const auto& source : kSources) names.push_back(source.name);
  return names;
}

std::optional<json::object> schema_named(std::string_view name, const mapping::Context& context) {
  const auto source = std::ranges::find(kSources, name, &Source::name);
  if (source == kSources.end()) return std::nullopt;
  auto schema = json::parse({source->text.data(), source->text.size()}).as_object();
  for (auto& definition : schema.at("$defs").as_object()) {
    auto& object = definition.value().as_object();
    const auto placeholder = object.find(kPlaceholder);
    if (placeholder == object.end()) continue;
    const auto what = placeholder->value().as_string();
    object = known(std::string_view(what.data(), what.size()), context);
  }
  return schema;
}

std::string indented(const json::value& value) {
  std::string text;
  write(value, 0, text);
  return text + '\n';
}

}  // namespace musubi::app
