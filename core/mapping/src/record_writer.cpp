#include <algorithm>

#include "musubi/base/csv_text.h"
#include "musubi/base/json_text.h"
#include "musubi/fhirpath/evaluation.h"
#include "musubi/mapping/outward.h"
#include "plan.h"
#include "record_document.h"

namespace musubi::mapping {
namespace {

using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::Value;
using fhirpath::ValueKind;

constexpr std::string_view kSeveral = "mapping.several_values";
constexpr std::string_view kFailed = "mapping.expression_failed";
constexpr std::string_view kNoEquivalent = "mapping.no_equivalent";

/// One value as text, and whether JSON has it without quotation marks.
struct Written {
  std::string text;
  bool bare = false;
};

bool is_number(const Value& value) {
  if (value.is(ValueKind::node))
    return value.node().system == ValueKind::integer || value.node().system == ValueKind::decimal;
  return value.is(ValueKind::integer) || value.is(ValueKind::decimal);
}

bool is_boolean(const Value& value) {
  return value.is(ValueKind::boolean) ||
         (value.is(ValueKind::node) && value.node().system == ValueKind::boolean);
}

bool is_bare(const Value& value, OutwardType type) {
  if (type == OutwardType::as_it_is) return is_number(value) || is_boolean(value);
  return type != OutwardType::text;
}

/// The reason why a field of the record has no value; none: it has one.
model::AbsentReason reason_of(const Value& value) {
  if (!value.is(ValueKind::node) || value.node().has_value()) return model::AbsentReason::none;
  const auto* reason = value.resource().child(value.node(), "absent");
  if (reason == nullptr) return model::AbsentReason::none;
  return model::absent_reason_named(reason->text).value_or(model::AbsentReason::none);
}

}  // namespace

struct RecordWriter::State {
  explicit State(std::shared_ptr<const Mapping> of, const OutwardPlan& its_plan,
                 const fhirpath::Services& services)
      : mapping_(std::move(of)), plan_(its_plan), document_(plan_.types), evaluation_(services) {}

  base::Result<bool> write(const model::RecordLayout& layout, std::span<const model::Value> values,
                           std::string& into, std::vector<OutwardFinding>& findings);

 private:
  using Results = std::span<const Value>;
  /// What is left of a piece of the template: nothing, or only what stands in the template itself.
  enum class Yield : std::uint8_t { nothing, constant, value };

  std::vector<Value> evaluate(const fhirpath::Expression& expression, const OutwardRule& rule);
  bool holds(const fhirpath::Expression& condition);
  std::vector<Written> written(const OutwardRule& rule);
  void write_value(const OutwardRule& rule, const Value& value, std::vector<Written>& all);
  void write_absent(const OutwardRule& rule, model::AbsentReason reason, std::vector<Written>& all);
  void write_mapped(const OutwardRule& rule, const std::string& code, std::vector<Written>& all);
  void write_line(std::string& into);
  Yield write_node(const TemplateNode& node, std::string& into);
  Yield write_rule(const OutwardRule& rule, bool in_list, std::string& into);
  Yield write_map(const TemplateNode& node, std::string& into);
  Yield write_list(const TemplateNode& node, std::string& into);
  Yield write_repeated(const TemplateNode& node, std::string& into);
  void find(std::string_view code, bool goes_on);

