#include <algorithm>

#include "column_names.h"
#include "rule.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using model::FieldType;

constexpr std::string_view kUsualAbsents = "absent";

std::string_view keep_constant(void* owner, std::string_view text) {
  return static_cast<ConstantStore*>(owner)->texts.emplace_back(text);
}

/// A field of the record, or of the group the rules are in.
bool belongs(const model::Field& field, const RuleSet& set, const RuleSpec& spec, Compilation& compilation) {
  if (field.type != FieldType::group && field.group == set.group) return true;
  const auto& catalogue = *compilation.context.catalogue;
  if (set.group != model::kNoField) {
    compilation.problems.error(spec.field.mark, "mapping.field_not_of_group",
                               {{"rule", field.id}, {"group", catalogue.at(set.group).id}});
  } else {
    const auto& group = field.type == FieldType::group ? field : catalogue.at(field.group);
    compilation.problems.error(spec.field.mark, "mapping.field_in_group",
                               {{"rule", field.id}, {"group", group.id}});
  }
  return false;
}

/// The field a rule fills, when a rule may fill it.
const model::Field* field_for(const RuleSpec& spec, const RuleSet& set, Compilation& compilation) {
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
  } else if (!belongs(*field, set, spec, compilation)) {
    field = nullptr;
  }
  return field;
}

void check_column(const Located& column, const Scope& scope, Compilation& compilation) {
  if (scope.find(column.text) != nullptr) return;
  compilation.problems.error_near(column.mark, "mapping.column_unknown",
                                  nearest_column(column.text, scope.names), {{"name", column.text}});
}

/// A part of a join is a canonical field that another rule beside it fills, or a column.
void check_join_part(const Located& part, const RuleSet& set, Compilation& compilation) {
  const auto rule =
      std::ranges::find_if(set.rules, [&](const RuleSpec& each) { return each.field.text == part.text; });
  if (rule == set.rules.end()) return check_column(part, set.scope, compilation);
  if (rule->source == RuleSource::joined)
    compilation.problems.error(part.mark, "mapping.join_of_join", {{"rule", part.text}});
}

void check_sources(const RuleSpec& spec, const RuleSet& set, Compilation& compilation) {
  for (const auto& part : spec.from) {
    if (spec.source == RuleSource::joined)
      check_join_part(part, set, compilation);
    else
      check_column(part, set.scope, compilation);
  }
}

