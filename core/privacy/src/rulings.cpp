#include "rulings.h"

#include <algorithm>
#include <utility>

namespace musubi::privacy {
namespace {

constexpr std::size_t kPlansRemembered = 64;

std::shared_ptr<const model::RecordLayout> disclosed_layout(const model::RecordLayout& source,
                                                            std::vector<model::FieldNumber> fields) {
  auto layout = model::make_layout(source.catalogue, source.kind, std::move(fields));
  layout.rules = source.rules;
  layout.mapping = source.mapping;
  layout.mapping_version = source.mapping_version;
  layout.mapping_digest = source.mapping_digest;
  return std::make_shared<const model::RecordLayout>(std::move(layout));
}

std::shared_ptr<const Plan> make_plan(const CompiledRequest& request, SegmentRange range,
                                      const model::RecordLayout& source) {
  auto plan = std::make_shared<Plan>();
  plan->range = range;
  std::vector<model::FieldNumber> fields;
  bool something = false;
  for (std::size_t slot = 0; slot < source.slots.size(); ++slot) {
    const auto field = source.slots[slot];
    auto value = plan_value(request, range, *source.catalogue, source.catalogue->at(field));
    if (value.treatment == Treatment::withhold) continue;
    fields.push_back(field);
    plan->rules.push_back(rule_of(request.decision(range, field)));
    plan->plain = plan->plain && value.copies();
    something = something || value.treatment != Treatment::mask;
    plan->slots.push_back({slot, std::move(value)});
  }
  if (something) plan->layout = disclosed_layout(source, std::move(fields));
  return plan;
}

}  // namespace

std::string rule_of(const FieldDecision& decision) {
  return decision.rule == nullptr ? std::string(kDefaultDeny) : decision.rule->id;
}

std::shared_ptr<const Plan> Rulings::plan_for(const std::shared_ptr<const model::RecordLayout>& source,
                                              SegmentRange range) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(
      known_, [&](const Known& each) { return each.source == source && each.plan->range == range; });
  if (found != known_.end()) return found->plan;
  if (known_.size() == kPlansRemembered) known_.pop_front();
  return known_.emplace_back(Known{source, make_plan(compiled_, range, *source)}).plan;
}

}  // namespace musubi::privacy
