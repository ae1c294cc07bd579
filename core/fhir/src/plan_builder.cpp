#include "plan_builder.h"

#include <algorithm>
#include <charconv>

#include "definition_nodes.h"
#include "musubi/fhir/r4_types.h"

namespace musubi::fhir {
namespace {

using fhirpath::BindingStrength;
using fhirpath::kNoType;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;

constexpr std::string_view kStandard = "http://hl7.org/fhir/StructureDefinition/";

/// Of elements; those of the standard are half as deep.
constexpr std::size_t kDeepest = 32;

std::string_view parent_of(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == path.npos ? std::string_view() : path.substr(0, dot);
}

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('.') + 1); }

std::string_view without_choice(std::string_view name) {
  constexpr std::string_view kChoice = "[x]";
  return name.ends_with(kChoice) ? name.substr(0, name.size() - kChoice.size()) : name;
}

std::size_t depth_of(std::string_view path) {
  return static_cast<std::size_t>(std::ranges::count(path, '.'));
}

/// "*" and what is not there are any.
std::uint32_t number_in(std::string_view text, std::uint32_t otherwise) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

/// What R4 or a package says the type of a profile is.
TypeIndex type_of_profile(const Profiles& profiles, std::string_view canonical) {
  const auto url = read_canonical(canonical).url;
  if (const auto* definition = profiles.definition(canonical); definition != nullptr)
    return r4_types().find(definition->type);
  return url.starts_with(kStandard) ? r4_types().find(url.substr(kStandard.size())) : kNoType;
}

/// Whether `plan` is `other`, or narrows it.
bool narrows(const ProfilePlan* plan, const ProfilePlan& other) {
  while (plan != nullptr && plan != &other) plan = plan->base;
  return plan != nullptr;
}

bool is_idle(const ElementPlan& plan) {
  return plan.minimum == 0 && plan.maximum == kAny && !plan.fixed && !plan.pattern && plan.types.empty() &&
         !plan.binding && plan.invariants.empty() && plan.children.empty() && plan.slices.empty() &&
         plan.content_reference.empty();
}

/// A slice that says nothing matters where others are counted, or none but the slices may be there.
bool slicing_matters(const ElementPlan& plan) {
  return plan.slicing.rules != SlicingRules::open || plan.slicing.is_ordered ||
         !std::ranges::all_of(plan.slices, is_idle);
}

}  // namespace

bool PlanBuilder::build() {
  auto resource = profiles_.packages().read(definition_);
  if (resource.has_error()) return false;
  plan_.definition = std::move(*resource);
  plan_.type = r4_types().find(definition_.type);
  if (plan_.type == kNoType) return false;
  read_header();
  if (definition_.derivation == "specialization") return true;  // R4 itself
  const auto& root = plan_.definition.root();
  const auto* view = plan_.definition.child(root, "snapshot");
  if (view == nullptr) {
    plan_.base = profiles_.find_locked(definition_.base);
    const bool is_endless = narrows(plan_.base, plan_);
    if (is_endless) plan_.base = nullptr;
    if (is_endless || type_of_profile(profiles_, definition_.base) == kNoType)
      plan_.not_judged.push_back(definition_.base);
    view = plan_.definition.child(root, "differential");
  }
  if (view == nullptr) return true;
  read_elements(*view);
  if (drafts_.empty()) return true;
  plan_.root = assembled(0);
  answer_discriminators(plan_.root, plan_.base == nullptr ? nullptr : &plan_.base->root);
  refer(plan_.root);
  return true;
}

void PlanBuilder::read_header() {
  plan_.url = definition_.url;
  plan_.version = definition_.version;
  each_at(plan_.definition, plan_.definition.root(), "context", [&](const ResourceNode& each) {
    const auto kind = text_at(plan_.definition, each, "type");
    plan_.contexts.push_back({kind == "extension"  ? ExtensionContext::Kind::extension
                              : kind == "fhirpath" ? ExtensionContext::Kind::expression
                                                   : ExtensionContext::Kind::element,
                              std::string(text_at(plan_.definition, each, "expression"))});
  });
}

void PlanBuilder::read_elements(const ResourceNode& view) {
  each_at(plan_.definition, view, "element", [&](const ResourceNode& each) { add_element(each); });
}