  std::shared_ptr<const Mapping> mapping_;
  const OutwardPlan& plan_;
  RecordDocument document_;
  fhirpath::Evaluation evaluation_;
  const Resource* resource_ = nullptr;
  const ResourceNode* focus_ = nullptr;
  std::vector<std::string> path_;
  std::vector<OutwardFinding>* findings_ = nullptr;
  friend class RecordWriter;
};

void RecordWriter::State::find(std::string_view code, bool goes_on) {
  std::string target;
  for (const auto& step : path_) target += (target.empty() || step.starts_with('[') ? "" : ".") + step;
  findings_->push_back({code, std::move(target), !goes_on});
}

std::vector<Value> RecordWriter::State::evaluate(const fhirpath::Expression& expression,
                                                 const OutwardRule& rule) {
  const auto results = evaluation_.run(expression, *resource_, *focus_);
  if (!results.has_error()) return {results->begin(), results->end()};
  find(kFailed, rule.goes_on);
  return {};
}

bool RecordWriter::State::holds(const fhirpath::Expression& condition) {
  return fhirpath::holds(evaluate(condition, {}));
}

void RecordWriter::State::write_absent(const OutwardRule& rule, model::AbsentReason reason,
                                       std::vector<Written>& all) {
  const auto own =
      std::ranges::find(rule.absent, reason, &std::pair<model::AbsentReason, std::string>::first);
  if (own != rule.absent.end()) {
    all.push_back({own->second});
  } else if (rule.concept_map != nullptr && !rule.shows_display) {
    if (const auto text = rule.concept_map->absent(reason); !text.empty()) all.push_back({std::string(text)});
  }
}

void RecordWriter::State::write_mapped(const OutwardRule& rule, const std::string& code,
                                       std::vector<Written>& all) {
  const auto* mapped = rule.concept_map->find(code);
  if (mapped != nullptr) {
    const auto& text = rule.shows_display ? mapped->display : mapped->target;
    if (!text.empty())
      all.push_back({text, rule.type == OutwardType::boolean || rule.type == OutwardType::number});
    return;
  }
  const auto* source = mapping_->context().value_sets->find(rule.concept_map->contents().from);
  if (source == nullptr || source->with_code(code) == nullptr) find(kNoEquivalent, rule.goes_on);
}

void RecordWriter::State::write_value(const OutwardRule& rule, const Value& value,
                                      std::vector<Written>& all) {
  if (const auto reason = reason_of(value); reason != model::AbsentReason::none)
    return write_absent(rule, reason, all);
  auto text = fhirpath::to_text(value);
  if (text.empty()) return;
  if (rule.concept_map != nullptr) return write_mapped(rule, text, all);
  if (const auto* coded = rule.labels == nullptr ? nullptr : rule.labels->with_code(text))
    text = rule.in_english ? coded->label.english : coded->label.japanese;
  all.push_back({std::move(text), is_bare(value, rule.type)});
}

std::vector<Written> RecordWriter::State::written(const OutwardRule& rule) {
  std::vector<Written> all;
  if (!rule.expression) {
    const bool bare = rule.type == OutwardType::boolean || rule.type == OutwardType::number;
    all.push_back({rule.constant, bare});
    return all;
  }
  const auto results = evaluate(*rule.expression, rule);
  for (const auto& value : results) write_value(rule, value, all);
  if (all.empty() && rule.fallback) all.push_back({*rule.fallback});
  return all;
}

void RecordWriter::State::write_line(std::string& into) {
  bool first = true;
  for (const auto& [name, rule] : plan_.columns) {
    path_ = {name};
    std::string cell;
    for (const auto& each : written(rule)) cell += (cell.empty() ? "" : rule.separator) + each.text;
    if (!first) into += ',';
    first = false;
    base::append_csv_cell(into, cell);
  }
  path_.clear();
  into += "\r\n";
}

/// In a list a rule gives as many items as it yields.
RecordWriter::State::Yield RecordWriter::State::write_rule(const OutwardRule& rule, bool in_list,
                                                           std::string& into) {
  const auto all = written(rule);
  if (all.empty()) return Yield::nothing;
  if (all.size() > 1 && !in_list) find(kSeveral, rule.goes_on);
  bool first = true;
  for (const auto& each : all) {
    if (!first) into += ',';
    first = false;
    if (each.bare)
      into += each.text;
    else
      base::append_json_string(into, each.text);
    if (!in_list) break;
  }
  return rule.expression ? Yield::value : Yield::constant;
}

RecordWriter::State::Yield RecordWriter::State::write_node(const TemplateNode& node, std::string& into) {
  switch (node.kind) {
    case TemplateKind::text:
      base::append_json_string(into, node.text);
      return Yield::constant;
    case TemplateKind::rule:
      return write_rule(node.rule, false, into);
    case TemplateKind::list:
      return write_list(node, into);
    case TemplateKind::map:
      break;
  }
  return write_map(node, into);
}

/// An object that should hold values of the record and holds none is left out.
RecordWriter::State::Yield RecordWriter::State::write_map(const TemplateNode& node, std::string& into) {
  if (node.when && !holds(*node.when)) return Yield::nothing;
  const auto before = into.size();
  into += '{';
  auto yield = Yield::constant;
  for (const auto& [name, below] : node.entries) {
    const auto here = into.size();
    path_.push_back(name);
    if (into.back() != '{') into += ',';
    base::append_json_string(into, name);
    into += ':';
    const auto got = write_node(below, into);
    path_.pop_back();
    if (got == Yield::nothing) into.resize(here);
    if (got == Yield::value) yield = Yield::value;
  }
  into += '}';
  if (into.size() - before > 2 && (yield == Yield::value || !node.has_rules)) return yield;
  into.resize(before);
  return Yield::nothing;
}

/// One object per item.
RecordWriter::State::Yield RecordWriter::State::write_repeated(const TemplateNode& node, std::string& into) {
  const auto items = evaluate(*node.for_each, {});
  const auto* outer = focus_;
  auto yield = Yield::nothing;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (!items[index].is(ValueKind::node)) continue;
    const auto before = into.size();
    if (yield != Yield::nothing) into += ',';
    focus_ = &items[index].node();
    path_.push_back("[" + std::to_string(index) + "]");
    const auto got = write_map(node, into);
    path_.pop_back();
    focus_ = outer;
    if (got == Yield::nothing)
      into.resize(before);
    else
      yield = Yield::value;
  }
  return yield;
}

