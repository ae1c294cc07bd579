#include "plan.h"

#include <algorithm>

namespace musubi::quality {
namespace {

using model::Value;
using model::ValueKind;

std::optional<Step> step_of(const Rule& rule, const Expectation& expectation,
                            const model::RecordLayout& layout) {
  Step step{.check = &rule.info, .expectation = expectation, .unless_slot = layout.slot(rule.unless)};
  if (!bind(step.expectation, layout)) return {};
  const auto operands = operands_of(step.expectation);
  const auto first_bound = std::ranges::find_if(operands, [](const Operand* each) { return each->bound(); });
  const Operand& subject = first_bound == operands.end() ? *operands.front() : **first_bound;
  step.subject = subject.field;
  step.subject_slot = subject.slot;
  for (const Operand* operand : operands) {
    if (operand->bound() && operand->member >= 0) step.group_slot = operand->slot;
  }
  return step;
}

bool holds(const Step& step, const Row& row, Context& context) {
  return std::visit([&](const auto& expectation) { return expectation.holds(row, context); },
                    step.expectation);
}

bool excepted(const Step& step, std::span<const Value> values) {
  if (step.unless_slot < 0) return false;
  const Value& said = values[static_cast<std::size_t>(step.unless_slot)];
  return said.kind() == ValueKind::boolean && said.as_boolean();
}

bool holds_for_each_item(const Step& step, std::span<const Value> values, Context& context) {
  const Value& items = values[static_cast<std::size_t>(step.group_slot)];
  if (items.kind() != ValueKind::list) return true;
  return std::ranges::all_of(items.as_list(), [&](const Value& item) {
    return item.kind() != ValueKind::list || holds(step, {values, item.as_list()}, context);
  });
}

std::string_view column_of(const model::RecordLayout& layout, const Step& step,
                           std::span<const Value> values) {
  if (step.subject_slot < 0) return {};
  const Value& value = values[static_cast<std::size_t>(step.subject_slot)];
  return !value.silent() && value.rule() < layout.rules.size()
             ? std::string_view(layout.rules[value.rule()].from)
             : std::string_view();
}

}  // namespace

std::vector<Step> make_plan(const std::vector<Rule>& rules, const model::RecordLayout& layout) {
  std::vector<Step> steps;
  for (const Rule& rule : rules) {
    if (rule.records != layout.kind) continue;
    for (const Expectation& expectation : rule.expectations) {
      if (auto step = step_of(rule, expectation, layout)) steps.push_back(std::move(*step));
    }
  }
  return steps;
}

void run_plan(const std::vector<Step>& steps, const model::RecordBatch& records,
              std::chrono::sys_days last_day, std::vector<model::Finding>& findings) {
  std::vector<SeenCodes> seen(steps.size());
  const base::PartialDate last = base::partial_date(last_day);
  for (std::size_t record = 0; record < records.size(); ++record) {
    const auto values = records.values(record);
    for (std::size_t index = 0; index < steps.size(); ++index) {
      const Step& step = steps[index];
      if (excepted(step, values)) continue;
      Context context{last, seen[index]};
      const bool good =
          step.group_slot < 0 ? holds(step, {values}, context) : holds_for_each_item(step, values, context);
      if (good) continue;
      findings.push_back({.code = step.check->code,
                          .severity = step.check->severity,
                          .field = step.subject,
                          .record = static_cast<std::uint32_t>(record),
                          .column = column_of(records.layout(), step, values)});
    }
  }
}

}  // namespace musubi::quality
