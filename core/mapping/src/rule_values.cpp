#include "rule_values.h"

#include <algorithm>

#include "words.h"

namespace musubi::mapping {
namespace {

using document::CellKind;
using model::Value;
using ResultKind = fhirpath::ValueKind;

std::string_view keep_in_batch(void* owner, std::string_view text) {
  return static_cast<model::RecordBatch*>(owner)->keep(text);
}

/// Whether values of the operation may be views of the text they were made of.
bool may_point_into_text(Operation operation) {
  return operation == Operation::text || operation == Operation::identifier || operation == Operation::kana;
}

Value value_of(fhirpath::Date date) {
  model::PartialDate partial{.year = date.year};
  if (date.precision >= fhirpath::Precision::month) partial.month = date.month;
  if (date.precision >= fhirpath::Precision::day) partial.day = date.day;
  return Value::date(partial);
}

bool is_for_dates(Operation operation) {
  return operation == Operation::date || operation == Operation::serial_date;
}

/// A result that is of the rule's own type already; silent: it is not.
Value same_type(const Rule& rule, const fhirpath::Value& result) {
  const auto operation = rule.conversion.operation;
  if (result.is(ResultKind::date) && is_for_dates(operation)) return value_of(result.date());
  if (result.is(ResultKind::date_time) && is_for_dates(operation)) return value_of(result.date_time().date);
  if (result.is(ResultKind::integer) && operation == Operation::integer)
    return Value::integer(result.integer());
  if (result.is(ResultKind::boolean) && operation == Operation::boolean)
    return Value::boolean(result.boolean());
  return {};
}

}  // namespace

RuleValues::RuleValues(model::RecordBatch& into)
    : into_(into), keeper_{.owner = &into, .keep = keep_in_batch, .buffer = {}} {}

Value RuleValues::absence(const Rule& rule, std::string_view text) {
  if (rule.absents.empty() && rule.usual_absents == nullptr) return {};
  const auto word = comparable(folded(text, keeper_.buffer));
  for (const auto& absent : rule.absents)
    if (absent.word == word) return Value::absent(absent.reason);
  if (rule.usual_absents == nullptr) return {};
  const auto reason = rule.usual_absents->look_up(word).absent;
  return reason == model::AbsentReason::none ? Value{} : Value::absent(reason);
}

Converted RuleValues::of_text(const Rule& rule, std::string_view text, CellKind kind) {
  if (text.empty()) return {};
  if (const auto absent = absence(rule, text); !absent.silent()) return {absent};
  return rule.repeats ? of_list(rule, text, kind) : of_one_text(rule, text, kind);
}

Converted RuleValues::of_one_text(const Rule& rule, std::string_view text, CellKind kind) {
  const auto value = convert(rule.conversion, text, kind, keeper_);
  return {value, value.silent() ? Failure::not_understood : Failure::none};
}

/// Items that are not understood are left out, and the list as a whole is not understood.
void RuleValues::append_items(const Rule& rule, std::string_view text, CellKind kind, Converted& list) {
  while (!text.empty()) {
    const auto end = rule.split.empty() ? text.npos : text.find(rule.split);
    const auto item = trimmed(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + rule.split.size());
    if (item.empty()) continue;
    const auto converted = of_one_text(rule, item, kind);
    if (converted.failure != Failure::none) list.failure = converted.failure;
    if (converted.value.present()) items_.push_back(converted.value);
    if (converted.value.is_absent() && items_.empty() && text.empty()) list.value = converted.value;
  }
}

/// An absent value stands for the list where it holds nothing else.
Converted RuleValues::list_of_items(Converted list) {
  if (items_.empty()) return list;
  const auto kept = into_.keep_list(items_.size());
  std::ranges::copy(items_, kept.begin());
  list.value = Value::list(kept);
  return list;
}

Converted RuleValues::of_list(const Rule& rule, std::string_view text, CellKind kind) {
  items_.clear();
  Converted list;
  append_items(rule, text, kind, list);
  return list_of_items(list);
}

/// The text of a result; one that values may point into is kept.
std::string_view RuleValues::text_of(const Rule& rule, const fhirpath::Value& result) {
  std::string_view text;
  if (result.is(ResultKind::string)) {
    text = result.text();
  } else {
    text_ = fhirpath::to_text(result);
    text = text_;
  }
  text = trimmed(text);
  return may_point_into_text(rule.conversion.operation) ? into_.keep(text) : text;
}

Converted RuleValues::of_result(const Rule& rule, const fhirpath::Value& result) {
  if (const auto value = same_type(rule, result); !value.silent()) return {value};
  if (result.is(ResultKind::row) || result.is(ResultKind::type)) return {{}, Failure::not_understood};
  const auto text = text_of(rule, result);
  if (const auto absent = absence(rule, text); !absent.silent()) return {absent};
  return text.empty() ? Converted{} : of_one_text(rule, text, CellKind::text);
}

Converted RuleValues::of_results(const Rule& rule, std::span<const fhirpath::Value> results) {
  if (!rule.repeats)
    return results.size() == 1 ? of_result(rule, results.front()) : Converted{{}, Failure::several};
  items_.clear();
  Converted list;
  for (const auto& result : results) {
    if (result.is(ResultKind::string) && !rule.split.empty()) {
      append_items(rule, text_of(rule, result), CellKind::text, list);
      continue;
    }
    const auto converted = of_result(rule, result);
    if (converted.failure != Failure::none) list.failure = converted.failure;
    if (converted.value.present()) items_.push_back(converted.value);
    if (converted.value.is_absent()) list.value = converted.value;
  }
  return list_of_items(list);
}

}  // namespace musubi::mapping
