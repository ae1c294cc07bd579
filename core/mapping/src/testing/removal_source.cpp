#include "removal_source.h"

#include <algorithm>

#include "plan_text.h"

namespace musubi::mapping {

Source::Source(const Mapping& mapping, const std::string& shown_name)
    : context(mapping.context()),
      inherited(read_text(mapping.text(), shown_name, context, problems)),
      value_sets(mapping.value_sets()),
      plan(plan_text(mapping.parts())) {
  const auto usual = [](const Rule& rule) { return rule.usual_absents != nullptr; };
  const auto& compiled = mapping.parts().compiled;
  uses_usual_words = std::ranges::any_of(compiled.rules, usual) ||
                     std::ranges::any_of(compiled.groups, [&](const Group& group) {
                       return std::ranges::any_of(group.rules, usual);
                     });
}

Remainder Source::compiled(const Inherited& changed, const Context& with, bool always_counts) const {
  base::Problems found;
  auto parts = compile(changed, with, found);
  if (found.has_errors()) return {};
  if (!always_counts && plan_text(*parts) == plan) return {.loads = true};
  return {true, Mapping::of(std::move(parts))};
}

}  // namespace musubi::mapping
