// A draft of tests: all that a mapping reads and fills, to be completed by a person.
#include <algorithm>
#include <cctype>

#include "../plan.h"
#include "musubi/mapping/tests.h"

namespace musubi::mapping {
namespace {

/// A text as YAML has it: in quotation marks unless it is letters, digits and a few signs.
std::string yaml_text(std::string_view text) {
  const auto is_plain = [](char each) {
    const auto byte = static_cast<unsigned char>(each);
    return byte >= 0x80 || std::isalnum(byte) != 0 || each == '.' || each == '_';
  };
  const bool is_number = !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
  if (!text.empty() && !is_number && std::ranges::all_of(text, is_plain)) return std::string(text);
  std::string out = "'";
  for (const char each : text) out += each == '\'' ? "''" : std::string(1, each);
  return out + "'";
}

std::string line(std::string_view key, std::string_view value) {
  return "    " + yaml_text(key) + ": " + std::string(value) + "\n";
}

/// The words to try with a rule: of its value set, or of absence.
std::string words_of(const Rule& rule) {
  if (rule.source != RuleSource::columns) return {};
  const auto* set = rule.conversion.value_set;
  if (set != nullptr) return "  " + rule.field_id + ": " + set->id() + "\n";
  return rule.usual_absents == nullptr ? std::string() : "  " + rule.field_id + ": absent\n";
}

std::string inward_draft(const Mapping::Parts& parts) {
  std::string base = "base:\n  row:\n", words = "words:\n";
  for (const auto& column : parts.head.columns) base += line(column, "''");
  base += "  record:\n";
  for (const auto& rule : parts.compiled.rules) {
    base += line(rule.field_id, "");
    words += words_of(rule);
  }
  return base + "cases:\n  - case: そのままの一行 / as it is\n    row: {}\n    record: {}\n" + words;
}

/// Only rules that are the value of a field: the others are for a person to think of.
std::string outward_draft(const Mapping::Parts& parts) {
  std::string record, row, words;
  for (const auto& [column, rule] : parts.outward->columns) {
    row += line(column, "''");
    const auto field = rule.expression ? rule.expression->text() : std::string();
    if (parts.context.catalogue->find(field) == nullptr) continue;
    record += line(field, "");
    if (rule.concept_map != nullptr)
      words += "  " + yaml_text(column) + ": { from: " + field + ", words: {} }\n";
  }
  const bool csv = parts.head.writes == Writes::csv;
  return "base:\n  record:\n" + record + (csv ? "  row:\n" + row : "  json: {}\n") +
         "cases:\n  - case: そのままの一件 / as it is\n    record: {}\n" +
         (csv ? "    row: {}\n" : "    json: {}\n") + (words.empty() ? words : "words:\n" + words);
}

}  // namespace

std::string draft_of_tests(const Mapping& mapping) {
  const auto& parts = mapping.parts();
  return "test: " + mapping.head().id + "\n" + (parts.outward ? outward_draft(parts) : inward_draft(parts));
}

}  // namespace musubi::mapping
