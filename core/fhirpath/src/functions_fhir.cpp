// Functions FHIR R4 adds: extension(), hasValue(), getValue(), resolve(), memberOf(), conformsTo() and
// others.
#include "calls.h"
#include "functions.h"
#include "xhtml.h"

namespace musubi::fhirpath {
namespace {

constexpr std::string_view kDefinitions = "http://hl7.org/fhir/StructureDefinition/";

std::string_view child_text(const Resource& resource, const ResourceNode& node, std::string_view name) {
  const auto* child = resource.child(node, name);
  return child == nullptr ? std::string_view() : child->text;
}

bool push_extensions(Run& run, const Value& item, std::string_view url) {
  if (!item.is(ValueKind::node)) return true;
  const auto& resource = item.resource();
  for (const auto& child : resource.children(item.node())) {
    if (child.name == "extension" && child_text(resource, child, "url") == url &&
        !run.push(Value::of(&child, &resource)))
      return false;
  }
  return true;
}

}  // namespace

bool run_extension(Run& run, const Step& step) {
  Items items;
  MaybeText url;
  if (!eval_items(run, step, items) || !argument_text(run, step, 0, url)) return false;
  for (std::uint32_t index = 0; url.found && index < items.size(); ++index) {
    if (!push_extensions(run, *run.at(items.mark + index), url.value)) return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

namespace {

/// A simple value, or a node that has one.
bool has_simple_value(const Value& value) {
  return value.is(ValueKind::node) ? value.node().has_value()
                                   : !value.is(ValueKind::row) && !value.is(ValueKind::type);
}

}  // namespace

bool run_has_value(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  return answer(run, items.mark, items.size() == 1 && has_simple_value(*run.at(items.mark)));
}

bool run_get_value(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  if (items.size() != 1 || !has_simple_value(*run.at(items.mark))) return run.drop(items.mark), true;
  *run.at(items.mark) = run.system_value(*run.at(items.mark));
  return !run.failed();
}

namespace {

/// A contained resource by its id; "#" alone is the container.
const ResourceNode* find_contained(const Resource& resource, const ResourceNode& from, std::string_view id) {
  for (const auto* at = &resource.resource_of(from);; at = &resource.resource_of(resource[at->parent])) {
    if (id.empty()) return at;
    const auto* found = resource.contained_resource(*at, id);
    if (found != nullptr || at->parent == kNoNode) return found;
  }
}

/// Among the entries of the Bundles that `from` is in, the innermost first.
const ResourceNode* find_entry(const Resource& resource, const ResourceNode& from,
                               std::string_view reference) {
  const auto history = reference.find("/_history/");
  if (history != reference.npos) reference = reference.substr(0, history);
  for (const auto* at = &from;; at = &resource[at->parent]) {
    const bool is_bundle = at->type != kNoType && resource.model()->type(at->type).name == "Bundle";
    const auto* found = is_bundle ? resource.entry_resource(*at, reference) : nullptr;
    if (found != nullptr || at->parent == kNoNode) return found;
  }
}

std::string_view reference_in(Run& run, const Value& item) {
  if (item.is(ValueKind::node) && !item.node().has_value())
    return child_text(item.resource(), item.node(), "reference");
  const auto value = run.system_value(item);
  return value.is(ValueKind::string) ? value.text() : std::string_view();
}

bool push_resolved(Run& run, const Value& item) {
  const auto reference = reference_in(run, item);
  if (reference.empty()) return true;
  if (item.is(ValueKind::node)) {
    const auto& resource = item.resource();
    if (!run.count_steps()) return false;
    const auto* found = reference.front() == '#' ? find_contained(resource, item.node(), reference.substr(1))
                                                 : find_entry(resource, item.node(), reference);
    if (found != nullptr) return run.push(Value::of(found, &resource));
  }
  auto* resolver = run.services().resolver;
  const auto* found = resolver == nullptr ? nullptr : resolver->resolve(reference);
  return found == nullptr || run.push(Value::of(&found->root(), found));
}

}  // namespace

bool run_resolve(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!push_resolved(run, *run.at(items.mark + index))) return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

namespace {

bool terminology_missing(Run& run, const Step& step) {
  return run.fail(step, "fhirpath.run.terminology_missing", {{"name", std::string(step.name)}});
}

Code code_of(const Resource& resource, const ResourceNode& coding) {
  return {child_text(resource, coding, "system"), child_text(resource, coding, "code")};
}

/// A code, a Coding, or any Coding of a CodeableConcept in the value set.
std::optional<bool> is_member(Run& run, const Terminology& terminology, const Value& item,
                              std::string_view value_set) {
  const auto value = run.system_value(item);
  if (value.is(ValueKind::string)) return terminology.contains(value_set, {.code = value.text()});
  if (!value.is(ValueKind::node)) return false;
  const auto& resource = value.resource();
  if (resource.child(value.node(), "code") != nullptr)
    return terminology.contains(value_set, code_of(resource, value.node()));
  std::optional<bool> any = false;
  for (const auto& child : resource.children(value.node())) {
    if (child.name != "coding") continue;
    const auto one = terminology.contains(value_set, code_of(resource, child));
    if (one.value_or(false)) return true;
    if (!one) any = std::nullopt;
  }
  return any;
}

Code code_from(Run& run, const Value& item) {
  if (item.is(ValueKind::node) && !item.node().has_value()) return code_of(item.resource(), item.node());
  const auto value = run.system_value(item);
  return {.code = value.is(ValueKind::string) ? value.text() : std::string_view()};
}

bool push_subsumption(Run& run, const Step& step, bool input_is_general) {
  Items items;
  if (!eval_items(run, step, items) || !run.eval_argument(step, 0)) return false;
  const auto* terminology = run.services().terminology;
  if (terminology == nullptr) return terminology_missing(run, step);
  if (items.size() != 1 || run.count_from(items.begin) != 1) return run.drop(items.mark), true;
  auto general = code_from(run, *run.at(items.mark)), special = code_from(run, *run.at(items.begin));
  if (!input_is_general) std::swap(general, special);
  const auto known = terminology->subsumes(general, special);
  if (!known) return terminology_missing(run, step);
  return answer(run, items.mark, *known);
}

}  // namespace

bool run_member_of(Run& run, const Step& step) {
  Items items;
  MaybeText value_set;
  if (!eval_items(run, step, items) || !argument_text(run, step, 0, value_set)) return false;
  const auto* terminology = run.services().terminology;
  if (terminology == nullptr) return terminology_missing(run, step);
  if (items.size() != 1 || !value_set.found) return run.drop(items.mark), true;
  const auto known = is_member(run, *terminology, *run.at(items.mark), value_set.value);
  if (!known) return run.fail(step, "fhirpath.run.value_set_unknown");
  return answer(run, items.mark, *known);
}

bool run_subsumes(Run& run, const Step& step) { return push_subsumption(run, step, true); }
bool run_subsumed_by(Run& run, const Step& step) { return push_subsumption(run, step, false); }

/// Base types of the model only: profiles need a validator.
bool run_conforms_to(Run& run, const Step& step) {
  Items items;
  MaybeText url;
  if (!eval_items(run, step, items) || !argument_text(run, step, 0, url)) return false;
  if (!url.found || items.size() == 0) return run.drop(items.mark), true;
  const auto* model = run.plan().model;
  const auto type = model != nullptr && url.value.starts_with(kDefinitions)
                        ? model->find(url.value.substr(kDefinitions.size()))
                        : kNoType;
  if (type == kNoType) return run.fail(step, "fhirpath.run.profile_unknown");
  if (items.size() > 1) return run.fail(step, "fhirpath.run.single_expected", {{"name", "conformsTo"}});
  const auto item = *run.at(items.mark);
  return answer(
      run, items.mark,
      item.is(ValueKind::node) && item.node().type != kNoType && model->is_a(item.node().type, type));
}

bool run_html_checks(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  return run.push_boolean(input.value.is(ValueKind::string) && is_safe_xhtml(input.value.text()));
}

/// False where a modifier extension other than those named is there.
bool run_check_modifiers(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::size_t index = 0; index < step.argument_count; ++index) {
    if (!run.eval_argument(step, index)) return false;
  }
  const auto known = [&](std::string_view url) {
    for (const auto& each : run.from(items.begin)) {
      const auto value = run.system_value(each);
      if (value.is(ValueKind::string) && value.text() == url) return true;
    }
    return false;
  };
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    const auto item = *run.at(items.mark + index);
    if (!item.is(ValueKind::node)) continue;
    for (const auto& child : item.resource().children(item.node())) {
      if (child.name == "modifierExtension" && !known(child_text(item.resource(), child, "url"))) {
        return run.fail(step, "fhirpath.run.modifier");
      }
    }
  }
  run.drop(items.begin);
  return true;
}

}  // namespace musubi::fhirpath
