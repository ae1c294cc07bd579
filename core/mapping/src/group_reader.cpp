// The keys of a mapping that speak of whole rows and of repeated parts: when, hold, reject, for_each, groups.
#include <algorithm>

#include "mapping_spec.h"

namespace musubi::mapping {
namespace {

constexpr auto kGroupKeys = std::to_array<std::string_view>({"for_each", "fields"});
constexpr auto kWhenKeys = std::to_array<std::string_view>({"expr", "because"});
constexpr auto kVerdictKeys = std::to_array<std::string_view>({"when", "code", "ja", "en"});

/// Small letters, digits and underscores, in parts joined by dots.
bool is_code(std::string_view text) {
  const auto fits = [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '_' || each == '.';
  };
  return !text.empty() && std::ranges::all_of(text, fits) && text.front() != '.' && text.back() != '.';
}

void read_verdict(const YamlNode& node, bool rejects, MappingSpec& spec, Problems& problems) {
  const YamlMap map(node, kVerdictKeys, problems);
  if (!map) return;
  VerdictSpec verdict{.rejects = rejects};
  const auto when = map.required_text("when");
  const auto code = map.required_text("code");
  verdict.text = map.label();
  if (code && !is_code(code->text)) problems.error(code->mark, "mapping.code_form", {{"word", code->text}});
  if (!when || !code) return;
  verdict.when = *when;
  verdict.code = *code;
  spec.verdicts.push_back(std::move(verdict));
}

void read_verdicts(const YamlMap& root, std::string_view key, bool rejects, MappingSpec& spec) {
  const YamlNode* node = root.find(key);
  if (node == nullptr) return;
  if (node->kind != YamlKind::list) return read_verdict(*node, rejects, spec, root.problems());
  for (const YamlNode& item : node->items) read_verdict(item, rejects, spec, root.problems());
}

void read_when(const YamlNode& node, MappingSpec& spec, Problems& problems) {
  if (node.kind != YamlKind::map) {
    if (auto text = base::text_of(node, "when", problems)) spec.when = WhenSpec{std::move(*text), {}};
    return;
  }
  const YamlMap map(node, kWhenKeys, problems);
  if (auto text = map.required_text("expr")) spec.when = WhenSpec{std::move(*text), map.word("because")};
}

}  // namespace

void read_conditions(const YamlMap& root, MappingSpec& spec) {
  if (const YamlNode* when = root.find("when")) read_when(*when, spec, root.problems());
  read_verdicts(root, "reject", true, spec);
  read_verdicts(root, "hold", false, spec);
}

std::optional<ItemsSpec> read_items(const YamlNode& node, Problems& problems) {
  ItemsSpec items{.mark = node.mark};
  if (node.kind == YamlKind::list) {
    for (const YamlNode& item : node.items)
      if (auto set = base::pairs_of(item, "for_each", problems); !set.empty())
        items.sets.push_back(std::move(set));
    if (items.sets.empty()) return std::nullopt;
    return items;
  }
  items.path = base::text_of(node, "for_each", problems);
  if (!items.path) return std::nullopt;
  return items;
}

std::string shown(const ItemsSpec& items) {
  if (items.path) return items.path->text;
  std::string text;
  for (const auto& set : items.sets) {
    for (const auto& [name, column] : set) text += name.text + "=" + column.text + ",";
    text += ";";
  }
  return text;
}

std::optional<GroupSpec> read_group(const Located& field, const YamlNode& node, Problems& problems) {
  const YamlMap map(node, kGroupKeys, problems);
  const YamlNode* for_each = map.required("for_each");
  auto items = for_each == nullptr ? std::nullopt : read_items(*for_each, problems);
  const YamlMap fields(*map.find("fields"), problems);
  if (!fields || !items) return std::nullopt;
  GroupSpec group{.field = field, .items = std::move(*items)};
  for (const auto& [member, rule_node] : fields.entries())
    if (auto rule = read_rule(member, rule_node, problems)) group.rules.push_back(std::move(*rule));
  return group;
}

}  // namespace musubi::mapping
