#include <algorithm>

#include "plan.h"
#include "step_binder.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using base::Error;
using base::ErrorKind;

/// Binds the rules of one mapping to one header.
class Binder {
 public:
  Binder(const Mapping::Parts& parts, std::span<const std::string> columns)
      : parts_(parts),
        compiled_(parts.compiled),
        header_(columns),
        layout_(empty_layout()),
        record_(*parts.context.catalogue, compiled_.rules, compiled_.scope, header_, layout_) {}

  Drift drift();
  /// Errors of columns that cannot be done without, the first of them first.
  std::vector<Error> missing_columns() const;
  void bind(BoundMapping::Plan& plan);

 private:
  model::RecordLayout empty_layout() const;
  bool has_alternative(const std::string& column) const;
  bool is_in_list(const std::string& column) const;
  Error missing(const std::string& column) const;
  void add_missing_parts(const Rule& join, std::vector<Error>& errors) const;
  GroupStep bind_group(const Group& group);
  std::vector<SkipTest> skip_tests() const;
  void bind_reasons(BoundMapping::Plan& plan) const;
  void bind_items(BoundMapping::Plan& plan) const;

  const Mapping::Parts& parts_;
  const CompiledRules& compiled_;
  Header header_;
  model::RecordLayout layout_;
  StepBinder record_;
};

model::RecordLayout Binder::empty_layout() const {
  model::RecordLayout scratch;
  const StepBinder rules(*parts_.context.catalogue, compiled_.rules, compiled_.scope, header_, scratch);
  std::vector<model::FieldNumber> fields;
  for (const Rule& rule : compiled_.rules)
    if (rules.can_run(rule)) fields.push_back(rule.field);
  for (const Group& group : compiled_.groups) fields.push_back(group.field);
  auto layout = model::make_layout(parts_.context.catalogue, parts_.head.record, std::move(fields));
  layout.mapping = parts_.head.id;
  layout.mapping_version = parts_.head.version;
  layout.mapping_digest = parts_.digest;
  return layout;
}

/// Another column that the same rule reads instead is there.
bool Binder::has_alternative(const std::string& column) const {
  return std::ranges::any_of(compiled_.rules, [&](const Rule& rule) {
    const bool reads_it = std::ranges::find(rule.from, column) != rule.from.end();
    return reads_it && rule.source == RuleSource::columns && record_.can_run(rule);
  });
}

/// Columns of items are found in their list, not in the header.
bool Binder::is_in_list(const std::string& column) const {
  return std::ranges::any_of(compiled_.groups, [&](const Group& group) {
    return !group.items.list.empty() && lies_in(column, group.items.list);
  });
}

Drift Binder::drift() {
  Drift drift;
  for (const auto& column : parts_.head.columns) {
    header_.know(column);
    if (!header_.find(column) && !has_alternative(column) && !is_in_list(column))
      drift.missing.push_back(column);
  }
  for (const auto& column : parts_.head.optional_columns) header_.know(column);
  for (const auto& column : compiled_.scope.columns) header_.know(column.column);
  for (const auto& group : compiled_.groups) header_.know(group.items.list);
  if (compiled_.items) header_.know(compiled_.items->list);
  find_renames(drift, header_.unknown());
  return drift;
}

Error Binder::missing(const std::string& column) const {
  std::string suggestion;
  for (const auto& other : header_.unknown())
    if (suggestion.empty() && probably_renamed(column, other.name)) suggestion = other.shown;
  const auto* code = suggestion.empty() ? "mapping.column_missing" : "mapping.column_missing_near";
  return Error(ErrorKind::bad_input, code, {{"name", column}, {"mapping", parts_.head.id}})
      .with("suggestion", suggestion)
      .at({.field = column});
}

/// A join without one of its parts would name other cases than before.
void Binder::add_missing_parts(const Rule& join, std::vector<Error>& errors) const {
  for (const auto& part : join.from) {
    const Rule* rule = record_.rule_for(part);
    if (rule != nullptr && !record_.can_run(*rule)) errors.push_back(missing(rule->from.front()));
    if (rule == nullptr && !record_.cell(part)) errors.push_back(missing(part));
  }
}

std::vector<Error> Binder::missing_columns() const {
  std::vector<Error> errors;
  for (const auto& column : parts_.head.required_columns)
    if (!header_.find(column) && !has_alternative(column)) errors.push_back(missing(column));
  for (const Rule& rule : compiled_.rules)
    if (rule.source == RuleSource::joined) add_missing_parts(rule, errors);
  return errors;
}

GroupStep Binder::bind_group(const Group& group) {
  const auto& catalogue = *parts_.context.catalogue;
  const auto members = catalogue.members_of(group.field);
  GroupStep step{.group = &group, .slot = static_cast<std::uint16_t>(layout_.slot(group.field))};
  step.members = members.size();
  if (!group.items.list.empty()) {
    step.list = header_.find(group.items.list).value_or(-1);
    auto& single = step.sets.emplace_back();  // a list of one item may come as its cells
    for (const auto& column : group.items.columns) single.push_back(header_.find(column).value_or(-1));
  }
  for (const auto& set : group.items.sets) {
    auto& columns = step.sets.emplace_back();
    for (const auto& column : set) columns.push_back(header_.find(column).value_or(-1));
  }
  step.origin = static_cast<std::uint16_t>(layout_.rules.size());
  layout_.rules.push_back({group.field_id, group.line, group.items.list, step.list});
  StepBinder binder(catalogue, group.rules, group.scope, header_, layout_);
  step.steps = binder.steps([&](model::FieldNumber field) {
    return static_cast<int>(std::ranges::find(members, field) - members.begin());
  });
  return step;
}

