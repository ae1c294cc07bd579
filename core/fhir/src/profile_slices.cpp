// Slicing: which slice an item belongs to, how many each has, and in what order.
#include <algorithm>

#include "definition_nodes.h"
#include "profile_values.h"
#include "profile_walk.h"

namespace musubi::fhir {

using fhirpath::kNoType;
using fhirpath::TypeIndex;

void ProfileWalk::look_at_slices(const Node& parent, const ElementPlan& plan) {
  const auto first = counts_.size();
  counts_.resize(first + plan.slices.size());
  std::size_t last_slice = 0;
  bool others_began = false;
  for (const auto& child : resource_.children(parent)) {
    if (child.element != plan.element) continue;
    const auto place = slice_of(child, plan);
    if (place == plan.slices.size()) {
      others_began = true;
      if (plan.slicing.rules == SlicingRules::closed && plan.slicing.is_complete)
        tell(Severity::error, IssueType::structure, "fhir.profile_slice_closed", child, plan);
      else
        tell_undecided(child, plan);
      continue;
    }
    ++counts_[first + place];
    if (plan.slicing.rules == SlicingRules::open_at_end && others_began && plan.slicing.is_complete)
      tell(Severity::error, IssueType::structure, "fhir.profile_slice_at_end", child, plan.slices[place]);
    if (plan.slicing.is_ordered && place < last_slice)
      tell(Severity::error, IssueType::structure, "fhir.profile_slice_order", child, plan.slices[place]);
    last_slice = std::max(last_slice, place);
    look_at(child, plan.slices[place]);
  }
  for (std::size_t place = 0; place < plan.slices.size(); ++place)
    if (!plan.slices[place].answers.empty())
      look_at_count(parent, plan.slices[place], counts_[first + place]);
  counts_.resize(first);
}

/// Which one; their number: none.
std::size_t ProfileWalk::slice_of(const Node& node, const ElementPlan& plan) {
  const auto found = std::ranges::find_if(
      plan.slices, [&](const ElementPlan& each) { return belongs(node, each, plan.slicing); });
  return static_cast<std::size_t>(found - plan.slices.begin());
}

bool ProfileWalk::belongs(const Node& node, const ElementPlan& slice, const Slicing& slicing) {
  if (slice.answers.empty() || slice.answers.size() != slicing.discriminators.size()) return false;
  for (std::size_t place = 0; place < slice.answers.size(); ++place) {
    const auto& answer = slice.answers[place];
    const auto& steps = slicing.discriminators[place].steps;
    const bool fits = answer.kind == Answer::Kind::exists ? is_empty_at(node, steps) != answer.exists
                                                          : answers(node, steps, answer);
    if (!fits) return false;
  }
  return true;
}

bool ProfileWalk::answers(const Node& node, std::span<const Step> steps, const Answer& answer) {
  if (steps.empty()) return answers_here(node, answer);
  const auto& step = steps.front();
  const auto rest = steps.subspan(1);
  if (step.kind == Step::Kind::of_type)
    return node.type != kNoType && model_.type(node.type).name == step.text && answers(node, rest, answer);
  if (step.kind == Step::Kind::resolve) {
    const auto target = targets_.of(node);
    if (rest.empty() && answer.kind == Answer::Kind::types)
      return target.type != kNoType && std::ranges::any_of(answer.types, [&](TypeIndex type) {
               return model_.is_a(target.type, type);
             });
    return target.node != nullptr && answers(*target.node, rest, answer);
  }
  return std::ranges::any_of(resource_.children(node), [&](const Node& child) {
    if (step.kind == Step::Kind::element) return child.name == step.text && answers(child, rest, answer);
    return child.name == "extension" && text_at(resource_, child, "url") == step.text &&
           answers(child, rest, answer);
  });
}

bool ProfileWalk::answers_here(const Node& node, const Answer& answer) {
  const auto one = [&](const auto& test) {
    return std::ranges::any_of(answer.wanted,
                               [&](const Wanted& each) { return test(resource_, node, each); });
  };
  switch (answer.kind) {
    case Answer::Kind::fixed:
      return one(is_fixed);
    case Answer::Kind::pattern:
      return one(has_pattern);
    case Answer::Kind::text:
      return node.text == answer.text;
    case Answer::Kind::shape:
      return has_shape(resource_, node, *answer.shape);
    case Answer::Kind::binding: {
      bool is_coded = false;
      return membership_of(resource_, node, *answer.binding.set, is_coded) != Membership::other;
    }
    case Answer::Kind::types:
      return node.type != kNoType &&
             std::ranges::any_of(answer.types, [&](TypeIndex type) { return model_.is_a(node.type, type); });
    case Answer::Kind::profile:
      return keeps(node, *answer.profile);
    case Answer::Kind::exists:
    case Answer::Kind::unknown:
      break;
  }
  return false;
}

bool ProfileWalk::is_empty_at(const Node& node, std::span<const Step> steps) {
  if (steps.empty()) return false;
  const auto& step = steps.front();
  if (step.kind == Step::Kind::resolve) {
    const auto* target = targets_.of(node).node;
    return target == nullptr || is_empty_at(*target, steps.subspan(1));
  }
  if (step.kind == Step::Kind::of_type) return is_empty_at(node, steps.subspan(1));
  const auto name = step.kind == Step::Kind::element ? std::string_view(step.text) : "extension";
  return std::ranges::none_of(resource_.children(node), [&](const Node& child) {
    if (child.name != name) return false;
    if (step.kind == Step::Kind::extension && text_at(resource_, child, "url") != step.text) return false;
    return !is_empty_at(child, steps.subspan(1));
  });
}

namespace {

bool names_elements(const Discriminator& discriminator) {
  return discriminator.kind == Discriminator::Kind::value &&
         std::ranges::all_of(discriminator.steps,
                             [](const Step& each) { return each.kind == Step::Kind::element; });
}

}  // namespace

/// An item that lacks what tells slices apart belongs to none: who reads it cannot know what it is.
void ProfileWalk::tell_undecided(const Node& node, const ElementPlan& plan) {
  for (const auto& each : plan.slicing.discriminators)
    if (names_elements(each) && is_empty_at(node, each.steps))
      return tell(Severity::information, IssueType::value, "fhir.profile_slice_undecided", node, plan,
                  {{"discriminator", each.path}});
}

}  // namespace musubi::fhir
