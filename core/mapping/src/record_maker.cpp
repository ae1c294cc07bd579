#include "record_maker.h"

#include <algorithm>
#include <array>

#include "item_lists.h"
#include "musubi/base/japanese_date.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using document::Cell;
using document::CellKind;
using model::Value;

constexpr std::string_view kRejected = "mapping.value_rejected";
constexpr std::string_view kMissing = "mapping.required_missing";
constexpr std::string_view kDefaultTaken = "mapping.default_taken";
constexpr std::string_view kConditionUnclear = "mapping.condition_unclear";
constexpr std::string_view kCodeNotInUse = "mapping.code_not_in_use";
constexpr std::string_view kListNotRead = "mapping.list_not_read";
/// What is told of a value there is not, by Failure.
constexpr auto kFailures =
    std::to_array<std::string_view>({"", "mapping.value_not_understood", "mapping.several_values",
                                     "mapping.expression_failed", "mapping.expression_empty"});
constexpr Value kUnreadable = Value::absent(model::AbsentReason::unreadable);

std::string_view code_of(OnError on_error, Failure failure) {
  if (on_error == OnError::reject) return kRejected;
  return on_error == OnError::fallback ? kDefaultTaken : kFailures[static_cast<std::size_t>(failure)];
}

model::Severity severity_of(OnError on_error) {
  if (on_error == OnError::null) return model::Severity::warning;
  return on_error == OnError::fallback ? model::Severity::information : model::Severity::error;
}

/// A row is small: what needs more than this goes wrong.
constexpr fhirpath::EvaluationLimits kLimits{.steps = 1'000'000, .values = 1U << 14};

fhirpath::Services services_of(const Mapping::Parts& parts) {
  fhirpath::Services services;
  services.places = parts.places.get();
  services.terminology = parts.terminology.get();
  return services;
}

bool is_blank(std::span<const Cell> cells) {
  return std::ranges::all_of(cells, [](const Cell& cell) { return trimmed(cell.text()).empty(); });
}

/// What a part must be for the join to name one thing: understood, and a date in full.
bool can_name(const JoinPart& part, std::span<const Value> values) {
  if (part.slot < 0) return true;
  const Value& value = values[static_cast<std::size_t>(part.slot)];
  if (part.is_date) return value.kind() == model::ValueKind::date && value.as_date().complete();
  return value.absent_reason() != model::AbsentReason::unreadable;
}

/// Memories cost more than they save where few rows come together.
std::vector<TextMemory> memories_of(const std::vector<Step>& steps, std::size_t rows) {
  constexpr std::size_t kFewRows = 16;
  std::vector<TextMemory> memories(steps.size());
  if (rows < kFewRows) return memories;
  for (std::size_t index = 0; index < steps.size(); ++index)
    if (steps[index].remembers) memories[index] = TextMemory::with_entries();
  return memories;
}

std::uint16_t origin_of(const Step& step) {
  return step.sources.empty() ? step.reason.origin : step.sources.front().origin;
}

}  // namespace

RecordMaker::RecordMaker(const BoundMapping::Plan& plan, model::RecordBatch& into, std::size_t rows)
    : plan_(plan),
      layout_(*plan.layout),
      into_(into),
      values_(into),
      record_{memories_of(plan.steps, rows)},
      names_(plan.names) {
  for (const auto& group : plan.groups) groups_.push_back({memories_of(group.steps, rows)});
  if (plan.has_expressions) evaluation_.emplace(services_of(*plan.parts), kLimits);
}

void RecordMaker::make(Row row, const document::RowOrigin& origin) {
  const auto values = into_.add({origin.row, origin.table_row, origin.line, origin.byte, origin.length});
  run_all(plan_.steps, record_, row, values);
  for (std::size_t index = 0; index < plan_.groups.size(); ++index) {
    const auto& group = plan_.groups[index];
    run_group(group, groups_[index], row, values[group.slot]);
  }
  if (!plan_.dated_steps.empty() && plan_.event_slot >= 0) check_dates(values);
}

