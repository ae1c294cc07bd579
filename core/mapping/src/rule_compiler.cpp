#include <algorithm>

#include "column_names.h"
#include "rule.h"
#include "words.h"

namespace musubi::mapping {
namespace {

constexpr std::string_view kUsualAbsents = "absent";

std::string_view keep_constant(void* owner, std::string_view text) {
  return static_cast<ConstantStore*>(owner)->texts.emplace_back(text);
}

/// The field a rule fills, when a rule may fill it.
const model::Field* field_for(const RuleSpec& spec, Compilation& compilation) {
  const auto& catalogue = *compilation.context.catalogue;
  auto& problems = compilation.problems;
  const auto* field = catalogue.find(spec.field.text);
  const auto record = compilation.spec.head.record;
  if (field == nullptr) {
    problems.error_near(spec.field.mark, "mapping.field_unknown", catalogue.suggest(spec.field.text),
                        {{"rule", spec.field.text}});
  } else if (field->kind != record) {
    problems.error(spec.field.mark, "mapping.field_of_other_record",
                   {{"rule", field->id},
                    {"belongs", std::string(model::name_of(field->kind))},
                    {"record", std::string(model::name_of(record))}});
    field = nullptr;
  } else if (field->type == model::FieldType::group || field->group != model::kNoField) {
    problems.error(spec.field.mark, "mapping.field_in_group", {{"rule", field->id}});
    field = nullptr;
  }
  return field;
}

bool declared(const std::string& column, const MappingSpec& spec) {
  const auto is_it = [&](const Located& each) { return each.text == column; };
  return std::ranges::any_of(spec.columns, is_it) || std::ranges::any_of(spec.optional_columns, is_it);
}

std::vector<std::string> declared_columns(const MappingSpec& spec) {
  auto all = base::plain(spec.columns);
  for (const auto& each : spec.optional_columns) all.push_back(each.text);
  return all;
}

void check_column(const Located& column, Compilation& compilation) {
  if (declared(column.text, compilation.spec)) return;
  compilation.problems.error_near(column.mark, "mapping.column_unknown",
                                  nearest_column(column.text, declared_columns(compilation.spec)),
                                  {{"name", column.text}});
}

/// A part of a join is a canonical field that another rule of this mapping fills, or a column.
void check_join_part(const Located& part, Compilation& compilation) {
  const auto& rules = compilation.spec.rules;
  const auto rule =
      std::ranges::find_if(rules, [&](const RuleSpec& each) { return each.field.text == part.text; });
  if (rule == rules.end()) return check_column(part, compilation);
  if (rule->source == RuleSource::joined)
    compilation.problems.error(part.mark, "mapping.join_of_join", {{"rule", part.text}});
}

void check_sources(const RuleSpec& spec, Compilation& compilation) {
  if (spec.source == RuleSource::joined) {
    for (const auto& part : spec.from) check_join_part(part, compilation);
  } else {
    for (const auto& column : spec.from) check_column(column, compilation);
  }
}

/// A constant never fails when a record comes: what it cannot use is refused, and so is FHIRPath for now.
bool check_source_kind(const RuleSpec& spec, Compilation& compilation) {
  if (spec.source == RuleSource::expression) {
    compilation.problems.error(spec.text->mark, "mapping.expr_not_yet", {{"rule", spec.field.text}});
    return false;
  }
  if (spec.source == RuleSource::constant && (spec.absent || spec.on_error || spec.fallback || spec.split))
    compilation.problems.error(spec.field.mark, "mapping.constant_with_handling",
                               {{"rule", spec.field.text}});
  return true;
}

/// What a word of absence means when the mapping does not say.
model::AbsentReason usual_reason(const model::ValueSet* usual, std::string_view word) {
  const auto reason = usual == nullptr ? model::AbsentReason::none : usual->look_up(word).absent;
  return reason == model::AbsentReason::none ? model::AbsentReason::unknown : reason;
}

void compile_absents(const RuleSpec& spec, Rule& rule, const Compilation& compilation) {
  if (!spec.absent) return;
  const auto* usual = compilation.context.value_sets->find(kUsualAbsents);
  if (spec.absent->usual) rule.usual_absents = usual;
  std::string buffer;
  for (const auto& [word, given] : spec.absent->words) {
    const auto compared = comparable(folded(trimmed(word.text), buffer));
    const auto reason = given ? *given : usual_reason(usual, compared);
    if (compared.empty())
      rule.blank = model::Value::absent(reason);
    else
      rule.absents.push_back({std::string(compared), reason});
  }
}

model::Value as_list(model::Value value, ConstantStore& constants) {
  return model::Value::list(constants.lists.emplace_back(std::vector{value}));
}

/// The value of `value:` or `default:`.
void compile_constant(const Located& text, Rule& rule, Compilation& compilation) {
  const auto value = constant_value(rule.conversion, text.text, compilation.constants);
  if (!value.present()) {
    compilation.problems.error(text.mark, "mapping.constant_not_understood",
                               {{"rule", rule.field_id}, {"word", text.text}});
    return;
  }
  rule.constant = rule.repeats ? as_list(value, compilation.constants) : value;
}

/// By the rule's own words of absence, then its default, then the usual words, then the value set.
void compile_blank(Rule& rule) {
  if (rule.blank.silent()) rule.blank = rule.constant;
  for (const auto* set : {rule.usual_absents, rule.conversion.value_set}) {
    if (!rule.blank.silent() || set == nullptr) continue;
    if (const auto reason = set->look_up("").absent; reason != model::AbsentReason::none)
      rule.blank = model::Value::absent(reason);
  }
}

/// Everything that can fail says what then.
void compile_failure(const RuleSpec& spec, Rule& rule, Problems& problems) {
  rule.on_error = spec.on_error.value_or(spec.fallback ? OnError::fallback : OnError::review);
  const bool handled = spec.on_error || spec.absent || spec.fallback;
  if (rule.source == RuleSource::columns && can_fail(rule.conversion.operation) && !handled)
    problems.error(spec.field.mark, "mapping.failure_unhandled", {{"rule", rule.field_id}});
}

void compile_split(const RuleSpec& spec, Rule& rule, Problems& problems) {
  if (!spec.split) return;
  rule.split = spec.split->text;
  if (!rule.repeats) problems.error(spec.split->mark, "mapping.split_of_single", {{"rule", rule.field_id}});
  if (rule.split.empty()) problems.error(spec.split->mark, "yaml.empty_value", {{"key", "split"}});
}

/// A join makes an identifier or a text of its parts and nothing else.
void check_join(const RuleSpec& spec, const Rule& rule, Problems& problems) {
  if (spec.source != RuleSource::joined) {
    for (const auto& [key, given] :
         {std::pair("separator", &spec.separator), std::pair("prefix", &spec.prefix)})
      if (*given)
        problems.error((*given)->mark, "mapping.key_without_effect", {{"key", key}, {"word", "from"}});
    return;
  }
  if (can_fail(rule.conversion.operation) || rule.repeats)
    problems.error(spec.field.mark, "mapping.join_needs_text", {{"rule", rule.field_id}});
  if (spec.absent || spec.on_error || spec.fallback || spec.split)
    problems.error(spec.field.mark, "mapping.join_with_handling", {{"rule", rule.field_id}});
}

/// Blanks in the column that names the case, or in a column the mapping calls required, hold the record.
bool is_needed(const RuleSpec& spec, const MappingSpec& mapping) {
  if (spec.field.text == mapping.head.local_id_field) return true;
  return std::ranges::any_of(spec.from, [&](const Located& column) {
    return std::ranges::any_of(mapping.required_columns,
                               [&](const Located& each) { return each.text == column.text; });
  });
}

std::optional<Rule> compile_rule(const RuleSpec& spec, Compilation& compilation) {
  const auto* field = field_for(spec, compilation);
  check_sources(spec, compilation);
  if (!check_source_kind(spec, compilation) || field == nullptr) return std::nullopt;
  auto conversion = conversion_for(spec, *field, compilation);
  if (!conversion) return std::nullopt;
  Rule rule{
      .field_id = field->id, .field = field->number, .line = spec.field.mark.line, .source = spec.source};
  rule.from = base::plain(spec.from);
  rule.conversion = std::move(*conversion);
  rule.repeats = field->repeats;
  if (spec.separator) rule.separator = spec.separator->text;
  if (spec.prefix) rule.prefix = spec.prefix->text;
  compile_absents(spec, rule, compilation);
  compile_split(spec, rule, compilation.problems);
  if (spec.source == RuleSource::constant) compile_constant(*spec.text, rule, compilation);
  if (spec.fallback) compile_constant(*spec.fallback, rule, compilation);
  compile_blank(rule);
  compile_failure(spec, rule, compilation.problems);
  check_join(spec, rule, compilation.problems);
  rule.must_be_there = is_needed(spec, compilation.spec);
  return rule;
}

}  // namespace

model::Value constant_value(const Conversion& conversion, std::string_view text, ConstantStore& constants) {
  TextKeeper keeper{.owner = &constants, .keep = keep_constant, .buffer = {}};
  const auto kept = trimmed(keep_constant(&constants, text));
  return kept.empty() ? model::Value{} : convert(conversion, kept, document::CellKind::text, keeper);
}

std::vector<Rule> compile_rules(Compilation& compilation) {
  std::vector<Rule> rules;
  for (const auto& spec : compilation.spec.rules)
    if (auto rule = compile_rule(spec, compilation)) rules.push_back(std::move(*rule));
  std::ranges::stable_partition(rules, [](const Rule& rule) { return rule.source != RuleSource::joined; });
  return rules;
}

}  // namespace musubi::mapping
