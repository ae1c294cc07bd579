// Rules of one scope bound to the columns of one header.
#pragma once

#include <algorithm>

#include "musubi/base/error.h"
#include "plan.h"

namespace musubi::mapping {

class StepBinder {
 public:
  /// All arguments are borrowed. Rules that run note their origins in `layout`.
  StepBinder(const model::Catalogue& catalogue, const std::vector<Rule>& rules, const Scope& scope,
             const Header& header, model::RecordLayout& layout);

  /// The cell a name of the scope stands for; nullopt: the table does not have it.
  std::optional<int> cell(std::string_view name) const;
  std::optional<int> reason_cell(const Rule& rule) const;
  bool can_run(const Rule& rule) const;
  const Rule* rule_for(std::string_view field) const;
  /// `slot_of` a field: where its value goes.
  template <class SlotOf>
  std::vector<Step> steps(SlotOf slot_of) {
    std::vector<Step> all;
    for (const Rule& rule : rules_)
      if (can_run(rule)) all.push_back(step_of(rule, slot_of(rule.field)));
    for (Step& step : all)
      if (step.rule->source == RuleSource::joined)
        for (const auto& part : step.rule->from) step.parts.push_back(part_of(*step.rule, part, slot_of));
    return all;
  }
  ConditionTest test_of(const Condition& condition) const;

 private:
  Step step_of(const Rule& rule, int slot);
  std::uint16_t add_origin(const Rule& rule, const std::string& from, int column);
  std::uint16_t origin_of_column(const Rule& rule, const std::string& name);
  void bind_expression(const Rule& rule, Step& step);
  std::vector<ExpressionInput> inputs_of(const fhirpath::Expression& expression) const;
  template <class SlotOf>
  JoinPart part_of(const Rule& join, const std::string& name, SlotOf slot_of) const {
    const Rule* rule = rule_for(name);
    if (rule == nullptr)
      return {.column = cell(name).value_or(-1),
              .is_required = std::ranges::find(join.required_parts, name) != join.required_parts.end()};
    return {.slot = slot_of(rule->field),
            .same_everywhere = rule->source == RuleSource::constant,
            .is_date = catalogue_.at(rule->field).type == model::FieldType::date};
  }

  const model::Catalogue& catalogue_;
  const std::vector<Rule>& rules_;
  const Scope& scope_;
  const Header& header_;
  model::RecordLayout& layout_;
};

}  // namespace musubi::mapping
