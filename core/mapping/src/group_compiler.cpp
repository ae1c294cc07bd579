#include <algorithm>

#include "rule.h"

namespace musubi::mapping {
namespace {

/// The group a field with for_each fills; nullptr: a problem.
const model::Field* group_field(const GroupSpec& spec, Compilation& compilation) {
  const auto& catalogue = *compilation.context.catalogue;
  const auto* field = catalogue.find(spec.field.text);
  if (field == nullptr) {
    compilation.problems.error_near(spec.field.mark, "mapping.field_unknown",
                                    catalogue.suggest(spec.field.text), {{"rule", spec.field.text}});
    return nullptr;
  }
  if (field->type == model::FieldType::group && field->kind == compilation.spec.head.record) return field;
  compilation.problems.error(spec.field.mark, "mapping.not_a_group", {{"rule", field->id}});
  return nullptr;
}

std::optional<Group> compile_group(const GroupSpec& spec, const Scope& record, Compilation& compilation) {
  const auto* field = group_field(spec, compilation);
  Group group{.field_id = spec.field.text, .line = spec.field.mark.line};
  group.items = item_layout(spec.items, compilation.spec, compilation.problems);
  if (field == nullptr || group.items.names.empty()) return std::nullopt;
  group.field = field->number;
  group.scope = group_scope(group.items, record);
  group.rules = compile_rules({spec.rules, group.scope, field->number}, compilation);
  return group;
}

/// A group inside the items of for_each is a cell of theirs.
void add_inner_lists(const MappingSpec& spec, ItemLayout& items) {
  for (const auto& group : spec.groups) {
    if (!group.items.path || items.list.empty() || !lies_in(group.items.path->text, items.list)) continue;
    items.names.push_back(group.items.path->text.substr(items.list.size() + 1));
    items.columns.push_back(group.items.path->text);
  }
}

}  // namespace

std::vector<Group> compile_groups(const Scope& record, Compilation& compilation) {
  std::vector<Group> groups;
  for (const auto& spec : compilation.spec.groups)
    if (auto group = compile_group(spec, record, compilation)) groups.push_back(std::move(*group));
  return groups;
}

CompiledRules compile_all(Compilation& compilation) {
  const auto& spec = compilation.spec;
  CompiledRules compiled;
  compile_words(compilation);
  if (spec.for_each) {
    compiled.items = item_layout(*spec.for_each, spec, compilation.problems);
    add_inner_lists(spec, *compiled.items);
  }
  compiled.scope = record_scope(spec, compiled.items);
  compiled.rules = compile_rules({spec.rules, compiled.scope}, compilation);
  compiled.groups = compile_groups(compiled.scope, compilation);
  if (spec.when) compiled.when = compile_condition(spec.when->expression, compiled.scope, compilation);
  compiled.verdicts = compile_verdicts(compiled.scope, compilation);
  return compiled;
}

}  // namespace musubi::mapping
