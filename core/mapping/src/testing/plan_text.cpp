#include "plan_text.h"

#include <algorithm>
#include <array>

namespace musubi::mapping {
namespace {

using model::AbsentReason;

constexpr auto kReasons = std::to_array<AbsentReason>(
    {AbsentReason::not_asked, AbsentReason::unknown, AbsentReason::under_investigation,
     AbsentReason::not_disclosed, AbsentReason::not_applicable, AbsentReason::unreadable});

/// Collects one property after the other.
class Writer {
 public:
  Writer& operator<<(std::string_view text) {
    text_ += text;
    text_ += '|';
    return *this;
  }
  Writer& operator<<(const std::string& text) { return *this << std::string_view(text); }
  Writer& operator<<(const char* text) { return *this << std::string_view(text); }
  template <class Number>
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
  Writer& operator<<(Number number) {
    return *this << std::to_string(static_cast<long>(number));
  }
  Writer& operator<<(const model::Value& value) {
    return *this << value.kind() << value.absent_reason() << model::to_text(value);
  }
  Writer& operator<<(const std::vector<std::string>& texts) {
    for (const auto& each : texts) *this << each;
    return *this << ";";
  }
  Writer& operator<<(const std::optional<fhirpath::Expression>& expression) {
    return *this << (expression ? expression->text() : std::string());
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Whether some usual word of absence means something else, or nothing, where the value set is asked.
bool usual_words_count(const Rule& rule) {
  const auto* set =
      rule.conversion.map_source != nullptr ? rule.conversion.map_source : rule.conversion.value_set;
  if (rule.usual_absents == nullptr || set == nullptr || rule.repeats) return rule.usual_absents != nullptr;
  return std::ranges::any_of(rule.usual_absents->contents().absent, [&](const auto& word) {
    return set->look_up(word.first).absent != word.second;
  });
}

void write(const Conversion& conversion, Writer& out) {
  out << conversion.operation << conversion.prefecture << conversion.truths << conversion.falsehoods;
  out << (conversion.value_set == nullptr ? std::string() : conversion.value_set->id());
  out << (conversion.concept_map == nullptr ? std::string() : conversion.concept_map->contents().id);
  if (conversion.value_set == nullptr) return;
  for (const auto& each : conversion.value_set->concepts()) out << each.code << each.synonyms;
}

void write(const Rule& rule, Writer& out) {
  out << rule.field_id << rule.source << rule.from << rule.expression << rule.prefix << rule.separator
      << rule.split;
  write(rule.conversion, out);
  for (const auto& [word, reason] : rule.absents) out << word << reason;
  out << usual_words_count(rule) << rule.blank << rule.constant << rule.on_error << rule.must_be_there
      << rule.may_be_empty << rule.empty;
}

void write(const ItemLayout& items, Writer& out) {
  out << items.list << items.names << items.columns;
  for (const auto& set : items.sets) out << set;
}

void write(const CompiledRules& rules, Writer& out) {
  if (rules.items) write(*rules.items, out);
  for (const auto& rule : rules.rules) write(rule, out);
  for (const auto& group : rules.groups) {
    out << group.field_id;
    write(group.items, out);
    for (const auto& rule : group.rules) write(rule, out);
  }
  if (rules.when) out << rules.when->expression.text();
  for (const auto& verdict : rules.verdicts)
    out << verdict.when.expression.text() << verdict.code << verdict.rejects;
}

void write(const OutwardRule& rule, Writer& out) {
  out << rule.expression << rule.constant << rule.shows_display << rule.in_english << rule.separator
      << rule.type << rule.goes_on << (rule.fallback ? "default " + *rule.fallback : std::string());
  out << (rule.concept_map == nullptr ? std::string() : rule.concept_map->contents().id);
  out << (rule.labels == nullptr ? std::string() : rule.labels->id());
  for (const auto reason : kReasons) {
    const auto own = std::ranges::find(rule.absent, reason, &std::pair<AbsentReason, std::string>::first);
    if (own != rule.absent.end())
      out << own->second;
    else
      out << (rule.concept_map == nullptr || rule.shows_display ? "" : rule.concept_map->absent(reason));
  }
}

void write(const TemplateNode& node, Writer& out) {
  out << node.kind << node.text << node.when << node.for_each;
  if (node.kind == TemplateKind::rule) write(node.rule, out);
  for (const auto& [key, below] : node.entries) {
    out << key;
    write(below, out);
  }
  for (const auto& item : node.items) write(item, out);
  out << ".";
}

}  // namespace

std::string plan_text(const Mapping::Parts& parts) {
  Writer out;
  write(parts.compiled, out);
  for (const auto& skip : parts.spec.skips)
    out << skip.column.text << base::plain(skip.words) << skip.because;
  if (parts.spec.when) out << parts.spec.when->because;
  if (!parts.outward) return out.take();
  out << parts.outward->when;
  for (const auto& [column, rule] : parts.outward->columns) {
    out << column;
    write(rule, out);
  }
  write(parts.outward->root, out);
  return out.take();
}

}  // namespace musubi::mapping