RecordWriter::State::Yield RecordWriter::State::write_list(const TemplateNode& node, std::string& into) {
  const auto before = into.size();
  into += '[';
  auto yield = Yield::nothing;
  for (const auto& item : node.items) {
    const auto here = into.size();
    if (into.back() != '[') into += ',';
    auto got = Yield::nothing;
    if (item.kind == TemplateKind::rule)
      got = write_rule(item.rule, true, into);
    else
      got = item.for_each ? write_repeated(item, into) : write_node(item, into);
    if (got == Yield::nothing) into.resize(here);
    if (got != Yield::nothing && yield != Yield::value) yield = got;
  }
  into += ']';
  if (yield == Yield::nothing) into.resize(before);
  return yield;
}

base::Result<bool> RecordWriter::State::write(const model::RecordLayout& layout,
                                              std::span<const model::Value> values, std::string& into,
                                              std::vector<OutwardFinding>& found) {
  MUSUBI_ASSIGN(const auto record, document_.of(layout, values));
  resource_ = &record;
  focus_ = &record.root();
  findings_ = &found;
  path_.clear();
  if (plan_.when && !holds(*plan_.when)) return false;
  const auto before = into.size();
  const auto first = found.size();
  if (mapping_->head().writes == Writes::csv) {
    write_line(into);
  } else {
    write_node(plan_.root, into);
    into += '\n';
  }
  const bool held = std::any_of(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
                                [](const OutwardFinding& finding) { return finding.holds; });
  if (held) into.resize(before);
  return !held;
}

RecordWriter::RecordWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordWriter::RecordWriter(RecordWriter&&) noexcept = default;
RecordWriter& RecordWriter::operator=(RecordWriter&&) noexcept = default;
RecordWriter::~RecordWriter() = default;

base::Result<RecordWriter> RecordWriter::make(std::shared_ptr<const Mapping> mapping) {
  const auto* plan = mapping->parts().outward.get();
  if (plan == nullptr)
    return base::Error(base::ErrorKind::usage, "mapping.not_outward", {{"mapping", mapping->head().id}});
  fhirpath::Services services;
  services.places = mapping->parts().places.get();
  services.terminology = mapping->parts().terminology.get();
  return RecordWriter(std::make_unique<State>(std::move(mapping), *plan, services));
}

std::string RecordWriter::heading() const {
  if (state_->mapping_->head().writes != Writes::csv) return {};
  std::string line;
  for (const auto& [name, rule] : state_->plan_.columns) {
    if (&name != &state_->plan_.columns.front().first) line += ',';
    base::append_csv_cell(line, name);
  }
  return line + "\r\n";
}

base::Result<bool> RecordWriter::write(const model::RecordLayout& layout,
                                       std::span<const model::Value> values, std::string& into,
                                       std::vector<OutwardFinding>& findings) {
  return state_->write(layout, values, into, findings);
}

}  // namespace musubi::mapping