/// Codes that were not in use on the day the record is about.
void RecordMaker::check_dates(std::span<const Value> values) {
  const auto& event = values[static_cast<std::size_t>(plan_.event_slot)];
  const auto day = event.kind() == model::ValueKind::date ? base::day_of(event.as_date()) : std::nullopt;
  if (!day) return;
  for (const auto index : plan_.dated_steps) {
    const auto& step = plan_.steps[index];
    const auto& value = values[step.slot];
    if (value.kind() != model::ValueKind::code) continue;
    const auto* coded = step.rule->conversion.value_set->with_code(value.as_text());
    if (coded == nullptr || coded->valid_on(*day)) continue;
    const bool rejects = step.rule->on_error == OnError::reject;
    report(rejects ? kRejected : kCodeNotInUse, severity_of(step.rule->on_error), *step.rule, value.rule());
  }
}

void RecordMaker::run_all(const std::vector<Step>& steps, Scratch& scratch, Row row,
                          std::span<Value> values) {
  auto memory = scratch.memories.begin();
  for (const Step& step : steps) run(step, *memory++, row, values);
}

void RecordMaker::run(const Step& step, TextMemory& memory, Row row, std::span<Value> values) {
  Value& into = values[step.slot];
  switch (step.rule->source) {
    case RuleSource::columns:
      return run_columns(step, memory, row, into);
    case RuleSource::expression:
      return run_expression(step, memory, row, into);
    case RuleSource::joined:
      return join(step, row, values);
    case RuleSource::constant:
      into = step.rule->constant;
      into.set_rule(step.origin);
  }
}

void RecordMaker::run_columns(const Step& step, TextMemory& memory, Row row, Value& into) {
  for (const StepSource& source : step.sources) {
    const Cell& cell = row[static_cast<std::size_t>(source.column)];
    if (cell.size == 0) continue;
    const auto converted = read_cell(step, memory, cell);
    if (converted.failure != Failure::none || !converted.value.silent())
      return take(step, source.origin, converted, into);
  }
  if (!take_reason(step, row, into)) leave_blank(step, origin_of(step), into);
}

/// Where a reason stands instead of the value. False: nothing is said.
bool RecordMaker::take_reason(const Step& step, Row row, Value& into) {
  if (step.reason.column < 0) return false;
  const auto word = trimmed(row[static_cast<std::size_t>(step.reason.column)].text());
  if (word.empty()) return false;
  const auto reason = model::absent_reason_named(word);
  take(step, step.reason.origin,
       reason ? Converted{Value::absent(*reason)} : Converted{{}, Failure::not_understood}, into);
  return true;
}

/// Silent and understood: the cell holds nothing but blanks.
Converted RecordMaker::read_cell(const Step& step, TextMemory& memory, const Cell& cell) {
  if (step.tries_iso_date && cell.kind != CellKind::number)
    if (const auto date = base::parse_iso_date(cell.text())) return {.value = Value::date(*date)};
  if (!memory.remembers()) return values_.of_text(*step.rule, trimmed(cell.text()), cell.kind);
  const auto key = TextMemory::key_of(cell);
  auto& entry = memory.entry_of(key);
  if (!entry.holds(key, cell.data))
    entry = {key, cell.data, values_.of_text(*step.rule, trimmed(cell.text()), cell.kind)};
  return entry.converted;
}

