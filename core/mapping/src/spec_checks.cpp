#include "spec_checks.h"

#include <algorithm>
#include <map>
#include <set>

#include "advice.h"
#include "column_names.h"
#include "words.h"

namespace musubi::mapping {
namespace {

void check_declared(const Located& column, const std::vector<std::string>& declared, Problems& problems) {
  if (std::ranges::find(declared, column.text) == declared.end())
    problems.error_near(column.mark, "mapping.column_unknown", nearest_column(column.text, declared),
                        {{"name", column.text}});
}

void check_columns_unique(const MappingSpec& spec, Problems& problems) {
  std::map<std::string, Mark> seen;
  for (const auto* list : {&spec.columns, &spec.optional_columns})
    for (const auto& column : *list) {
      const auto [first, is_new] = seen.emplace(column_key(column.text), column.mark);
      if (!is_new)
        problems.error(column.mark, "mapping.column_twice",
                       {{"name", column.text}, {"first_line", std::to_string(first->second.line)}});
    }
}

void check_field_reference(const std::optional<Located>& field, std::string_view key, const MappingSpec& spec,
                           Problems& problems) {
  if (!field || spec.fields.empty()) return;
  if (std::ranges::find(spec.fields, field->text) == spec.fields.end())
    problems.error_near(field->mark, "mapping.reference_without_rule",
                        base::nearest(field->text, spec.fields),
                        {{"key", std::string(key)}, {"rule", field->text}});
}

/// Notes the columns behind names of a scope.
class ReadColumns {
 public:
  void add(const Scope& scope, const std::vector<std::string>& names) {
    for (const auto& name : names)
      if (const auto* column = scope.find(name)) columns.insert(column->column);
  }
  /// Items in columns side by side: those of every item.
  void add(const ItemLayout& items) {
    for (const auto& set : items.sets) columns.insert(set.begin(), set.end());
    if (!items.list.empty()) columns.insert(items.list);
  }
  std::set<std::string> columns;
};

/// Columns that a rule or a condition reads, a row test looks at or the head names.
std::set<std::string> read_columns(const MappingSpec& spec, const CompiledRules& compiled) {
  ReadColumns read;
  for (const auto& rule : compiled.rules) {
    read.add(compiled.scope, rule.from);
    if (!rule.absent_from.empty()) read.add(compiled.scope, {rule.absent_from});
  }
  for (const auto& group : compiled.groups) {
    read.add(group.items);
    for (const auto& rule : group.rules) {
      read.add(group.scope, rule.from);
      if (!rule.absent_from.empty()) read.add(group.scope, {rule.absent_from});
    }
  }
  if (compiled.items) read.add(*compiled.items);
  if (compiled.when) read.add(compiled.scope, compiled.when->reads);
  for (const auto& verdict : compiled.verdicts) read.add(compiled.scope, verdict.when.reads);
  for (const auto& skip : spec.skips) read.columns.insert(skip.column.text);
  if (spec.as_of) read.columns.insert(spec.as_of->text);
  return read.columns;
}

void warn_of_ignored(const MappingSpec& spec, const std::set<std::string>& read, Problems& problems) {
  for (const auto& [column, because] : spec.ignored)
    if (read.contains(column.text))
      problems.warning(column.mark, "mapping.ignored_but_read", {{"name", column.text}});
}

void warn_of_unread(const MappingSpec& spec, std::set<std::string> used, Problems& problems) {
  for (const auto& [column, because] : spec.ignored) used.insert(column.text);
  for (const auto* list : {&spec.columns, &spec.optional_columns})
    for (const auto& column : *list)
      if (!used.contains(column.text))
        problems.warning(column.mark, "mapping.column_not_read", {{"name", column.text}});
}

/// A word of absence that is also a value hides that value; one that the value set knows says it twice.
void warn_of_absent(const AbsentWord& word, const Rule& rule, Problems& problems) {
  std::string buffer;
  const auto text = std::string(comparable(folded(trimmed(word.word.text), buffer)));
  if (text.empty()) return;
  ConstantStore scratch;
  const auto value = constant_value(rule.conversion, text, scratch);
  const Problems::Arguments arguments = {{"word", word.word.text}, {"rule", rule.field_id}};
  if (value.present() && can_fail(rule.conversion.operation))
    problems.warning(word.word.mark, "mapping.absent_hides_value", arguments);
  const auto usual =
      rule.usual_absents == nullptr ? model::AbsentReason::none : rule.usual_absents->look_up(text).absent;
  const auto known = value.is_absent() ? value.absent_reason() : usual;
  if (known != model::AbsentReason::none && (!word.reason || *word.reason == known))
    problems.warning(word.word.mark, "mapping.absent_known_already", arguments);
}

void warn_of_absents(const MappingSpec& spec, const std::vector<Rule>& rules, Problems& problems) {
  for (const auto& rule_spec : spec.rules) {
    const auto rule = std::ranges::find(rules, rule_spec.field.text, &Rule::field_id);
    if (rule == rules.end() || !rule_spec.absent) continue;
    for (const auto& word : rule_spec.absent->words) warn_of_absent(word, *rule, problems);
  }
}

void warn_of_unfilled(const MappingSpec& spec, const Context& context, Problems& problems) {
  for (const auto number : context.catalogue->fields_of(spec.head.record)) {
    const auto& field = context.catalogue->at(number);
    if (field.required && field.group == model::kNoField &&
        std::ranges::find(spec.fields, field.id) == spec.fields.end())
      problems.warning(
          spec.mark, "mapping.required_field_not_filled",
          {{"rule", field.id}, {"label_ja", field.label.japanese}, {"label_en", field.label.english}});
  }
}

}  // namespace

void check_references(const MappingSpec& spec, Problems& problems) {
  const auto declared = declared_columns(spec);
  check_columns_unique(spec, problems);
  for (const auto& column : spec.required_columns) check_declared(column, declared, problems);
  for (const auto& [column, because] : spec.ignored) check_declared(column, declared, problems);
  for (const auto& skip : spec.skips) check_declared(skip.column, declared, problems);
  if (spec.as_of) check_declared(*spec.as_of, declared, problems);
  check_field_reference(spec.local_id, "local_id", spec, problems);
  check_field_reference(spec.event_date, "event_date", spec, problems);
}

void warn(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
          Problems& problems) {
  const auto read = read_columns(spec, compiled);
  warn_of_ignored(spec, read, problems);
  warn_of_absents(spec, compiled.rules, problems);
  if (problems.has_errors()) return;  // what is missing may be what is misspelt
  warn_of_unread(spec, read, problems);
  warn_of_unfilled(spec, context, problems);
  warn_of_unreachable(spec, compiled, context, problems);
  inform(spec, compiled, context, problems);
}

}  // namespace musubi::mapping
