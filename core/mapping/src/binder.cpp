#include <algorithm>

#include "musubi/base/japanese_date.h"
#include "plan.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using base::Error;
using base::ErrorKind;

/// Binds the rules of one mapping to one header.
class Binder {
 public:
  Binder(const Mapping::Parts& parts, std::span<const std::string> columns)
      : parts_(parts), header_(columns) {}

  Drift drift();
  /// Errors of columns that cannot be done without, the first of them first.
  std::vector<Error> missing_columns() const;
  model::RecordLayout layout();
  std::vector<Step> steps(const model::RecordLayout& layout);
  std::vector<SkipTest> skip_tests() const;

 private:
  bool can_run(const Rule& rule) const;
  bool has_alternative(const std::string& column) const;
  Error missing(const std::string& column) const;
  Step step_of(const Rule& rule, const model::RecordLayout& layout);
  JoinPart part_of(const std::string& name, const model::RecordLayout& layout) const;
  const Rule* rule_for(const std::string& field) const;
  void add_missing_parts(const Rule& join, std::vector<Error>& errors) const;

  const Mapping::Parts& parts_;
  Header header_;
  std::uint16_t next_origin_ = 0;
};

bool Binder::can_run(const Rule& rule) const {
  if (rule.source != RuleSource::columns) return true;
  return std::ranges::any_of(rule.from, [&](const auto& column) { return header_.find(column).has_value(); });
}

/// Another column that the same rule reads instead is there.
bool Binder::has_alternative(const std::string& column) const {
  return std::ranges::any_of(parts_.rules, [&](const Rule& rule) {
    const bool reads_it = std::ranges::find(rule.from, column) != rule.from.end();
    return reads_it && rule.source == RuleSource::columns && can_run(rule);
  });
}

Drift Binder::drift() {
  Drift drift;
  for (const auto& column : parts_.head.columns) {
    header_.know(column);
    if (!header_.find(column) && !has_alternative(column)) drift.missing.push_back(column);
  }
  for (const auto& column : parts_.head.optional_columns) header_.know(column);
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

const Rule* Binder::rule_for(const std::string& field) const {
  const auto found = std::ranges::find(parts_.rules, field, &Rule::field_id);
  return found == parts_.rules.end() ? nullptr : &*found;
}

/// A join without one of its parts would name other cases than before.
void Binder::add_missing_parts(const Rule& join, std::vector<Error>& errors) const {
  for (const auto& part : join.from) {
    const Rule* rule = rule_for(part);
    if (rule != nullptr && !can_run(*rule)) errors.push_back(missing(rule->from.front()));
    if (rule == nullptr && !header_.find(part)) errors.push_back(missing(part));
  }
}

std::vector<Error> Binder::missing_columns() const {
  std::vector<Error> errors;
  for (const auto& column : parts_.head.required_columns)
    if (!header_.find(column) && !has_alternative(column)) errors.push_back(missing(column));
  for (const Rule& rule : parts_.rules)
    if (rule.source == RuleSource::joined) add_missing_parts(rule, errors);
  return errors;
}

model::RecordLayout Binder::layout() {
  std::vector<model::FieldNumber> fields;
  for (const Rule& rule : parts_.rules)
    if (can_run(rule)) fields.push_back(rule.field);
  auto layout = model::make_layout(parts_.context.catalogue, parts_.head.record, std::move(fields));
  layout.mapping = parts_.head.id;
  layout.mapping_version = parts_.head.version;
  layout.mapping_digest = parts_.digest;
  for (const Rule& rule : parts_.rules) {
    if (!can_run(rule)) continue;
    model::RuleOrigin origin{.rule = rule.field_id, .line = rule.line, .from = {}};
    if (rule.source != RuleSource::columns) {
      for (const auto& part : rule.from) origin.from += (origin.from.empty() ? "" : " + ") + part;
      layout.rules.push_back(std::move(origin));
      continue;
    }
    for (const auto& column : rule.from) {
      const auto index = header_.find(column);
      if (index) layout.rules.push_back({rule.field_id, rule.line, header_.name(*index), *index});
    }
  }
  return layout;
}

JoinPart Binder::part_of(const std::string& name, const model::RecordLayout& layout) const {
  const Rule* rule = rule_for(name);
  if (rule == nullptr) return {.column = *header_.find(name)};
  return {.slot = layout.slot(rule->field),
          .same_everywhere = rule->source == RuleSource::constant,
          .is_date = parts_.context.catalogue->at(rule->field).type == model::FieldType::date};
}

/// A rule for one date that calls no clean date absent (1900-01-01).
bool reads_any_iso_date(const Rule& rule) {
  const bool one_date =
      rule.conversion.operation == Operation::date || rule.conversion.operation == Operation::serial_date;
  return one_date && !rule.repeats && std::ranges::none_of(rule.absents, [](const CompiledAbsent& absent) {
           return base::parse_iso_date(absent.word).has_value();
         });
}

Step Binder::step_of(const Rule& rule, const model::RecordLayout& layout) {
  Step step{
      .rule = &rule, .slot = static_cast<std::uint16_t>(layout.slot(rule.field)), .origin = next_origin_};
  const bool plain_text =
      rule.conversion.operation == Operation::text || rule.conversion.operation == Operation::identifier;
  step.remembers = !plain_text || !rule.absents.empty() || rule.usual_absents != nullptr || rule.repeats;
  step.tries_iso_date = reads_any_iso_date(rule);
  if (rule.source != RuleSource::columns) ++next_origin_;
  if (rule.source == RuleSource::joined)
    for (const auto& part : rule.from) step.parts.push_back(part_of(part, layout));
  if (rule.source == RuleSource::columns)
    for (const auto& column : rule.from)
      if (const auto index = header_.find(column)) step.sources.push_back({*index, next_origin_++});
  return step;
}

std::vector<Step> Binder::steps(const model::RecordLayout& layout) {
  std::vector<Step> steps;
  for (const Rule& rule : parts_.rules)
    if (can_run(rule)) steps.push_back(step_of(rule, layout));
  return steps;
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

std::vector<SkipReason> skip_reasons_of(const MappingSpec& spec) {
  std::vector<SkipReason> reasons{{.column = {}, .because = "mapping.row_blank"}};
  for (const auto& skip : spec.skips)
    reasons.push_back({skip.column.text, skip.because, skip.column.mark.line});
  return reasons;
}

Error chained(std::vector<Error> errors) {
  Error all = std::move(errors.back());
  for (auto each = errors.rbegin() + 1; each != errors.rend(); ++each) all = each->because(std::move(all));
  return all;
}

}  // namespace

base::Result<BoundMapping> Mapping::bind(std::span<const std::string> columns) const {
  if (!parts_->head.ignored_because.empty())
    return Error(ErrorKind::bad_input, "mapping.layout_ignored",
                 {{"mapping", parts_->head.id}, {"because", parts_->head.ignored_because}});
  Binder binder(*parts_, columns);
  if (auto missing = binder.missing_columns(); !missing.empty())
    return chained(std::move(missing)).in_stage("map");
  auto plan = std::make_shared<BoundMapping::Plan>();
  plan->parts = parts_;
  auto layout = std::make_shared<model::RecordLayout>(binder.layout());
  plan->steps = binder.steps(*layout);
  plan->layout = std::move(layout);
  plan->drift = binder.drift();
  plan->skip_tests = binder.skip_tests();
  plan->skip_reasons = skip_reasons_of(parts_->spec);
  plan->width = columns.size();
  return BoundMapping(std::move(plan));
}

}  // namespace musubi::mapping