void RecordMaker::run_expression(const Step& step, TextMemory& memory, Row row, Value& into) {
  Converted converted;
  bool all_blank = !step.inputs.empty();
  if (step.sources.empty()) {
    converted = evaluate(step, row, all_blank);
  } else {
    const Cell& cell = row[static_cast<std::size_t>(step.sources.front().column)];
    if (cell.size != 0) converted = evaluate_cell(step, memory, cell, row);
    all_blank = converted.failure == Failure::none && converted.value.silent();
  }
  if (converted.failure == Failure::empty && (all_blank || step.rule->may_be_empty)) {
    converted = {all_blank ? Value{} : step.rule->empty};
    if (!all_blank && converted.value.silent()) return;
  }
  if (converted.failure == Failure::none && converted.value.silent())
    return leave_blank(step, step.origin, into);
  take(step, step.origin, converted, into);
}

/// An expression over one cell: the same text yields the same again. A word of absence stands for itself.
Converted RecordMaker::evaluate_cell(const Step& step, TextMemory& memory, const Cell& cell, Row row) {
  if (!memory.remembers()) return evaluate_text(step, cell, row);
  const auto key = TextMemory::key_of(cell);
  auto& entry = memory.entry_of(key);
  if (!entry.holds(key, cell.data)) entry = {key, cell.data, evaluate_text(step, cell, row)};
  return entry.converted;
}

Converted RecordMaker::evaluate_text(const Step& step, const Cell& cell, Row row) {
  const auto text = trimmed(cell.text());
  Converted converted;
  if (const auto absent = text.empty() ? Value{} : values_.absence(*step.rule, text); !absent.silent()) {
    converted.value = absent;
  } else if (!text.empty()) {
    bool all_blank = true;
    converted = evaluate(step, row, all_blank);
  }
  return converted;
}

std::span<const std::string_view> RecordMaker::inputs(std::span<const ExpressionInput> inputs, Row row,
                                                      bool& all_blank) {
  for (const auto& [name, column] : inputs) {
    names_[name] = column < 0 ? std::string_view() : trimmed(row[static_cast<std::size_t>(column)].text());
    all_blank &= names_[name].empty();
  }
  return names_;
}

Converted RecordMaker::evaluate(const Step& step, Row row, bool& all_blank) {
  const auto results = evaluation_->run(*step.rule->expression, inputs(step.inputs, row, all_blank));
  if (results.has_error()) return {{}, Failure::broken_off};
  if (results->empty()) return {{}, Failure::empty};
  return values_.of_results(*step.rule, *results);
}

void RecordMaker::take(const Step& step, std::uint16_t origin, const Converted& converted, Value& into) {
  const Rule& rule = *step.rule;
  into = converted.value;
  if (converted.failure != Failure::none) {
    if (rule.on_error == OnError::fallback)
      into = rule.constant;
    else if (into.silent())
      into = kUnreadable;
    report(code_of(rule.on_error, converted.failure), severity_of(rule.on_error), rule, origin);
  }
  into.set_rule(origin);
}

void RecordMaker::leave_blank(const Step& step, std::uint16_t origin, Value& into) {
  into = step.rule->blank;
  into.set_rule(origin);
  if (step.rule->must_be_there && into.silent()) report(kMissing, model::Severity::error, *step.rule, origin);
}

/// Canonical text of a part; false when there is none.
bool RecordMaker::append_part(const JoinPart& part, Row row, std::span<const Value> values) {
  const auto before = joined_.size();
  if (part.slot >= 0) {
    const Value& value = values[static_cast<std::size_t>(part.slot)];
    if (value.kind() == model::ValueKind::text || value.kind() == model::ValueKind::code)
      joined_ += value.as_text();
    else if (value.present())
      joined_ += model::to_text(value);
  } else if (part.column >= 0) {
    joined_ += folded(trimmed(row[static_cast<std::size_t>(part.column)].text()), values_.buffer());
  }
  return joined_.size() != before;
}

