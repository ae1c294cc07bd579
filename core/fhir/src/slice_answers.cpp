// What tells slices apart: each discriminator is answered from what the slice says at the end of its path.
#include <algorithm>

#include "plan_builder.h"

namespace musubi::fhir {
namespace {

using Steps = std::span<const Step>;

// ---- inside a value of the definition

void collect(const Wanted& value, Steps steps, std::vector<Wanted>& found) {
  if (steps.empty()) return found.push_back(value);
  if (steps.front().kind != Step::Kind::element) return;
  for (const auto& child : value.resource->children(*value.node))
    if (child.name == steps.front().text) collect({value.resource, &child}, steps.subspan(1), found);
}

Answer answer_in(const Wanted& value, Steps steps, Answer::Kind kind) {
  Answer answer;
  collect(value, steps, answer.wanted);
  if (!answer.wanted.empty()) answer.kind = kind;
  return answer;
}

// ---- at an element

bool holds_values(const ElementPlan& plan) {
  const auto has_value = [](const ElementPlan& each) {
    return each.fixed || each.pattern || (each.binding && each.binding.is_required) || holds_values(each);
  };
  const auto is_needed = [&](const ElementPlan& slice) { return slice.minimum > 0 && has_value(slice); };
  return std::ranges::any_of(plan.children, has_value) || std::ranges::any_of(plan.slices, is_needed);
}

Answer value_at(const ElementPlan& plan) {
  Answer answer;
  if (plan.binding && plan.binding.is_required) {
    answer.kind = Answer::Kind::binding;
    answer.binding = plan.binding;
  }
  if (holds_values(plan)) {
    answer.kind = Answer::Kind::shape;
    answer.shape = &plan;
  }
  return answer;
}

Answer answer_at(const ElementPlan& plan, Discriminator::Kind kind) {
  Answer answer;
  if (kind == Discriminator::Kind::value) return value_at(plan);
  if (kind == Discriminator::Kind::exists) {
    if (plan.minimum == 0 && plan.maximum != 0) return answer;
    answer.kind = Answer::Kind::exists;
    answer.exists = plan.maximum != 0;
  } else if (kind == Discriminator::Kind::profile && plan.types.size() == 1 &&
             !plan.types.front().profiles.empty()) {
    answer.kind = Answer::Kind::profile;
    answer.profile = plan.types.front().profiles.front();
  } else if (!plan.own_types.empty()) {
    answer.kind = Answer::Kind::types;
    answer.types = plan.own_types;
  }
  return answer;
}

Answer answer_from(const ElementPlan& plan, Steps steps, Discriminator::Kind kind);

Answer answer_of_slices(const ElementPlan& child, std::string_view extension, Steps rest,
                        Discriminator::Kind kind) {
  for (const auto& slice : child.slices) {
    if (!extension.empty() && slice.extension_url != extension) continue;
    if (auto answer = answer_from(slice, rest, kind); answer.kind != Answer::Kind::unknown) return answer;
  }
  return {};
}

/// What is demanded of the things below `plan` that a step names.
Answer answer_below(const ElementPlan& plan, Steps steps, Discriminator::Kind kind) {
  const auto& step = steps.front();
  const bool by_url = step.kind == Step::Kind::extension;
  const auto child = std::ranges::find(plan.children, by_url ? "extension" : step.text, &ElementPlan::name);
  if (child == plan.children.end()) return {};
  const auto rest = steps.subspan(1);
  if (by_url) return answer_of_slices(*child, step.text, rest, kind);
  if (child->fixed || child->pattern) return answer_from(*child, rest, kind);
  auto answer = answer_of_slices(*child, {}, rest, kind);
  return answer.kind == Answer::Kind::unknown ? answer_from(*child, rest, kind) : answer;
}

Answer answer_by_profile(const ElementPlan& plan, Steps steps, Discriminator::Kind kind) {
  if (plan.types.size() != 1 || plan.types.front().profiles.empty()) return {};
  return answer_from(plan.types.front().profiles.front()->root, steps, kind);
}

Answer answer_from(const ElementPlan& plan, Steps steps, Discriminator::Kind kind) {
  Answer answer;
  if (kind == Discriminator::Kind::value) {
    if (plan.fixed) return answer_in(plan.fixed, steps, Answer::Kind::fixed);
    if (plan.pattern) answer = answer_in(plan.pattern, steps, Answer::Kind::pattern);
    if (answer.kind != Answer::Kind::unknown) return answer;
    if (steps.size() == 1 && steps.front().text == "url" && !plan.extension_url.empty()) {
      answer.kind = Answer::Kind::text;
      answer.text = plan.extension_url;
      return answer;
    }
  }
  if (steps.empty()) {
    answer = answer_at(plan, kind);
  } else if (steps.front().kind == Step::Kind::resolve && steps.size() == 1) {
    if (plan.own_targets.empty()) return answer;
    answer.kind = Answer::Kind::types;
    answer.types = plan.own_targets;
    return answer;
  } else if (steps.front().kind == Step::Kind::of_type) {
    return answer_from(plan, steps.subspan(1), kind);
  } else {
    answer = answer_below(plan, steps, kind);
  }
  return answer.kind == Answer::Kind::unknown ? answer_by_profile(plan, steps, kind) : answer;
}

const ElementPlan* find_child(const ElementPlan* plan, const ElementPlan& like) {
  if (plan == nullptr) return nullptr;
  const auto found = std::ranges::find(plan->children, like.element, &ElementPlan::element);
  return found == plan->children.end() ? nullptr : &*found;
}

const ElementPlan* find_slice(const ElementPlan* plan, const ElementPlan& like) {
  if (plan == nullptr) return nullptr;
  const auto found = std::ranges::find(plan->slices, like.slice, &ElementPlan::slice);
  return found == plan->slices.end() ? nullptr : &*found;
}

void answer_slice(ElementPlan& slice, const Slicing& slicing, const ElementPlan* inherited) {
  for (const auto& each : slicing.discriminators) {
    slice.answers.push_back(answer_from(slice, each.steps, each.kind));
    if (slice.answers.back().kind != Answer::Kind::unknown) continue;
    if (inherited != nullptr && inherited->answers.size() == slicing.discriminators.size()) {
      slice.answers.back() = inherited->answers[slice.answers.size() - 1];
      continue;
    }
    return slice.answers.clear();
  }
}

/// Extensions are told apart by their url, whether the profile says so or not.
bool is_by_url(const ElementPlan& plan) {
  return plan.name == "extension" || plan.name == "modifierExtension";
}

}  // namespace

void answer_discriminators(ElementPlan& plan, const ElementPlan* inherited) {
  if (!plan.slices.empty() && plan.slicing.discriminators.empty()) {
    if (inherited != nullptr && !inherited->slicing.discriminators.empty())
      plan.slicing = inherited->slicing;
    else if (is_by_url(plan))
      plan.slicing.discriminators = {{Discriminator::Kind::value, read_steps("url"), "url"}};
  }
  plan.slicing.is_complete = true;
  for (auto& slice : plan.slices) {
    const auto* before = find_slice(inherited, slice);
    answer_discriminators(slice, before);
    answer_slice(slice, plan.slicing, before);
    plan.slicing.is_complete &= !slice.answers.empty();
  }
  for (auto& child : plan.children) answer_discriminators(child, find_child(inherited, child));
}

namespace {

std::string_view without_quotes(std::string_view text) {
  constexpr std::string_view kQuotes = "'\"";
  const auto first = text.find_first_not_of(kQuotes);
  return first == text.npos ? std::string_view()
                            : text.substr(first, text.find_last_not_of(kQuotes) + 1 - first);
}

/// The dot after the first step; brackets may hold dots.
std::size_t end_of_step(std::string_view path) {
  const auto end = path.find_first_of(".(");
  if (end == path.npos || path[end] == '.') return end;
  const auto closing = path.find(')', end);
  return closing == path.npos ? closing : path.find('.', closing);
}

Step read_step(std::string_view text) {
  const auto open = text.find('(');
  if (open == text.npos) return {Step::Kind::element, std::string(text.substr(0, text.find("[x]")))};
  const auto name = text.substr(0, open);
  const auto argument = text.substr(open + 1, text.rfind(')') - open - 1);
  return {name == "resolve"     ? Step::Kind::resolve
          : name == "extension" ? Step::Kind::extension
                                : Step::Kind::of_type,
          std::string(without_quotes(argument))};
}

}  // namespace

std::vector<Step> read_steps(std::string_view path) {
  std::vector<Step> steps;
  while (!path.empty()) {
    const auto end = end_of_step(path);
    if (const auto step = path.substr(0, end); step != "$this") steps.push_back(read_step(step));
    path = end == path.npos ? std::string_view() : path.substr(end + 1);
  }
  return steps;
}

}  // namespace musubi::fhir
