#include <algorithm>
#include <array>

#include "musubi/base/japanese_date.h"
#include "plan.h"
#include "text_memory.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using document::Cell;
using document::CellKind;
using model::Value;

constexpr std::string_view kNotUnderstood = "mapping.value_not_understood";
constexpr std::string_view kRejected = "mapping.value_rejected";
constexpr std::string_view kMissing = "mapping.required_missing";
constexpr std::string_view kDefaultTaken = "mapping.default_taken";
/// What is told of a value that is not understood, by OnError.
constexpr std::array<std::pair<std::string_view, model::Severity>, 4> kOutcomes{{
    {kNotUnderstood, model::Severity::error},
    {kRejected, model::Severity::error},
    {kNotUnderstood, model::Severity::warning},
    {kDefaultTaken, model::Severity::information},
}};
constexpr Value kUnreadable = Value::absent(model::AbsentReason::unreadable);

std::string_view keep_in_batch(void* owner, std::string_view text) {
  return static_cast<model::RecordBatch*>(owner)->keep(text);
}

/// Applies a plan to one batch of rows.
class Application {
 public:
  Application(const model::RecordLayout& layout, const std::vector<Step>& steps, model::RecordBatch& into)
      : layout_(layout),
        steps_(steps),
        into_(into),
        keeper_{.owner = &into, .keep = keep_in_batch, .buffer = {}},
        memories_(steps.size()) {}

  void map_row(std::span<const Cell> row, const document::RowOrigin& origin);
  std::string& buffer() noexcept { return keeper_.buffer; }

 private:
  void run(const Step& step, TextMemory& memory, std::span<const Cell> row, std::span<Value> values);
  void take_cell(const Step& step, const StepSource& source, const Converted& converted, Value& into);
  Converted converted_cell(const Step& step, TextMemory& memory, const Cell& cell);
  Converted converted_text(const Rule& rule, std::string_view text, CellKind kind);
  Converted converted_one(const Rule& rule, std::string_view text, CellKind kind);
  Converted converted_list(const Rule& rule, std::string_view text, CellKind kind);
  void leave_blank(const Step& step, Value& into);
  void join(const Step& step, std::span<const Cell> row, std::span<Value> values);
  bool append_part(const JoinPart& part, std::span<const Cell> row, std::span<const Value> values);
  void report(std::string_view code, model::Severity severity, const Rule& rule, std::uint16_t origin);

  const model::RecordLayout& layout_;
  const std::vector<Step>& steps_;
  model::RecordBatch& into_;
  TextKeeper keeper_;
  std::vector<TextMemory> memories_;
  std::vector<Value> items_;
  std::string joined_;
};

void Application::map_row(std::span<const Cell> row, const document::RowOrigin& origin) {
  const auto values = into_.add({origin.row, origin.line, origin.byte, origin.length});
  auto memory = memories_.begin();
  for (const Step& step : steps_) run(step, *memory++, row, values);
}

void Application::run(const Step& step, TextMemory& memory, std::span<const Cell> row,
                      std::span<Value> values) {
  Value& into = values[step.slot];
  if (step.rule->source == RuleSource::joined) return join(step, row, values);
  if (step.rule->source == RuleSource::constant) {
    into = step.rule->constant;
    into.set_rule(step.origin);
    return;
  }
  for (const StepSource& source : step.sources) {
    const Cell& cell = row[static_cast<std::size_t>(source.column)];
    if (cell.size == 0) continue;
    const auto converted = converted_cell(step, memory, cell);
    if (!converted.understood || !converted.value.silent()) return take_cell(step, source, converted, into);
  }
  leave_blank(step, into);
}

/// Silent and understood: the cell holds nothing but blanks.
Converted Application::converted_cell(const Step& step, TextMemory& memory, const Cell& cell) {
  if (step.tries_iso_date && cell.kind != CellKind::number)
    if (const auto date = base::parse_iso_date(cell.text())) return {.value = Value::date(*date)};
  if (!step.remembers) return converted_text(*step.rule, trimmed(cell.text()), cell.kind);
  const auto key = TextMemory::key_of(cell);
  auto& entry = memory.entry_of(key);
  if (!entry.holds(key, cell.data))
    entry = {key, cell.data, converted_text(*step.rule, trimmed(cell.text()), cell.kind)};
  return entry.converted;
}

Converted Application::converted_text(const Rule& rule, std::string_view text, CellKind kind) {
  if (text.empty()) return {};
  if (!rule.absents.empty() || rule.usual_absents != nullptr) {
    const auto word = comparable(folded(text, keeper_.buffer));
    for (const auto& absent : rule.absents)
      if (absent.word == word) return {Value::absent(absent.reason)};
    if (rule.usual_absents != nullptr)
      if (const auto reason = rule.usual_absents->look_up(word).absent; reason != model::AbsentReason::none)
        return {Value::absent(reason)};
  }
  return rule.repeats ? converted_list(rule, text, kind) : converted_one(rule, text, kind);
}

Converted Application::converted_one(const Rule& rule, std::string_view text, CellKind kind) {
  const auto value = convert(rule.conversion, text, kind, keeper_);
  return {value, !value.silent()};
}

/// Items that are not understood are left out, and the list as a whole is not understood.
Converted Application::converted_list(const Rule& rule, std::string_view text, CellKind kind) {
  items_.clear();
  bool understood = true;
  while (!text.empty()) {
    const auto end = rule.split.empty() ? text.npos : text.find(rule.split);
    const auto item = trimmed(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + rule.split.size());
    if (item.empty()) continue;
    const auto converted = converted_one(rule, item, kind);
    understood &= converted.understood;
    if (converted.value.present()) items_.push_back(converted.value);
    if (converted.value.is_absent() && items_.empty() && text.empty()) return converted;
  }
  const auto kept = into_.keep_list(items_.size());
  std::ranges::copy(items_, kept.begin());
  return {items_.empty() ? Value{} : Value::list(kept), understood};
}