/// Keys that a rule of this kind has no use for. A constant never fails when a record comes.
void check_source_kind(const RuleSpec& spec, Compilation& compilation) {
  if (spec.source == RuleSource::constant && (spec.absent || spec.on_error || spec.fallback || spec.split))
    compilation.problems.error(spec.field.mark, "mapping.constant_with_handling",
                               {{"rule", spec.field.text}});
  if (spec.source != RuleSource::expression && spec.empty)
    compilation.problems.error(spec.empty->mark, "mapping.empty_without_expression",
                               {{"rule", spec.field.text}});
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

/// By the rule's own words of absence, then its default, then the usual words, then the value set. What a hub
/// leaves out was said by nobody.
void compile_blank(Rule& rule) {
  if (!rule.absent_from.empty()) return;
  if (rule.blank.silent()) rule.blank = rule.constant;
  for (const auto* set : {rule.usual_absents, rule.conversion.value_set}) {
    if (!rule.blank.silent() || set == nullptr) continue;
    if (const auto reason = set->look_up("").absent; reason != model::AbsentReason::none)
      rule.blank = model::Value::absent(reason);
  }
}

/// Everything that can fail says what then: an expression must, a cell that is not understood goes to review.
void compile_failure(const RuleSpec& spec, Rule& rule, Problems& problems) {
  rule.on_error = spec.on_error.value_or(spec.fallback ? OnError::fallback : OnError::review);
  if (spec.empty) {
    rule.may_be_empty = true;
    if (spec.empty->reason != model::AbsentReason::none)
      rule.empty = model::Value::absent(spec.empty->reason);
  }
  const bool handled = spec.on_error || spec.absent || spec.fallback || spec.empty;
  if (rule.source == RuleSource::columns && can_fail(rule.conversion.operation) && !handled)
    problems.warning(spec.field.mark, "mapping.failure_unhandled", {{"rule", rule.field_id}});
  if (rule.source == RuleSource::expression && !handled)
    problems.error(spec.field.mark, "mapping.expression_unhandled", {{"rule", rule.field_id}});
}

/// An expression that leaves a field without value which every record must have.
void check_required(const RuleSpec& spec, const Rule& rule, Problems& problems) {
  if (rule.source != RuleSource::expression || !rule.must_be_there || spec.fallback) return;
  if (rule.may_be_empty || rule.on_error == OnError::null)
    problems.error(spec.field.mark, "mapping.required_may_be_empty", {{"rule", rule.field_id}});
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

/// Blanks in the column that names the case, or in a column the mapping calls required, hold the record; so
/// does an expression that yields nothing for a field every record has.
bool is_needed(const RuleSpec& spec, const model::Field& field, const MappingSpec& mapping) {
  if (spec.field.text == mapping.head.local_id_field) return true;
  if (spec.source == RuleSource::expression) return field.required;
  return std::ranges::any_of(spec.from, [&](const Located& column) {
    return std::ranges::any_of(mapping.required_columns,
                               [&](const Located& each) { return each.text == column.text; });
  });
}

/// What the rule says beside where its value comes from.
void compile_handling(const RuleSpec& spec, const model::Field& field, Rule& rule, Compilation& compilation) {
  compile_absents(spec, rule, compilation);
  compile_split(spec, rule, compilation.problems);
  if (spec.source == RuleSource::constant) compile_constant(*spec.text, rule, compilation);
  if (spec.fallback) compile_constant(*spec.fallback, rule, compilation);
  compile_blank(rule);
  compile_failure(spec, rule, compilation.problems);
  check_join(spec, rule, compilation.problems);
  rule.must_be_there = is_needed(spec, field, compilation.spec);
  check_required(spec, rule, compilation.problems);
}

std::vector<std::string> required_among(const std::vector<Located>& parts, const MappingSpec& mapping) {
  std::vector<std::string> required;
  for (const auto& part : parts)
    if (std::ranges::find(mapping.head.required_columns, part.text) != mapping.head.required_columns.end())
      required.push_back(part.text);
  return required;
}

std::optional<Rule> compile_rule(const RuleSpec& spec, const RuleSet& set, Compilation& compilation) {
  const auto* field = field_for(spec, set, compilation);
  check_sources(spec, set, compilation);
  check_source_kind(spec, compilation);
  std::optional<fhirpath::Expression> expression;
  if (spec.source == RuleSource::expression) {
    expression = compile_expression(*spec.text, set.scope, compilation);
    if (!expression) return std::nullopt;
  }
  if (field == nullptr) return std::nullopt;
  auto conversion = conversion_for(spec, *field, compilation);
  if (!conversion) return std::nullopt;
  Rule rule{
      .field_id = field->id, .field = field->number, .line = spec.field.mark.line, .source = spec.source};
  if (spec.field.mark.file != 0) rule.mapping = compilation.mappings[spec.field.mark.file];
  rule.from = expression ? names_read(*expression, set.scope) : base::plain(spec.from);
  if (spec.absent_from) rule.absent_from = spec.absent_from->text;
  rule.expression = std::move(expression);
  rule.conversion = std::move(*conversion);
  rule.repeats = field->repeats;
  if (spec.source == RuleSource::joined) rule.required_parts = required_among(spec.from, compilation.spec);
  if (spec.separator) rule.separator = spec.separator->text;
  if (spec.prefix) rule.prefix = spec.prefix->text;
  compile_handling(spec, *field, rule, compilation);
  return rule;
}

}  // namespace

model::Value constant_value(const Conversion& conversion, std::string_view text, ConstantStore& constants) {
  TextKeeper keeper{.owner = &constants, .keep = keep_constant, .buffer = {}};
  const auto kept = trimmed(keep_constant(&constants, text));
  return kept.empty() ? model::Value{} : convert(conversion, kept, document::CellKind::text, keeper);
}

std::vector<Rule> compile_rules(const RuleSet& set, Compilation& compilation) {
  std::vector<Rule> rules;
  for (const auto& spec : set.rules)
    if (auto rule = compile_rule(spec, set, compilation)) rules.push_back(std::move(*rule));
  std::ranges::stable_partition(rules, [](const Rule& rule) { return rule.source != RuleSource::joined; });
  return rules;
}

}  // namespace musubi::mapping