// ---- where an element stands

std::size_t PlanBuilder::add_draft(Draft draft) {
  drafts_.push_back(std::move(draft));
  return drafts_.size() - 1;
}

std::size_t PlanBuilder::child_of(std::size_t parent, std::string_view name) const {
  for (const auto each : drafts_[parent].children)
    if (drafts_[each].plan.name == name) return each;
  return kNone;
}

void PlanBuilder::add_element(const ResourceNode& node) {
  const auto path = text_at(plan_.definition, node, "path");
  const auto depth = depth_of(path);
  if (depth > kDeepest) return;
  if (depth == 0) {
    if (drafts_.empty()) {
      Draft root;
      root.path = path;
      root.inside = plan_.type;
      root.plan.place = path;
      add_draft(std::move(root));
      open_.assign(1, 0);
    }
    plan_.is_modifier = text_at(plan_.definition, node, "isModifier") == "true";
    return read_invariants(drafts_[0].plan, node);
  }
  const auto parent = parent_for(path);
  if (parent == kNone) return;
  auto place = place_in(parent, last_of(path), path);
  const auto slice = text_at(plan_.definition, node, "sliceName");
  const bool again = slice.find('/') != slice.npos;
  if (again) plan_.not_judged.emplace_back(slice);
  if (place == kNone || again) {
    open_.resize(depth);  // what is below it is passed by
    return;
  }
  if (!slice.empty() && drafts_[place].plan.slice.empty()) place = add_slice(place, slice);
  open_.resize(depth);
  open_.push_back(place);
  read_rules(drafts_[place], node);
}

/// The element that `path` is in, made where the definition leaves it out.
std::size_t PlanBuilder::parent_for(std::string_view path) {
  const auto wanted = parent_of(path);
  const auto depth = depth_of(path);
  if (drafts_.empty()) {
    Draft root;
    root.path = std::string(path.substr(0, path.find('.')));
    root.inside = plan_.type;
    root.plan.place = root.path;
    add_draft(std::move(root));
    open_.assign(1, 0);
  }
  if (open_.size() >= depth && drafts_[open_[depth - 1]].path == wanted) return open_[depth - 1];
  if (depth == 1) return 0;
  const auto above = parent_for(wanted);
  if (above == kNone) return kNone;
  const auto made = place_in(above, last_of(wanted), wanted);
  if (made == kNone) return kNone;
  open_.resize(depth - 1);
  open_.push_back(made);
  return made;
}

std::size_t PlanBuilder::place_in(std::size_t parent, std::string_view name, std::string_view path) {
  name = without_choice(name);
  if (const auto known = child_of(parent, name); known != kNone) return known;
  const auto inside = drafts_[parent].inside;
  if (inside == kNoType) return kNone;
  const auto* element = r4_types().find_element(inside, name);
  if (element == nullptr) return place_choice(parent, name, path);
  Draft draft;
  draft.path = path;
  draft.plan.element = element;
  draft.plan.name = name;
  draft.plan.place = drafts_[parent].plan.place + "." + std::string(name);
  const auto types = r4_types().types_of(*element);
  if (types.size() == 1) draft.inside = types.front().type;
  const auto place = add_draft(std::move(draft));
  drafts_[parent].children.push_back(place);
  return place;
}

/// "valueQuantity", the short form of a slice of value[x].
std::size_t PlanBuilder::place_choice(std::size_t parent, std::string_view name, std::string_view path) {
  const auto found = r4_types().find_in_document(drafts_[parent].inside, name);
  if (!found || found->chosen == kNoType) return kNone;
  const auto sliced = place_in(parent, found->element->name, path);
  if (sliced == kNone) return kNone;
  if (drafts_[sliced].slices.empty())
    drafts_[sliced].plan.slicing.discriminators = {{Discriminator::Kind::type, {}, "$this"}};
  const auto slice = add_slice(sliced, name);
  auto& draft = drafts_[slice];
  draft.path = path;
  draft.inside = found->chosen;
  draft.plan.own_types = {found->chosen};
  return slice;
}