void Application::take_cell(const Step& step, const StepSource& source, const Converted& converted,
                            Value& into) {
  const Rule& rule = *step.rule;
  into = converted.value;
  if (!converted.understood) {
    if (rule.on_error == OnError::fallback)
      into = rule.constant;
    else if (into.silent())
      into = kUnreadable;
    const auto& [code, severity] = kOutcomes[static_cast<std::size_t>(rule.on_error)];
    report(code, severity, rule, source.origin);
  }
  into.set_rule(source.origin);
}

void Application::leave_blank(const Step& step, Value& into) {
  into = step.rule->blank;
  into.set_rule(step.sources.front().origin);
  if (step.rule->must_be_there && into.silent())
    report(kMissing, model::Severity::error, *step.rule, step.sources.front().origin);
}

/// Canonical text of a part; false when there is none.
bool Application::append_part(const JoinPart& part, std::span<const Cell> row,
                              std::span<const Value> values) {
  const auto before = joined_.size();
  if (part.slot >= 0) {
    const Value& value = values[static_cast<std::size_t>(part.slot)];
    if (value.kind() == model::ValueKind::text || value.kind() == model::ValueKind::code)
      joined_ += value.as_text();
    else if (value.present())
      joined_ += model::to_text(value);
  } else {
    joined_ += folded(trimmed(row[static_cast<std::size_t>(part.column)].text()), keeper_.buffer);
  }
  return joined_.size() != before;
}

/// What a part must be for the join to name one thing: understood, and a date in full.
bool can_name(const JoinPart& part, std::span<const Value> values) {
  if (part.slot < 0) return true;
  const Value& value = values[static_cast<std::size_t>(part.slot)];
  if (part.is_date) return value.kind() == model::ValueKind::date && value.as_date().complete();
  return value.absent_reason() != model::AbsentReason::unreadable;
}

/// Parts keep their places, so that two different rows never join to one text.
void Application::join(const Step& step, std::span<const Cell> row, std::span<Value> values) {
  const Rule& rule = *step.rule;
  joined_ = rule.prefix;
  bool any = false;
  bool whole = true;
  for (std::size_t index = 0; index < step.parts.size(); ++index) {
    whole &= can_name(step.parts[index], values);
    if (index != 0) joined_ += rule.separator;
    any |= append_part(step.parts[index], row, values) && !step.parts[index].same_everywhere;
  }
  Value& into = values[step.slot];
  if (any && whole)
    into = Value::text(into_.keep(joined_));
  else if (rule.must_be_there)
    report(kMissing, model::Severity::error, rule, step.origin);
  into.set_rule(step.origin);
}

void Application::report(std::string_view code, model::Severity severity, const Rule& rule,
                         std::uint16_t origin) {
  into_.findings().push_back({.code = code,
                              .severity = severity,
                              .field = rule.field,
                              .record = static_cast<std::uint32_t>(into_.size() - 1),
                              .column = layout_.rules[origin].from});
}

bool is_blank(std::span<const Cell> row) {
  return std::ranges::all_of(row, [](const Cell& cell) { return trimmed(cell.text()).empty(); });
}

/// Why a row is no record: 0 when it is one, else the number of the reason plus one.
std::size_t skip_of(std::span<const Cell> row, const std::vector<SkipTest>& tests, std::string& buffer) {
  if (is_blank(row)) return 1;
  for (const SkipTest& test : tests) {
    const auto text = trimmed(row[static_cast<std::size_t>(test.column)].text());
    const auto word = comparable(folded(text, buffer));
    if (std::ranges::find(test.words, word) != test.words.end()) return test.reason + std::size_t{1};
  }
  return 0;
}

}  // namespace

BoundMapping::BoundMapping(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
BoundMapping::BoundMapping(BoundMapping&&) noexcept = default;
BoundMapping::~BoundMapping() = default;

const std::shared_ptr<const model::RecordLayout>& BoundMapping::layout() const noexcept {
  return plan_->layout;
}
const Drift& BoundMapping::drift() const noexcept { return plan_->drift; }
std::span<const SkipReason> BoundMapping::skip_reasons() const noexcept { return plan_->skip_reasons; }

Applied BoundMapping::apply(const document::RowBatch& rows, model::RecordBatch& into) const {
  Applied applied;
  into.keep_alive(plan_);
  for (auto& owner : rows.owners()) into.keep_alive(owner);
  Application application(*plan_->layout, plan_->steps, into);
  auto fault = rows.faults().begin();
  std::vector<Cell> padded;
  for (std::uint32_t index = 0; index < rows.size(); ++index) {
    while (fault != rows.faults().end() && fault->row_index < index) ++fault;
    if (fault != rows.faults().end() && fault->row_index == index) continue;
    auto row = rows.row(index);
    if (row.size() < plan_->width) {
      padded.assign(row.begin(), row.end());
      padded.resize(plan_->width);
      row = padded;
    }
    const auto skip = skip_of(row, plan_->skip_tests, application.buffer());
    if (skip != 0) {
      applied.skipped.push_back({index, static_cast<std::uint16_t>(skip - 1)});
      continue;
    }
    application.map_row(row, rows.origin(index));
    ++applied.records;
  }
  return applied;
}

}  // namespace musubi::mapping
