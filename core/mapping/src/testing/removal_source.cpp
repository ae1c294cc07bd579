#include "removal_source.h"

#include <algorithm>
#include <set>

#include "plan_text.h"
#include "value_sets_used.h"

namespace musubi::mapping {

namespace {

/// Ids of the value sets that rules of a kind look words up in.
std::set<std::string> sets_of(const std::vector<const Rule*>& rules, bool constants) {
  std::set<std::string> ids;
  for (const auto* rule : rules)
    if (rule->conversion.value_set != nullptr && (rule->source == RuleSource::constant) == constants)
      ids.insert(rule->conversion.value_set->id());
  return ids;
}

std::vector<const Rule*> all_rules(const CompiledRules& compiled) {
  std::vector<const Rule*> all;
  for (const auto& rule : compiled.rules) all.push_back(&rule);
  for (const auto& group : compiled.groups)
    for (const auto& rule : group.rules) all.push_back(&rule);
  return all;
}

}  // namespace

Source::Source(const Mapping& mapping, const std::string& shown_name)
    : context(mapping.context()),
      inherited(read_text(mapping.text(), shown_name, context, problems)),
      value_sets(value_sets_used(mapping.parts(), UsedFor::words)),
      plan(plan_text(mapping.parts())) {
  reads = mapping.head().writes == Writes::nothing;
  const auto rules = all_rules(mapping.parts().compiled);
  uses_usual_words =
      std::ranges::any_of(rules, [](const Rule* rule) { return rule->usual_absents != nullptr; });
  const auto of_constants = sets_of(rules, true), of_others = sets_of(rules, false);
  std::erase_if(value_sets,
                [&](const std::string& id) { return of_constants.contains(id) && !of_others.contains(id); });
}

Remainder Source::compiled(const Inherited& changed, const Context& with, bool always_counts) const {
  base::Problems found;
  auto parts = compile(changed, with, found);
  if (found.has_errors()) return {};
  if (!always_counts && plan_text(*parts) == plan) return {.loads = true};
  return {true, Mapping::of(std::move(parts))};
}

}  // namespace musubi::mapping
