#include <algorithm>
#include <array>
#include <map>

#include "advice.h"
#include "column_names.h"
#include "musubi/fhirpath/evaluation.h"
#include "words.h"

namespace musubi::mapping {
namespace {

/// Functions that yield something else another day.
constexpr auto kClockFunctions = std::to_array<std::string_view>({"today", "now", "timeOfDay"});

bool depends_on_the_row(const Condition& condition) {
  return !condition.reads.empty() || std::ranges::any_of(kClockFunctions, [&](std::string_view function) {
    return fhirpath::calls(condition.expression, function);
  });
}

/// Of a condition that no row changes; nullopt: it cannot be said.
std::optional<bool> constant_outcome(const Condition& condition, const Scope& scope) {
  if (depends_on_the_row(condition)) return std::nullopt;
  fhirpath::Evaluation evaluation;
  const std::vector<document::Cell> row(scope.names.size());
  const auto results = evaluation.run(condition.expression, row);
  if (results.has_error()) return std::nullopt;
  return fhirpath::holds(*results);
}

/// A text that a column must have for a condition to hold.
using Demands = std::map<std::string, std::string>;

class Conditions {
 public:
  Conditions(const Scope& scope, Problems& problems) : scope_(scope), problems_(problems) {}

  /// The condition under which there is a record at all.
  void look_at_when(const Condition& when, Mark mark) {
    look_at(when, mark);
    demands_ = demands_of(when);
  }

  void look_at_verdict(const Verdict& verdict, const VerdictSpec& spec) {
    look_at(verdict.when, spec.when.mark);
    const auto [first, is_new] = texts_.emplace(spec.when.text, spec.when.mark);
    if (!is_new)
      problems_.warning(spec.when.mark, "mapping.condition_repeated",
                        {{"code", spec.code.text}, {"first_line", std::to_string(first->second.line)}});
    for (const auto& [column, text] : demands_of(verdict.when)) {
      const auto wanted = demands_.find(column);
      if (wanted != demands_.end() && wanted->second != text)
        contradicts(spec.when.mark, column, wanted->second, text);
    }
  }

 private:
  void look_at(const Condition& condition, Mark mark) {
    if (const auto outcome = constant_outcome(condition, scope_))
      problems_.warning(mark, *outcome ? "mapping.condition_always_holds" : "mapping.condition_never_holds");
    Demands demands;
    for (const auto& each : fhirpath::compared_texts(condition.expression)) {
      if (!each.demanded) continue;
      const auto [first, is_new] = demands.emplace(each.path, each.text);
      if (!is_new && first->second != each.text) contradicts(mark, each.path, first->second, each.text);
    }
  }

  static Demands demands_of(const Condition& condition) {
    Demands demands;
    for (auto& each : fhirpath::compared_texts(condition.expression))
      if (each.demanded) demands.emplace(std::move(each.path), std::move(each.text));
    return demands;
  }

  void contradicts(Mark mark, const std::string& column, const std::string& one, const std::string& other) {
    problems_.warning(mark, "mapping.condition_contradicts",
                      {{"name", column}, {"first", one}, {"second", other}});
  }

  const Scope& scope_;
  Problems& problems_;
  Demands demands_;
  std::map<std::string, Mark> texts_;
};

void warn_of_conditions(const MappingSpec& spec, const CompiledRules& compiled, Problems& problems) {
  Conditions conditions(compiled.scope, problems);
  if (compiled.when) conditions.look_at_when(*compiled.when, spec.when->expression.mark);
  for (std::size_t index = 0; index < compiled.verdicts.size(); ++index)
    conditions.look_at_verdict(compiled.verdicts[index], spec.verdicts[index]);
}

std::string as_compared(const Located& word) {
  std::string buffer;
  return std::string(comparable(folded(trimmed(word.text), buffer)));
}

/// Words of which each must stand once; a second one is never met.
class Words {
 public:
  Words(std::string_view code, Problems& problems) : code_(code), problems_(problems) {}

  void add(const Located& word, const std::string& within, const std::string& compared) {
    const auto [first, is_new] = seen_.emplace(within + '\n' + compared, word.mark);
    if (!is_new)
      problems_.warning(
          word.mark, code_,
          {{"word", word.text}, {"name", within}, {"first_line", std::to_string(first->second.line)}});
  }

 private:
  std::string_view code_;
  Problems& problems_;
  std::map<std::string, Mark> seen_;
};

void warn_of_rule(const RuleSpec& rule, Problems& problems) {
  Words columns("mapping.column_named_twice", problems);
  if (rule.source == RuleSource::columns)
    for (const auto& column : rule.from) columns.add(column, rule.field.text, column_key(column.text));
  Words truths("mapping.truth_repeated", problems);
  for (const auto* words : {&rule.truths, &rule.falsehoods})
    for (const auto& word : *words) truths.add(word, rule.field.text, as_compared(word));
  Words absents("mapping.absent_repeated", problems);
  if (rule.absent)
    for (const auto& each : rule.absent->words)
      absents.add(each.word, rule.field.text, as_compared(each.word));
}

/// Words of the mapping's own that the value set has already, for the same code.
void warn_of_known_words(const WordsSpec& spec, const model::ValueSets& sets, Problems& problems) {
  const auto* set = sets.find(spec.value_set.text);
  if (set == nullptr) return;
  Words own("mapping.word_repeated", problems);
  for (const auto& [code, words] : spec.codes)
    for (const auto& word : words) {
      const auto meaning = set->look_up(base::fold_width(word.text));
      if (meaning.found != nullptr && meaning.found->code == code.text)
        problems.warning(word.mark, "mapping.word_known_already",
                         {{"word", word.text}, {"value_set", set->id()}, {"code", code.text}});
      own.add(word, set->id(), as_compared(word));
    }
}

}  // namespace

void warn_of_unreachable(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
                         Problems& problems) {
  warn_of_conditions(spec, compiled, problems);
  Words skipped("mapping.skip_repeated", problems);
  for (const auto& skip : spec.skips)
    for (const auto& word : skip.words) skipped.add(word, skip.column.text, as_compared(word));
  for (const auto& rule : spec.rules) warn_of_rule(rule, problems);
  for (const auto& group : spec.groups)
    for (const auto& rule : group.rules) warn_of_rule(rule, problems);
  for (const auto& words : spec.words) warn_of_known_words(words, *context.value_sets, problems);
}

}  // namespace musubi::mapping
