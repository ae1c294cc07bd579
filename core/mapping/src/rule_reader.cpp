#include <algorithm>
#include <array>

#include "mapping_spec.h"
#include "nearest.h"
#include "yaml_fields.h"

namespace musubi::mapping {
namespace {

constexpr auto kRuleKeys = std::to_array<std::string_view>(
    {"from", "join", "value", "expr", "as", "lookup", "prefecture", "split", "separator", "prefix", "true",
     "false", "absent", "default", "on_error"});
constexpr auto kReasons = std::to_array<std::string_view>(
    {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"});
constexpr auto kOnErrors = std::to_array<std::string_view>({"review", "reject", "null"});
constexpr std::string_view kUsual = "usual";
constexpr auto kSources =
    std::to_array<std::pair<std::string_view, RuleSource>>({{"from", RuleSource::columns},
                                                            {"join", RuleSource::joined},
                                                            {"value", RuleSource::constant},
                                                            {"expr", RuleSource::expression}});

std::optional<OnError> on_error_named(std::string_view name) {
  const auto found = std::ranges::find(kOnErrors, name);
  if (found == kOnErrors.end()) return std::nullopt;
  return static_cast<OnError>(found - kOnErrors.begin());
}

OnError read_on_error(const YamlNode& node, Problems& problems) {
  if (node.kind == YamlKind::null) return OnError::null;
  if (const auto named = on_error_named(node.text)) return *named;
  problems.error_near(node.mark, "mapping.on_error_unknown", nearest(node.text, kOnErrors),
                      {{"word", node.text}, {"known", joined(kOnErrors)}});
  return OnError::review;
}

void read_absent_map(const YamlNode& node, AbsentSpec& absent, Problems& problems) {
  for (const auto& [word, reason] : pairs_of(node, "absent", problems)) {
    if (const auto named = model::absent_reason_named(reason.text);
        named && *named != model::AbsentReason::none)
      absent.words.push_back({word, *named});
    else
      problems.error_near(reason.mark, "mapping.absent_reason_unknown", nearest(reason.text, kReasons),
                          {{"word", reason.text}, {"known", joined(kReasons)}});
  }
}

void read_absent_item(const YamlNode& node, AbsentSpec& absent, Problems& problems) {
  if (node.kind == YamlKind::map) return read_absent_map(node, absent, problems);
  for (auto& word : texts_of(node, "absent", problems)) {
    if (word.text == kUsual)
      absent.usual = true;
    else
      absent.words.push_back({std::move(word), std::nullopt});
  }
}

/// A word, a map of words to reasons, or a list of either; "usual" stands for all usual words.
AbsentSpec read_absent(const YamlNode& node, Problems& problems) {
  AbsentSpec absent;
  if (node.kind != YamlKind::list) {
    read_absent_item(node, absent, problems);
    return absent;
  }
  for (const YamlNode& item : node.items) read_absent_item(item, absent, problems);
  return absent;
}

/// Exactly one of from, join, value and expr.
bool read_source(const YamlNode& node, RuleSpec& rule, Problems& problems) {
  std::string_view chosen;
  for (const auto& [key, source] : kSources) {
    if (node.find(key) == nullptr) continue;
    if (!chosen.empty()) {
      problems.error(
          rule.field.mark, "mapping.rule_two_sources",
          {{"rule", rule.field.text}, {"first", std::string(chosen)}, {"second", std::string(key)}});
      return false;
    }
    chosen = key;
    rule.source = source;
  }
  if (chosen.empty()) {
    problems.error(rule.field.mark, "mapping.rule_no_source", {{"rule", rule.field.text}});
    return false;
  }
  if (rule.source == RuleSource::columns || rule.source == RuleSource::joined)
    rule.from = texts_at(node, chosen, problems);
  else
    rule.text = text_at(node, chosen, problems);
  return !rule.from.empty() || rule.text;
}

}  // namespace

std::optional<RuleSpec> read_rule(const Located& field, const YamlNode& node, Problems& problems) {
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "mapping.rule_not_map", {{"rule", field.text}});
    return std::nullopt;
  }
  RuleSpec rule{.field = field};
  refuse_unknown_keys(node, kRuleKeys, problems);
  if (!read_source(node, rule, problems)) return std::nullopt;
  rule.convert_as = text_at(node, "as", problems);
  rule.lookup = text_at(node, "lookup", problems);
  rule.prefecture = text_at(node, "prefecture", problems);
  rule.split = text_at(node, "split", problems);
  rule.separator = text_at(node, "separator", problems);
  rule.prefix = text_at(node, "prefix", problems);
  rule.fallback = text_at(node, "default", problems);
  rule.truths = texts_at(node, "true", problems);
  rule.falsehoods = texts_at(node, "false", problems);
  if (const YamlNode* absent = node.find("absent")) rule.absent = read_absent(*absent, problems);
  if (const YamlNode* on_error = node.find("on_error")) rule.on_error = read_on_error(*on_error, problems);
  return rule;
}

}  // namespace musubi::mapping
