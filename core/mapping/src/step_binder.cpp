#include "step_binder.h"

#include <algorithm>

#include "musubi/base/japanese_date.h"

namespace musubi::mapping {
namespace {

/// A rule for one date that calls no clean date absent (1900-01-01).
bool reads_any_iso_date(const Rule& rule) {
  const bool one_date =
      rule.conversion.operation == Operation::date || rule.conversion.operation == Operation::serial_date;
  return rule.source == RuleSource::columns && one_date && !rule.repeats &&
         std::ranges::none_of(rule.absents, [](const CompiledAbsent& absent) {
           return base::parse_iso_date(absent.word).has_value();
         });
}

/// Whether the same text means the same again, and finding that out takes longer than remembering it.
bool is_worth_remembering(const Rule& rule) {
  const bool plain_text =
      rule.conversion.operation == Operation::text || rule.conversion.operation == Operation::identifier;
  return !plain_text || !rule.absents.empty() || rule.usual_absents != nullptr || rule.repeats;
}

}  // namespace

StepBinder::StepBinder(const model::Catalogue& catalogue, const std::vector<Rule>& rules, const Scope& scope,
                       const Header& header, model::RecordLayout& layout)
    : catalogue_(catalogue), rules_(rules), scope_(scope), header_(header), layout_(layout) {}

std::optional<int> StepBinder::cell(std::string_view name) const {
  const auto* column = scope_.find(name);
  if (column == nullptr) return std::nullopt;
  return column->item < 0 ? header_.find(column->column) : header_.width() + column->item;
}

std::optional<int> StepBinder::reason_cell(const Rule& rule) const {
  return rule.absent_from.empty() ? std::nullopt : cell(rule.absent_from);
}

bool StepBinder::can_run(const Rule& rule) const {
  const bool reads = rule.source == RuleSource::columns || rule.source == RuleSource::expression;
  if (!reads || rule.from.empty() || reason_cell(rule)) return true;
  return std::ranges::any_of(rule.from, [&](const auto& name) { return cell(name).has_value(); });
}

const Rule* StepBinder::rule_for(std::string_view field) const {
  const auto found = std::ranges::find(rules_, field, &Rule::field_id);
  return found == rules_.end() ? nullptr : &*found;
}

std::uint16_t StepBinder::add_origin(const Rule& rule, const std::string& from, int column) {
  layout_.rules.push_back({rule.field_id, rule.line, from, column, rule.mapping});
  return static_cast<std::uint16_t>(layout_.rules.size() - 1);
}

/// The cell of an item has the place of the list it is in, or of its own column.
std::uint16_t StepBinder::origin_of_column(const Rule& rule, const std::string& name) {
  const auto& column = *scope_.find(name);
  const auto index = header_.find(column.column);
  if (column.item >= 0) return add_origin(rule, column.column, index.value_or(-1));
  return add_origin(rule, header_.name(*index), *index);
}

std::vector<ExpressionInput> StepBinder::inputs_of(const fhirpath::Expression& expression) const {
  std::vector<ExpressionInput> inputs;
  for (const auto name : expression.columns())
    inputs.push_back({name, cell(scope_.columns[name].name).value_or(-1)});
  return inputs;
}

/// What reads one cell only comes from that cell.
void StepBinder::bind_expression(const Rule& rule, Step& step) {
  step.inputs = inputs_of(*rule.expression);
  step.remembers = step.inputs.size() == 1;
  if (step.inputs.size() == 1) {
    step.origin = origin_of_column(rule, rule.from.front());
    step.sources.push_back({step.inputs.front().column, step.origin});
    return;
  }
  std::string from;
  for (const auto& name : rule.from) from += (from.empty() ? "" : " + ") + name;
  step.origin = add_origin(rule, from, -1);
}

Step StepBinder::step_of(const Rule& rule, int slot) {
  Step step{.rule = &rule, .slot = static_cast<std::uint16_t>(slot)};
  step.remembers = is_worth_remembering(rule);
  step.tries_iso_date = reads_any_iso_date(rule);
  if (rule.source == RuleSource::expression) {
    bind_expression(rule, step);
  } else if (rule.source == RuleSource::columns) {
    for (const auto& name : rule.from)
      if (const auto index = cell(name)) step.sources.push_back({*index, origin_of_column(rule, name)});
    if (const auto reason = reason_cell(rule))
      step.reason = {*reason, origin_of_column(rule, rule.absent_from)};
  } else {
    std::string from;
    for (const auto& part : rule.from) from += (from.empty() ? "" : " + ") + part;
    step.origin = add_origin(rule, from, -1);
  }
  return step;
}

ConditionTest StepBinder::test_of(const Condition& condition) const {
  return {&condition.expression, inputs_of(condition.expression)};
}

}  // namespace musubi::mapping
