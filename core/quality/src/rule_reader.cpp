#include "rule_reader.h"

#include <algorithm>
#include <array>

namespace musubi::quality {
namespace {

using model::Field;
using model::FieldType;
using model::RecordKind;
using model::Severity;

bool is_code_shape(std::string_view code) {
  const auto fits = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '.';
  };
  return !code.empty() && code.find('.') != std::string_view::npos && std::ranges::all_of(code, fits);
}

constexpr std::array kSeverities{Severity::information, Severity::warning, Severity::error};
constexpr std::array kRecordKinds{RecordKind::case_report, RecordKind::health_observation,
                                  RecordKind::facility_report, RecordKind::published_count};
constexpr base::YamlLimits kLimits{.bytes = std::size_t{4} << 20};

/// What a required key says, one of `choices`.
template <class Choice, std::size_t Size>
std::optional<Choice> chosen(const YamlMap& map, std::string_view key,
                             const std::array<Choice, Size>& choices) {
  const auto word = map.required_text(key);
  return word ? base::choose(*word, key, choices, map.problems()) : std::nullopt;
}

}  // namespace

void RuleReader::read(const std::filesystem::path& path) {
  const auto file = base::read_yaml_file(path, problems_, kLimits);
  if (!file) return;
  const YamlMap root(*file, {"record", "rules"}, problems_);
  const auto records = chosen(root, "record", kRecordKinds);
  if (!records) return;
  records_ = *records;
  const YamlNode* rules = root.find("rules");
  if (rules == nullptr || rules->kind != YamlKind::list) return problem(root.mark(), "quality.no_rules");
  for (const auto& rule : rules->items)
    if (const YamlMap map(rule, {"code", "severity", "expect", "unless", "ja", "en"}, problems_); map)
      read_rule(map);
}

void RuleReader::read_rule(const YamlMap& map) {
  Rule rule;
  rule.records = records_;
  read_code(map, rule);
  rule.info.severity = chosen(map, "severity", kSeverities).value_or(Severity::error);
  rule.info.japanese = map.required_word("ja");
  rule.info.english = map.required_word("en");
  if (const YamlNode* expect = map.required("expect")) read_expectation(*expect, rule);
  read_exception(map, rule);
  check_groups(map, rule);
  rules_.push_back(std::move(rule));
}

void RuleReader::read_exception(const YamlMap& map, Rule& rule) {
  const YamlNode* node = map.find("unless");
  if (node == nullptr) return;
  rule.unless = field(node, {FieldType::boolean}, true).field;
  if (rule.unless != model::kNoField && catalogue_.at(rule.unless).group != model::kNoField)
    problem(node->mark, "quality.different_groups");
}

void RuleReader::read_code(const YamlMap& map, Rule& rule) {
  rule.info.code = map.required_word("code");
  const std::string& code = rule.info.code;
  if (code.empty()) return;
  if (!is_code_shape(code)) map.problem("code", "quality.bad_code", {{"code", code}});
  if (std::ranges::any_of(rules_, [&](const Rule& other) { return other.info.code == code; }))
    map.problem("code", "quality.repeated_code", {{"code", code}});
}

void RuleReader::read_expectation(const YamlNode& node, Rule& rule) {
  static const std::vector<std::pair<std::string_view, void (RuleReader::*)(const YamlNode&, Rule&)>>
      kReaders = {{"required", &RuleReader::required},
                  {"answered", &RuleReader::answered},
                  {"in_value_set", &RuleReader::in_value_set},
                  {"not_after", &RuleReader::not_after},
                  {"not_future", &RuleReader::not_future},
                  {"not_before", &RuleReader::not_before},
                  {"municipality_in_prefecture", &RuleReader::municipality_in_prefecture},
                  {"age_matches_birth_date", &RuleReader::age_matches_birth_date},
                  {"age_matches_band", &RuleReader::age_matches_band},
                  {"weekday_matches_date", &RuleReader::weekday_matches_date},
                  {"range", &RuleReader::range},
                  {"implies", &RuleReader::implies}};
  std::vector<std::string_view> names;
  names.reserve(kReaders.size());
  for (const auto& [name, reader] : kReaders) names.push_back(name);
  const YamlMap map(node, names, problems_);
  if (!map) return;
  if (map.entries().size() != 1) return problem(node.mark, "quality.one_expectation");
  const auto& [given, what] = map.entries().front();
  const auto found = std::ranges::find(names, given.text);
  if (found != names.end())
    (this->*kReaders[static_cast<std::size_t>(found - names.begin())].second)(what, rule);
}

void RuleReader::check_groups(const YamlMap& map, Rule& rule) {
  for (Expectation& expectation : rule.expectations) {
    model::FieldNumber group = model::kNoField;
    for (const Operand* operand : operands_of(expectation)) {
      if (operand->field == model::kNoField) continue;
      const auto next = catalogue_.at(operand->field).group;
      if (next == model::kNoField) continue;
      if (group != model::kNoField && group != next) return problem(map.mark(), "quality.different_groups");
      group = next;
    }
  }
}

Operand RuleReader::field(const YamlNode* node, Types types, bool single) {
  const auto id = node == nullptr ? std::nullopt : base::text_of(*node, "fields", problems_);
  if (!id) return {};
  const Field* found = catalogue_.find(id->text);
  if (found == nullptr) {
    problems_.error_near(id->mark, "quality.unknown_field", catalogue_.suggest(id->text), {{"id", id->text}});
    return {};
  }
  if (found->kind != records_) {
    problem(id->mark, "quality.other_record",
            {{"id", id->text}, {"kind", std::string(name_of(found->kind))}});
  } else if (types.size() != 0 && std::ranges::find(types, found->type) == types.end()) {
    problem(id->mark, "quality.wrong_type", {{"id", id->text}, {"type", std::string(name_of(found->type))}});
  } else if (single && found->repeats) {
    problem(id->mark, "quality.repeats", {{"id", id->text}});
  }
  return {.field = found->number};
}

std::vector<Operand> RuleReader::fields(const YamlNode* node, Types types, bool single) {
  if (node == nullptr) return {};
  if (node->kind != YamlKind::list || node->items.empty()) {
    problem(node->mark, "quality.fields_needed");
    return {};
  }
  std::vector<Operand> all;
  for (const auto& item : node->items) all.push_back(field(&item, types, single));
  return all;
}

std::optional<std::pair<Operand, Operand>> RuleReader::two_fields(const YamlNode& node, Types first,
                                                                  Types second) {
  if (node.items.size() != 2) {
    problem(node.mark, "quality.two_fields_needed");
    return {};
  }
  const auto one = field(&node.items[0], first, true);
  return std::pair(one, field(&node.items[1], second, true));
}

std::optional<double> RuleReader::number(const YamlMap& map, std::string_view key) {
  return map.required(key) == nullptr ? std::nullopt : map.number(key);
}

const model::ValueSet* RuleReader::value_set_of(const Field& field) const {
  const bool municipality = field.type == FieldType::municipality_code && field.value_set.empty();
  return value_sets_.find(municipality ? "municipality" : field.value_set);
}

}  // namespace musubi::quality
