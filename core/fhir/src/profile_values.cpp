#include "profile_values.h"

#include <algorithm>

#include "definition_nodes.h"

namespace musubi::fhir {

using fhirpath::Resource;
using fhirpath::ResourceNode;

bool is_fixed(const Resource& resource, const ResourceNode& node, const Wanted& wanted) noexcept {
  if (node.type != wanted.node->type && node.has_value() != wanted.node->has_value()) return false;
  if (node.text != wanted.node->text || node.child_count != wanted.node->child_count) return false;
  const auto mine = resource.children(node);
  const auto theirs = wanted.resource->children(*wanted.node);
  // Elements may be written in another order; those of one name may not.
  return std::ranges::all_of(theirs, [&](const ResourceNode& each) {
    std::size_t place = 0;
    for (const auto& brother : theirs)
      if (&brother < &each && brother.name == each.name) ++place;
    for (const auto& child : mine)
      if (child.name == each.name && place-- == 0) return is_fixed(resource, child, {wanted.resource, &each});
    return false;
  });
}

bool has_pattern(const Resource& resource, const ResourceNode& node, const Wanted& wanted) noexcept {
  if (wanted.node->has_value() && node.text != wanted.node->text) return false;
  const auto mine = resource.children(node);
  return std::ranges::all_of(wanted.resource->children(*wanted.node), [&](const ResourceNode& each) {
    return std::ranges::any_of(mine, [&](const ResourceNode& child) {
      return child.name == each.name && has_pattern(resource, child, {wanted.resource, &each});
    });
  });
}

namespace {

/// A system that is not there is none, where a code is told with its system.
Membership coding_in(const Resource& resource, const ResourceNode& coding, const ValueSet& set,
                     bool& is_coded) noexcept {
  const auto code = text_at(resource, coding, "code");
  if (code.empty()) return Membership::other;
  is_coded = true;
  const auto system = text_at(resource, coding, "system");
  return membership(set, system.empty() ? std::string_view("-") : system, code);
}

}  // namespace

Membership membership_of(const Resource& resource, const ResourceNode& node, const ValueSet& set,
                         bool& is_coded) noexcept {
  is_coded = false;
  if (node.has_value()) {
    is_coded = true;
    return membership(set, {}, node.text);
  }
  if (resource.child(node, "coding") == nullptr) return coding_in(resource, node, set, is_coded);
  auto found = Membership::other;
  for (const auto& child : resource.children(node)) {
    if (child.name != "coding") continue;
    const auto one = coding_in(resource, child, set, is_coded);
    if (one == Membership::member) return one;
    if (one == Membership::unknown) found = one;
  }
  return found;
}

namespace {

bool has_value_of(const Resource& resource, const ResourceNode& node, const ElementPlan& plan) noexcept {
  if (plan.fixed && !is_fixed(resource, node, plan.fixed)) return false;
  if (plan.pattern && !has_pattern(resource, node, plan.pattern)) return false;
  bool is_coded = false;
  if (plan.binding && plan.binding.is_required &&
      membership_of(resource, node, *plan.binding.set, is_coded) == Membership::other)
    return false;
  return has_shape(resource, node, plan);
}

bool demands_value(const ElementPlan& plan) noexcept {
  return plan.fixed || plan.pattern || (plan.binding && plan.binding.is_required) ||
         std::ranges::any_of(plan.children, demands_value);
}

}  // namespace

bool has_shape(const Resource& resource, const ResourceNode& node, const ElementPlan& shape) noexcept {
  const auto children = resource.children(node);
  const auto is_there = [&](const ElementPlan& plan) {
    return std::ranges::any_of(children, [&](const ResourceNode& child) {
      return child.element == plan.element && has_value_of(resource, child, plan);
    });
  };
  for (const auto& each : shape.children) {
    if (demands_value(each) && !is_there(each)) return false;
    for (const auto& slice : each.slices)
      if (slice.minimum > 0 && demands_value(slice) && !is_there(slice)) return false;
  }
  return true;
}

}  // namespace musubi::fhir
