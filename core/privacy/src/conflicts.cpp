#include "tables.h"

namespace musubi::privacy {
namespace {

using model::FieldNumber;

bool meet(const std::string& left, const std::string& right) {
  return left == right || left == "*" || right == "*";
}

/// Forbidding rules never conflict: they win.
bool rank_alike(const AppliedRule& left, const AppliedRule& right) {
  return left.rule->effect != Effect::forbid && right.rule->effect != Effect::forbid &&
         left.precedence() == right.precedence();
}

bool treat_alike(const Rule& left, const Rule& right) {
  return left.effect == right.effect && left.generalisation == right.generalisation;
}

bool ask_alike(const Rule& left, const Rule& right) {
  return meet(left.recipient, right.recipient) && meet(left.purpose, right.purpose) &&
         meet(left.basis, right.basis) && left.in_force.overlaps(right.in_force);
}

FieldNumber first_in_both(const Rule& left, const Rule& right) {
  for (std::size_t field = 0; field < left.covers.size(); ++field)
    if (left.covers[field] && right.covers[field]) return static_cast<FieldNumber>(field);
  return model::kNoField;
}

base::Error quote(const Rule& rule) {
  return base::Error(base::ErrorKind::bad_configuration, "privacy.conflicting_rule",
                     {{"rule", rule.id},
                      {"effect", std::string(name_of(rule.effect))},
                      {"recipient", rule.recipient},
                      {"purpose", rule.purpose},
                      {"basis", rule.basis}})
      .at(rule.place);
}

base::Error conflict(const Rule& left, const Rule& right, const std::string& field) {
  return base::Error(base::ErrorKind::bad_configuration, "privacy.conflict",
                     {{"first", left.id}, {"second", right.id}})
      .at(right.place)
      .on_path(field)
      .because(quote(left).because(quote(right)));
}

}  // namespace

void ConflictFinder::compare(const AppliedRule& first, const AppliedRule& second, base::Problems& problems) {
  const Rule &left = *first.rule, &right = *second.rule;
  if (!rank_alike(first, second) || treat_alike(left, right) || !ask_alike(left, right)) return;
  const auto field = first_in_both(left, right);
  if (field == model::kNoField || !found_.emplace(&left, &right).second) return;
  problems.add(conflict(left, right, catalogue_.at(field).id));
}

void ConflictFinder::find(std::span<const AppliedRule> rules, base::Problems& problems) {
  for (std::size_t second = 1; second < rules.size(); ++second)
    for (std::size_t first = 0; first < second; ++first) compare(rules[first], rules[second], problems);
}

}  // namespace musubi::privacy
