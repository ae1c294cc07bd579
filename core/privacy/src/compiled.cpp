#include "compiled.h"

#include <algorithm>

namespace musubi::privacy {
namespace {

std::vector<Day> cuts(std::span<const AppliedRule> rules) {
  std::vector<Day> days{kDawn};
  for (const auto& each : rules) {
    days.push_back(each.rule->in_force.from);
    if (each.rule->in_force.to != kForever) days.push_back(each.rule->in_force.to);
  }
  std::ranges::sort(days);
  const auto repeated = std::ranges::unique(days);
  days.erase(repeated.begin(), repeated.end());
  return days;
}

/// Those that answer the request, the weakest first; among equals the one read first comes last and so stays.
std::vector<AppliedRule> by_strength(std::span<const AppliedRule> rules, const Request& request) {
  std::vector<AppliedRule> chosen;
  for (const auto& each : rules)
    if (each.rule->answers(request)) chosen.push_back(each);
  std::ranges::reverse(chosen);
  std::ranges::stable_sort(chosen, {}, &AppliedRule::precedence);
  return chosen;
}

FieldDecision stricter(const FieldDecision& left, const FieldDecision& right) {
  if (left.treatment == right.treatment && left.generalisation != right.generalisation) return {};
  return right.treatment < left.treatment ? right : left;
}

}  // namespace

CompiledRequest::CompiledRequest(std::span<const AppliedRule> rules, const Request& request,
                                 std::size_t fields) {
  const auto chosen = by_strength(rules, request);
  starts_ = cuts(chosen);
  decisions_.assign(starts_.size(), std::vector<FieldDecision>(fields));
  for (const auto& each : chosen) paint(each);
}

void CompiledRequest::paint(const AppliedRule& applied) {
  const Rule& rule = *applied.rule;
  for (std::size_t segment = 0; segment < starts_.size(); ++segment) {
    if (!rule.in_force.holds(starts_[segment])) continue;
    for (std::size_t field = 0; field < rule.covers.size(); ++field) {
      if (rule.covers[field])
        decisions_[segment][field] = {treatment_of(rule.effect), rule.generalisation, &rule};
    }
  }
}

std::uint32_t CompiledRequest::segment_of(Day day) const noexcept {
  const auto after = std::ranges::upper_bound(starts_, day);
  return static_cast<std::uint32_t>(after - starts_.begin() - 1);
}

FieldDecision CompiledRequest::decision(SegmentRange range, model::FieldNumber field) const noexcept {
  if (field >= decisions_[range.first].size()) return {};
  FieldDecision strictest = decisions_[range.first][field];
  for (auto segment = range.first + 1; segment <= range.last; ++segment)
    strictest = stricter(strictest, decisions_[segment][field]);
  return strictest;
}

}  // namespace musubi::privacy