std::size_t PlanBuilder::add_slice(std::size_t sliced, std::string_view slice) {
  for (const auto each : drafts_[sliced].slices)
    if (drafts_[each].plan.slice == slice) return each;
  Draft draft;
  draft.path = drafts_[sliced].path;
  draft.inside = drafts_[sliced].inside;
  draft.plan.element = drafts_[sliced].plan.element;
  draft.plan.name = drafts_[sliced].plan.name;
  draft.plan.slice = slice;
  draft.plan.place = drafts_[sliced].plan.place + ":" + std::string(slice);
  const auto place = add_draft(std::move(draft));
  drafts_[sliced].slices.push_back(place);
  return place;
}

// ---- what it demands

void PlanBuilder::read_rules(Draft& draft, const ResourceNode& node) {
  auto& plan = draft.plan;
  read_counts(plan, node);
  if (const auto* fixed = plan_.definition.child(node, "fixed"); fixed != nullptr)
    plan.fixed = {&plan_.definition, fixed};
  if (const auto* pattern = plan_.definition.child(node, "pattern"); pattern != nullptr)
    plan.pattern = {&plan_.definition, pattern};
  read_types(draft, node);
  read_binding(plan, node);
  read_invariants(plan, node);
  if (const auto* slicing = plan_.definition.child(node, "slicing"); slicing != nullptr)
    read_slicing(plan.slicing, *slicing);
  if (const auto text = text_at(plan_.definition, node, "contentReference"); !text.empty())
    plan.content_reference = text.substr(text.find('#') + 1);  // npos + 1 is 0
}

void PlanBuilder::read_counts(ElementPlan& plan, const ResourceNode& node) const {
  const bool is_slice = !plan.slice.empty();
  const std::uint32_t minimum = is_slice ? 0 : plan.element->minimum;
  const std::uint32_t maximum = is_slice || plan.element->many ? kAny : 1;
  const auto own_minimum = number_in(text_at(plan_.definition, node, "min"), 0);
  const auto own_maximum = number_in(text_at(plan_.definition, node, "max"), kAny);
  if (own_minimum > minimum) plan.minimum = own_minimum;
  if (own_maximum < maximum) plan.maximum = own_maximum;
}

void PlanBuilder::read_types(Draft& draft, const ResourceNode& node) {
  std::vector<TypeRule> rules;
  std::size_t said = 0;
  each_at(plan_.definition, node, "type", [&](const ResourceNode& each) {
    ++said;
    read_type(draft, each, rules);
  });
  auto& plan = draft.plan;
  for (const auto& each : rules) {
    plan.own_types.push_back(each.type);
    plan.own_targets.insert(plan.own_targets.end(), each.targets.begin(), each.targets.end());
  }
  if (rules.size() != said || rules.empty()) return;  // BackboneElement, the types of FHIRPath
  if (rules.size() == 1) draft.inside = rules.front().type;
  if (!says_as_r4(plan, rules)) plan.types = std::move(rules);
}

void PlanBuilder::read_type(Draft& draft, const ResourceNode& node, std::vector<TypeRule>& rules) {
  const auto code = text_at(plan_.definition, node, "code");
  TypeRule rule;
  rule.type = r4_types().find(code);
  if (rule.type == kNoType || code == "BackboneElement" || code == "Element") return;
  each_at(plan_.definition, node, "profile", [&](const ResourceNode& each) {
    // Extensions are judged by their own definitions wherever they stand.
    if (code == "Extension")
      draft.plan.extension_url = read_canonical(each.text).url;
    else if (const auto* profile = profiles_.find_locked(each.text); profile != nullptr)
      rule.profiles.push_back(profile);
  });
  each_at(plan_.definition, node, "targetProfile",
          [&](const ResourceNode& each) { rule.targets.push_back(type_of_profile(profiles_, each.text)); });
  if (std::ranges::find(rule.targets, kNoType) != rule.targets.end()) rule.targets.clear();  // not known
  rules.push_back(std::move(rule));
}