std::vector<SkipTest> Binder::skip_tests() const {
  std::vector<SkipTest> tests;
  std::string buffer;
  for (std::size_t index = 0; index < parts_.spec.skips.size(); ++index) {
    const auto& skip = parts_.spec.skips[index];
    const auto column = header_.find(skip.column.text);
    if (!column) continue;
    SkipTest test{.column = *column, .words = {}, .reason = static_cast<std::uint16_t>(index + 1)};
    for (const auto& word : skip.words)
      test.words.emplace_back(comparable(folded(trimmed(word.text), buffer)));
    tests.push_back(std::move(test));
  }
  return tests;
}

void Binder::bind_reasons(BoundMapping::Plan& plan) const {
  auto& reasons = plan.skip_reasons;
  reasons.push_back({.column = {}, .because = "mapping.row_blank"});
  for (const auto& skip : parts_.spec.skips)
    reasons.push_back({skip.column.text, skip.because, skip.column.mark.line});
  plan.no_item_reason = static_cast<std::uint16_t>(reasons.size());
  reasons.push_back({.column = {}, .because = "mapping.row_without_item"});
  plan.when_reason = static_cast<std::uint16_t>(reasons.size());
  const auto& when = parts_.spec.when;
  const bool told = when && !when->because.empty();
  reasons.push_back({.column = {},
                     .because = told ? when->because : "mapping.row_not_meant",
                     .line = when ? when->expression.mark.line : 0});
}

void Binder::bind_items(BoundMapping::Plan& plan) const {
  if (!compiled_.items) return;
  const auto& items = *compiled_.items;
  for (const auto& name : items.list.empty() ? items.names : items.columns)
    if (const auto column = header_.find(name)) plan.item_columns.push_back(*column);
}

void Binder::bind(BoundMapping::Plan& plan) {
  plan.steps = record_.steps([&](model::FieldNumber field) { return layout_.slot(field); });
  plan.width = static_cast<std::size_t>(header_.width());
  plan.names = compiled_.scope.columns.size();
  for (const Group& group : compiled_.groups) {
    plan.groups.push_back(bind_group(group));
    plan.names = std::max(plan.names, group.scope.columns.size());
  }
  if (compiled_.when) plan.when = record_.test_of(*compiled_.when);
  for (const Verdict& verdict : compiled_.verdicts)
    plan.verdicts.push_back({&verdict, record_.test_of(verdict.when)});
  for (std::size_t index = 0; index < plan.steps.size(); ++index)
    if (const auto* set = plan.steps[index].rule->conversion.value_set; set != nullptr && set->has_dates())
      plan.dated_steps.push_back(index);
  plan.event_slot = layout_.slot(parts_.context.catalogue->number_of(parts_.head.event_date_field));
  const auto evaluates = [](const Step& step) { return step.rule->expression.has_value(); };
  plan.has_expressions = plan.when || !plan.verdicts.empty() || std::ranges::any_of(plan.steps, evaluates) ||
                         std::ranges::any_of(plan.groups, [&](const GroupStep& group) {
                           return std::ranges::any_of(group.steps, evaluates);
                         });
  plan.skip_tests = skip_tests();
  bind_items(plan);
  bind_reasons(plan);
  plan.drift = drift();
  plan.layout = std::make_shared<const model::RecordLayout>(std::move(layout_));
}

Error chained(std::vector<Error> errors) {
  Error all = std::move(errors.back());
  for (auto each = errors.rbegin() + 1; each != errors.rend(); ++each) all = each->because(std::move(all));
  return all;
}

}  // namespace

std::shared_ptr<const BoundMapping::Plan> Mapping::LastBound::find(
    std::span<const std::string> columns) const {
  const std::scoped_lock lock(mutex_);
  return plan_ != nullptr && std::ranges::equal(columns, columns_) ? plan_ : nullptr;
}

void Mapping::LastBound::keep(std::span<const std::string> columns,
                              std::shared_ptr<const BoundMapping::Plan> plan) {
  const std::scoped_lock lock(mutex_);
  columns_.assign(columns.begin(), columns.end());
  plan_ = std::move(plan);
}

base::Result<BoundMapping> Mapping::bind(std::span<const std::string> columns) const {
  if (!parts_->head.ignored_because.empty())
    return Error(ErrorKind::bad_input, "mapping.layout_ignored",
                 {{"mapping", parts_->head.id}, {"because", parts_->head.ignored_because}});
  if (parts_->outward != nullptr)
    return Error(ErrorKind::usage, "mapping.outward_not_read", {{"mapping", parts_->head.id}});
  if (auto known = last_bound_->find(columns)) return BoundMapping(std::move(known));
  Binder binder(*parts_, columns);
  if (auto missing = binder.missing_columns(); !missing.empty())
    return chained(std::move(missing)).in_stage("map");
  auto plan = std::make_shared<BoundMapping::Plan>();
  plan->parts = parts_;
  binder.bind(*plan);
  last_bound_->keep(columns, plan);
  return BoundMapping(std::move(plan));
}

}  // namespace musubi::mapping
