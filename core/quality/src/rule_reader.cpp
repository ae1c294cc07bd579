#include "rule_reader.h"

#include <algorithm>

#include "musubi/base/text.h"

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

std::optional<Severity> severity_named(std::string_view name) {
  for (const auto severity : {Severity::information, Severity::warning, Severity::error}) {
    if (name_of(severity) == name) return severity;
  }
  return {};
}

std::vector<std::string_view> record_kind_names() {
  return {name_of(RecordKind::case_report), name_of(RecordKind::health_observation),
          name_of(RecordKind::facility_report), name_of(RecordKind::published_count)};
}

}  // namespace

void RuleReader::read(const std::filesystem::path& path) {
  const auto file = YamlText::read(path);
  if (file.has_error()) {
    problems_.add(file.error());
    return;
  }
  file_ = &*file;
  read_file(*file);
  file_ = nullptr;
}

void RuleReader::read_file(const YamlText& file) {
  const YAML::Node& root = file.root();
  if (!check_keys(file, root, {"record", "rules"}, problems_)) return;
  const std::string name = text(root, "record");
  const auto records = model::record_kind_named(name);
  if (!records && !name.empty()) {
    problem(child(root, "record"), "quality.unknown_word",
            {{"given", name}, {"suggestion", suggest(name, record_kind_names())}});
  }
  if (!records) return;
  records_ = *records;
  const YAML::Node rules = child(root, "rules");
  if (!rules.IsDefined() || !rules.IsSequence()) return problem(root, "quality.no_rules");
  for (const auto& rule : rules) read_rule(rule);
}

void RuleReader::read_rule(const YAML::Node& node) {
  if (!check_keys(*file_, node, {"code", "severity", "expect", "ja", "en"}, problems_)) return;
  Rule rule;
  rule.records = records_;
  read_code(node, rule);
  const std::string severity = text(node, "severity");
  if (const auto known = severity_named(severity)) {
    rule.info.severity = *known;
  } else if (!severity.empty()) {
    problem(child(node, "severity"), "quality.unknown_word",
            {{"given", severity}, {"suggestion", suggest(severity, {"information", "warning", "error"})}});
  }
  rule.info.japanese = text(node, "ja");
  rule.info.english = text(node, "en");
  read_expectation(needed(node, "expect"), rule);
  check_groups(node, rule);
  rules_.push_back(std::move(rule));
}

void RuleReader::read_code(const YAML::Node& node, Rule& rule) {
  rule.info.code = text(node, "code");
  const std::string& code = rule.info.code;
  if (code.empty()) return;
  if (!is_code_shape(code)) problem(child(node, "code"), "quality.bad_code", {{"code", code}});
  if (std::ranges::any_of(rules_, [&](const Rule& other) { return other.info.code == code; }))
    problem(child(node, "code"), "quality.repeated_code", {{"code", code}});
}

void RuleReader::read_expectation(const YAML::Node& node, Rule& rule) {
  static const std::vector<std::pair<std::string_view, void (RuleReader::*)(const YAML::Node&, Rule&)>>
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
  if (!node.IsDefined() || !check_keys(*file_, node, names, problems_)) return;
  if (node.size() != 1) return problem(node, "quality.one_expectation");
  const std::string given = scalar(node.begin()->first).value_or("");
  const auto found = std::ranges::find(names, given);
  if (found != names.end())
    (this->*kReaders[static_cast<std::size_t>(found - names.begin())].second)(node.begin()->second, rule);
}

void RuleReader::check_groups(const YAML::Node& node, Rule& rule) {
  for (Expectation& expectation : rule.expectations) {
    model::FieldNumber group = model::kNoField;
    for (const Operand* operand : operands_of(expectation)) {
      if (operand->field == model::kNoField) continue;
      const auto next = catalogue_.at(operand->field).group;
      if (next == model::kNoField) continue;
      if (group != model::kNoField && group != next) return problem(node, "quality.different_groups");
      group = next;
    }
  }
}

std::string RuleReader::text(const YAML::Node& parent, std::string_view key) {
  const auto found = scalar(child(parent, key));
  if (found && !base::trim(*found).empty()) return *found;
  problem(parent, "yaml.missing_key", {{"key", std::string(key)}});
  return {};
}

YAML::Node RuleReader::needed(const YAML::Node& parent, std::string_view key) {
  const YAML::Node found = child(parent, key);
  if (!found.IsDefined()) problem(parent, "yaml.missing_key", {{"key", std::string(key)}});
  return found;
}

Operand RuleReader::field(const YAML::Node& node, Types types, bool single) {
  if (!node.IsDefined()) return {};
  const std::string id = scalar(node).value_or("");
  const Field* found = catalogue_.find(id);
  if (found == nullptr) {
    problem(node, "quality.unknown_field", {{"id", id}, {"suggestion", catalogue_.suggest(id)}});
    return {};
  }
  if (found->kind != records_) {
    problem(node, "quality.other_record", {{"id", id}, {"kind", std::string(name_of(found->kind))}});
  } else if (types.size() != 0 && std::ranges::find(types, found->type) == types.end()) {
    problem(node, "quality.wrong_type", {{"id", id}, {"type", std::string(name_of(found->type))}});
  } else if (single && found->repeats) {
    problem(node, "quality.repeats", {{"id", id}});
  }
  return {.field = found->number};
}

std::vector<Operand> RuleReader::fields(const YAML::Node& node, Types types, bool single) {
  if (!node.IsDefined()) return {};
  if (!node.IsSequence() || node.size() == 0) {
    problem(node, "quality.fields_needed");
    return {};
  }
  std::vector<Operand> all;
  for (const auto& item : node) all.push_back(field(item, types, single));
  return all;
}

std::optional<std::pair<Operand, Operand>> RuleReader::two_fields(const YAML::Node& node, Types first,
                                                                  Types second) {
  if (!node.IsSequence() || node.size() != 2) {
    problem(node, "quality.two_fields_needed");
    return {};
  }
  return std::pair(field(node[0], first, true), field(node[1], second, true));
}

std::optional<double> RuleReader::number(const YAML::Node& parent, std::string_view key) {
  const YAML::Node node = child(parent, key);
  double found = 0;
  if (node.IsDefined() && YAML::convert<double>::decode(node, found)) return found;
  problem(node.IsDefined() ? node : parent, "quality.number_needed", {{"key", std::string(key)}});
  return {};
}

const model::ValueSet* RuleReader::value_set_of(const Field& field) const {
  const bool municipality = field.type == FieldType::municipality_code && field.value_set.empty();
  return value_sets_.find(municipality ? "municipality" : field.value_set);
}

}  // namespace musubi::quality