bool PlanBuilder::says_as_r4(const ElementPlan& plan, const std::vector<TypeRule>& rules) const {
  const auto types = r4_types().types_of(*plan.element);
  if (rules.size() < types.size()) return false;
  return std::ranges::all_of(rules, [&](const TypeRule& rule) {
    if (!rule.profiles.empty()) return false;
    const auto same = std::ranges::find(types, rule.type, &fhirpath::ElementType::type);
    if (same == types.end()) return false;
    const auto allowed = r4_types().targets_of(*same);
    const auto& targets = rule.targets;
    if (targets.empty()) return true;
    if (allowed.empty())
      return std::ranges::any_of(targets, [](TypeIndex type) { return r4_types().type(type).is_abstract; });
    return std::ranges::all_of(allowed, [&](TypeIndex each) {
      return std::ranges::any_of(targets, [&](TypeIndex type) { return r4_types().is_a(each, type); });
    });
  });
}

void PlanBuilder::read_binding(ElementPlan& plan, const ResourceNode& node) const {
  const auto* binding = plan_.definition.child(node, "binding");
  if (binding == nullptr) return;
  const auto strength = text_at(plan_.definition, *binding, "strength");
  const bool is_required = strength == "required";
  if (!is_required && strength != "extensible") return;
  const auto canonical = text_at(plan_.definition, *binding, "valueSet");
  const bool is_of_r4 = plan.element->strength == BindingStrength::required &&
                        r4_types().value_set_of(*plan.element) == read_canonical(canonical).url;
  if (is_of_r4) return;
  plan.binding = {profiles_.value_sets_.find(canonical), is_required};
}

void PlanBuilder::read_invariants(ElementPlan& plan, const ResourceNode& node) {
  each_at(plan_.definition, node, "constraint", [&](const ResourceNode& each) {
    const auto key = text_at(plan_.definition, each, "key");
    const bool is_of_r4 = std::ranges::find(invariants(), key, &Invariant::key) != invariants().end();
    const auto text = text_at(plan_.definition, each, "expression");
    if (is_of_r4 || text.empty()) return;
    auto compiled = fhirpath::Expression::compile(text, {.model = &r4_types()});
    if (compiled.has_error()) return plan_.not_judged.emplace_back(key), void();
    plan.invariants.push_back({std::string(key), std::string(text_at(plan_.definition, each, "human")),
                               std::move(*compiled),
                               text_at(plan_.definition, each, "severity") != "warning"});
  });
}

void PlanBuilder::read_slicing(Slicing& slicing, const ResourceNode& node) const {
  slicing.discriminators.clear();
  each_at(plan_.definition, node, "discriminator", [&](const ResourceNode& each) {
    using Kind = Discriminator::Kind;
    const auto kind = text_at(plan_.definition, each, "type");
    const auto path = text_at(plan_.definition, each, "path");
    slicing.discriminators.push_back({kind == "exists"    ? Kind::exists
                                      : kind == "type"    ? Kind::type
                                      : kind == "profile" ? Kind::profile
                                                          : Kind::value,
                                      read_steps(path), std::string(path)});
  });
  const auto rules = text_at(plan_.definition, node, "rules");
  slicing.rules = rules == "closed"      ? SlicingRules::closed
                  : rules == "openAtEnd" ? SlicingRules::open_at_end
                                         : SlicingRules::open;
  slicing.is_ordered = text_at(plan_.definition, node, "ordered") == "true";
}

// ---- the tree

/// Without what says no more than R4.
ElementPlan PlanBuilder::assembled(std::size_t draft) {
  auto plan = std::move(drafts_[draft].plan);
  for (const auto each : drafts_[draft].children) {
    auto child = assembled(each);
    if (!is_idle(child)) plan.children.push_back(std::move(child));
  }
  for (const auto each : drafts_[draft].slices) plan.slices.push_back(assembled(each));
  if (!plan.slices.empty() && !slicing_matters(plan)) plan.slices.clear();
  return plan;
}

namespace {

const ElementPlan* find_place(const ElementPlan& plan, std::string_view place) {
  if (plan.place == place) return &plan;
  for (const auto& each : plan.children)
    if (const auto* found = find_place(each, place); found != nullptr) return found;
  return nullptr;
}

}  // namespace

void PlanBuilder::refer(ElementPlan& plan) const {
  if (!plan.content_reference.empty()) plan.content = find_place(plan_.root, plan.content_reference);
  for (auto& each : plan.children) refer(each);
  for (auto& each : plan.slices) refer(each);
}

}  // namespace musubi::fhir
