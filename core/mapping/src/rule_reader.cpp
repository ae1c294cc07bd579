#include <algorithm>
#include <array>

#include "mapping_spec.h"

namespace musubi::mapping {
namespace {

constexpr auto kRuleKeys = std::to_array<std::string_view>(
    {"from", "join", "value", "expr", "as", "lookup", "translate", "prefecture", "split", "separator",
     "prefix", "true", "false", "absent", "default", "on_error", "empty"});
constexpr auto kReasons = std::to_array<std::string_view>(
    {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"});
constexpr auto kOnErrors = std::to_array<std::string_view>({"review", "reject", "null"});
constexpr std::string_view kUsual = "usual";
/// What `empty` may say: that nothing is said, or a reason.
constexpr auto kEmpties =
    std::to_array<std::string_view>({"silent", "not_asked", "unknown", "under_investigation", "not_disclosed",
                                     "not_applicable", "unreadable"});
constexpr auto kSources =
    std::to_array<std::pair<std::string_view, RuleSource>>({{"from", RuleSource::columns},
                                                            {"join", RuleSource::joined},
                                                            {"value", RuleSource::constant},
                                                            {"expr", RuleSource::expression}});

OnError read_on_error(const YamlNode& node, Problems& problems) {
  if (node.kind == YamlKind::null) return OnError::null;
  const auto word = base::text_of(node, "on_error", problems);
  const auto named = word ? base::choose(*word, "on_error", kOnErrors, problems) : std::nullopt;
  return named ? static_cast<OnError>(*named) : OnError::review;
}

void read_absent_map(const YamlNode& node, AbsentSpec& absent, Problems& problems) {
  for (const auto& [word, reason] : base::pairs_of(node, "absent", problems)) {
    if (const auto named = base::choose(reason, "absent", kReasons, problems))
      absent.words.push_back({word, model::absent_reason_named(kReasons[*named])});
  }
}

void read_absent_item(const YamlNode& node, AbsentSpec& absent, Problems& problems) {
  if (node.kind == YamlKind::map) return read_absent_map(node, absent, problems);
  for (auto& word : base::texts_of(node, "absent", problems)) {
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

std::optional<EmptySpec> read_empty(const YamlMap& map) {
  const auto word = map.text("empty");
  const auto named = word ? base::choose(*word, "empty", kEmpties, map.problems()) : std::nullopt;
  if (!named) return std::nullopt;
  const auto reason = *named == 0 ? model::AbsentReason::none : *model::absent_reason_named(kEmpties[*named]);
  return EmptySpec{word->mark, reason};
}

/// Exactly one of from, join, value and expr.
bool read_source(const YamlMap& map, RuleSpec& rule) {
  Problems& problems = map.problems();
  std::string_view chosen;
  for (const auto& [key, source] : kSources) {
    if (!map.has(key)) continue;
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
    rule.from = map.texts(chosen);
  else
    rule.text = map.text(chosen);
  return !rule.from.empty() || rule.text;
}

}  // namespace

std::optional<RuleSpec> read_rule(const Located& field, const YamlNode& node, Problems& problems) {
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "mapping.rule_not_map", {{"rule", field.text}});
    return std::nullopt;
  }
  RuleSpec rule{.field = field};
  const YamlMap map(node, kRuleKeys, problems);
  if (!read_source(map, rule)) return std::nullopt;
  rule.convert_as = map.text("as");
  rule.lookup = map.text("lookup");
  rule.translate = map.text("translate");
  rule.prefecture = map.text("prefecture");
  rule.split = map.text("split");
  rule.separator = map.text("separator");
  rule.prefix = map.text("prefix");
  rule.fallback = map.text("default");
  rule.truths = map.texts("true");
  rule.falsehoods = map.texts("false");
  if (const YamlNode* absent = map.find("absent")) rule.absent = read_absent(*absent, problems);
  if (const YamlNode* on_error = map.find("on_error")) rule.on_error = read_on_error(*on_error, problems);
  rule.empty = read_empty(map);
  return rule;
}

}  // namespace musubi::mapping