/// Parts keep their places, so that two different rows never join to one text.
void RecordMaker::join(const Step& step, Row row, std::span<Value> values) {
  const Rule& rule = *step.rule;
  joined_ = rule.prefix;
  bool any = false;
  bool whole = true;
  for (std::size_t index = 0; index < step.parts.size(); ++index) {
    whole &= can_name(step.parts[index], values);
    if (index != 0) joined_ += rule.separator;
    const bool filled = append_part(step.parts[index], row, values);
    any |= filled && !step.parts[index].same_everywhere;
    whole &= filled || !step.parts[index].is_required;
  }
  Value& into = values[step.slot];
  if (any && whole)
    into = Value::text(into_.keep(joined_));
  else if (rule.must_be_there)
    report(kMissing, model::Severity::error, rule, step.origin);
  into.set_rule(step.origin);
}

void RecordMaker::run_group(const GroupStep& step, Scratch& scratch, Row row, Value& into) {
  group_items_.clear();
  if (step.list >= 0)
    add_list_items(step, scratch, row);
  else
    add_set_items(step, scratch, row);
  if (group_items_.empty()) return;
  const auto kept = into_.keep_list(group_items_.size());
  std::ranges::copy(group_items_, kept.begin());
  into = Value::list(kept);
  into.set_rule(step.origin);
}

void RecordMaker::add_list_items(const GroupStep& step, Scratch& scratch, Row row) {
  const Cell& cell = row[static_cast<std::size_t>(step.list)];
  if (trimmed(cell.text()).empty()) return add_set_items(step, scratch, row);
  const auto items = ItemList::read(cell, step.group->items.names);
  if (!items) {
    into_.findings().push_back({.code = kListNotRead,
                                .severity = model::Severity::error,
                                .field = step.group->field,
                                .record = static_cast<std::uint32_t>(into_.size() - 1),
                                .column = layout_.rules[step.origin].from});
    return;
  }
  into_.keep_alive(items);
  for (std::size_t index = 0; index < items->size(); ++index)
    add_item(step, scratch, row, items->item(index));
}

void RecordMaker::add_set_items(const GroupStep& step, Scratch& scratch, Row row) {
  for (const auto& set : step.sets) {
    item_cells_.clear();
    for (const auto column : set)
      item_cells_.push_back(column < 0 ? Cell{} : row[static_cast<std::size_t>(column)]);
    add_item(step, scratch, row, item_cells_);
  }
}

/// An item whose cells are all blank is none.
void RecordMaker::add_item(const GroupStep& step, Scratch& scratch, Row row, Row item) {
  if (is_blank(item)) return;
  item_row_.assign(row.begin(), row.end());
  item_row_.insert(item_row_.end(), item.begin(), item.end());
  const auto values = into_.keep_list(step.members);
  std::ranges::fill(values, Value{});
  run_all(step.steps, scratch, item_row_, values);
  auto& added = group_items_.emplace_back(Value::list(values));
  added.set_rule(step.origin);
}

Answer RecordMaker::ask(const ConditionTest& test, Row row) {
  bool all_blank = true;
  const auto results = evaluation_->run(*test.expression, inputs(test.inputs, row, all_blank));
  if (results.has_error() || results->size() > 1) return Answer::unclear;
  if (results->empty()) return Answer::no;
  const auto& only = results->front();
  return !only.is(fhirpath::ValueKind::boolean) || only.boolean() ? Answer::yes : Answer::no;
}

void RecordMaker::report(std::string_view code, bool rejects) {
  into_.findings().push_back({.code = code.empty() ? kConditionUnclear : code,
                              .severity = model::Severity::error,
                              .field = model::kNoField,
                              .record = static_cast<std::uint32_t>(into_.size() - 1),
                              .column = {},
                              .rejects = rejects});
}

void RecordMaker::report(std::string_view code, model::Severity severity, const Rule& rule,
                         std::uint16_t origin) {
  into_.findings().push_back({.code = code,
                              .severity = severity,
                              .field = rule.field,
                              .record = static_cast<std::uint32_t>(into_.size() - 1),
                              .column = layout_.rules[origin].from,
                              .rejects = rule.on_error == OnError::reject && code == kRejected});
}

}  // namespace musubi::mapping
