#include "profile_walk.h"

#include <algorithm>
#include <utility>

#include "definition_nodes.h"
#include "profile_values.h"

namespace musubi::fhir {

using fhirpath::kNoType;
using fhirpath::TypeIndex;

namespace {

class NoTrace final : public fhirpath::TraceSink {
 public:
  void trace(std::string_view, std::span<const fhirpath::Value>) noexcept override {}
};
NoTrace no_trace;

/// Deeper than any resource that can be read.
constexpr int kDeepest = 200;

}  // namespace

ProfileWalk::ProfileWalk(Issues& issues)
    : issues_(issues),
      resource_(issues.resource()),
      model_(*issues.resource().model()),
      targets_(issues.resource()) {}

void ProfileWalk::apply(const Node& node, const ProfilePlan& plan, Severity worst) {
  worst_ = worst;
  follow(node, plan);
}

void ProfileWalk::follow(const Node& node, const ProfilePlan& plan) {
  if (depth_ > kDeepest) return;
  ++depth_;
  const auto* before = std::exchange(profile_, &plan);
  if (plan.base != nullptr) follow(node, *plan.base);
  profile_ = &plan;
  look_at(node, plan.root);
  profile_ = before;
  --depth_;
}

bool ProfileWalk::keeps(const Node& node, const ProfilePlan& plan) {
  const bool silent = std::exchange(silent_, true);
  const bool failed = std::exchange(failed_, false);
  follow(node, plan);
  silent_ = silent;
  return !std::exchange(failed_, failed);
}

void ProfileWalk::tell(Severity severity, IssueType type, std::string_view message, const Node& node,
                       const ElementPlan& plan, Arguments arguments, std::string_view below,
                       std::string_view rule) {
  if (silent_) {
    failed_ |= severity == Severity::error;
    return;
  }
  const auto same = [&](const Told& each) {
    return each.message == message && each.slice == plan.slice && each.rule == rule && each.worst <= worst_ &&
           each.below == below;
  };
  auto& told = told_[&node];
  if (std::ranges::any_of(told, same)) return;
  told.push_back({message, plan.slice, rule, std::string(below), worst_});
  issues_.add(std::max(severity, worst_), type,
              base::Error(base::ErrorKind::bad_input, message, arguments)
                  .with("profile", profile_->url)
                  .with("element", plan.place),
              node, below);
}

// ---- one element

void ProfileWalk::look_at(const Node& node, const ElementPlan& plan) {
  if (silent_ && failed_) return;
  if (plan.fixed && !is_fixed(resource_, node, plan.fixed))
    tell(Severity::error, IssueType::value, "fhir.profile_fixed", node, plan,
         {{"wanted", std::string(plan.fixed.node->text)}});
  if (plan.pattern && !has_pattern(resource_, node, plan.pattern))
    tell(Severity::error, IssueType::value, "fhir.profile_pattern", node, plan);
  if (!plan.types.empty()) look_at_types(node, plan);
  if (plan.binding) look_at_binding(node, plan);
  if (!plan.invariants.empty()) look_at_invariants(node, plan);
  look_at_children(node, plan);
  if (plan.content != nullptr) look_at_children(node, *plan.content);
}

void ProfileWalk::look_at_children(const Node& node, const ElementPlan& plan) {
  for (const auto& each : plan.children) look_at_group(node, each);
}

void ProfileWalk::look_at_group(const Node& parent, const ElementPlan& plan) {
  std::uint32_t count = 0;
  for (const auto& child : resource_.children(parent)) {
    if (child.element != plan.element) continue;
    ++count;
    look_at(child, plan);
  }
  look_at_count(parent, plan, count);
  if (!plan.slices.empty()) look_at_slices(parent, plan);
}

void ProfileWalk::look_at_count(const Node& parent, const ElementPlan& plan, std::uint32_t count) {
  if (count >= plan.minimum && count <= plan.maximum) return;
  const bool is_slice = !plan.slice.empty();
  const base::MessageArgument minimum{"minimum", std::to_string(plan.minimum)};
  const base::MessageArgument maximum{"maximum", std::to_string(plan.maximum)};
  if (count < plan.minimum)
    return tell(Severity::error, IssueType::required,
                is_slice     ? "fhir.profile_slice_missing"
                : count == 0 ? "fhir.profile_element_missing"
                             : "fhir.profile_too_few",
                parent, plan, {minimum, {"slice", plan.slice}}, plan.name);
  tell(Severity::error, IssueType::structure,
       plan.maximum == 0 ? "fhir.profile_not_allowed" : "fhir.profile_too_many", parent, plan, {maximum},
       plan.name);
}

// ---- types and profiles of one element

void ProfileWalk::look_at_types(const Node& node, const ElementPlan& plan) {
  if (node.type == kNoType) return;
  const auto rule = std::ranges::find_if(
      plan.types, [&](const TypeRule& each) { return model_.is_a(node.type, each.type); });
  if (rule == plan.types.end())
    return tell(Severity::error, IssueType::structure, "fhir.profile_type", node, plan,
                {{"type", std::string(model_.type(node.type).name)}});
  if (!rule->profiles.empty()) look_at_profiles(node, plan, *rule);
  if (!rule->targets.empty()) look_at_target(node, plan, *rule);
}

void ProfileWalk::look_at_profiles(const Node& node, const ElementPlan& plan, const TypeRule& rule) {
  if (rule.profiles.size() == 1) return follow(node, *rule.profiles.front());
  if (!std::ranges::any_of(rule.profiles, [&](const ProfilePlan* each) { return keeps(node, *each); }))
    tell(Severity::error, IssueType::structure, "fhir.profile_none_kept", node, plan);
}

void ProfileWalk::look_at_target(const Node& node, const ElementPlan& plan, const TypeRule& rule) {
  const auto type = targets_.of(node).type;
  if (type == kNoType) return;
  const bool fits =
      std::ranges::any_of(rule.targets, [&](TypeIndex target) { return model_.is_a(type, target); });
  if (!fits)
    tell(Severity::error, IssueType::structure, "fhir.profile_target", node, plan,
         {{"type", std::string(model_.type(type).name)}});
}

void ProfileWalk::look_at_binding(const Node& node, const ElementPlan& plan) {
  bool is_coded = false;
  const auto found = membership_of(resource_, node, *plan.binding.set, is_coded);
  if (found != Membership::other) return;
  if (!is_coded && !plan.binding.is_required) return;
  const base::MessageArgument set{"value_set", plan.binding.set->url};
  if (plan.binding.is_required)
    tell(Severity::error, IssueType::code_invalid,
         is_coded ? "fhir.profile_code" : "fhir.profile_code_missing", node, plan, {set});
  else
    tell(Severity::warning, IssueType::code_invalid, "fhir.profile_code_other", node, plan, {set});
}

void ProfileWalk::look_at_invariants(const Node& node, const ElementPlan& plan) {
  if (!evaluation_) evaluation_.emplace(fhirpath::Services{.trace = &no_trace});
  for (const auto& each : plan.invariants) {
    const auto result = evaluation_->run(each.expression, resource_, node);
    const base::MessageArgument key{"key", each.key};
    if (result.has_error()) {
      tell(Severity::warning, IssueType::exception, "fhir.invariant_not_judged", node, plan, {key});
      continue;
    }
    if (result->empty() || fhirpath::holds(*result)) continue;
    tell(each.is_error ? Severity::error : Severity::warning, IssueType::invariant, "fhir.profile_invariant",
         node, plan, {key, {"rule", each.human}}, {}, each.key);
  }
}

}  // namespace musubi::fhir
