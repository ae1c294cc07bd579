// children(), descendants(), trace(), defineVariable(), variables, now() and its kin: FHIRPath 2.0,
// sections 5.8, 5.9.
#include <array>

#include "calls.h"
#include "functions.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

bool push_all_children(Run& run, const Value& item) {
  if (!item.is(ValueKind::node)) return true;
  const auto& resource = item.resource();
  for (const auto& child : resource.children(item.node())) {
    if (!run.push(Value::of(&child, &resource))) return false;
  }
  return run.count_steps(item.node().child_count);
}

/// In the order of the document. As deep as the document, whose depth its reader has limited.
bool push_descendants(Run& run, const Value& item) {
  if (!item.is(ValueKind::node)) return true;
  const auto& resource = item.resource();
  for (const auto& child : resource.children(item.node())) {
    const auto value = Value::of(&child, &resource);
    if (!run.count_steps() || !run.push(value) || !push_descendants(run, value)) return false;
  }
  return true;
}

template <class Push>
bool for_each_item(Run& run, const Step& step, const Push& push) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!push(run, *run.at(items.mark + index))) return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

}  // namespace

bool run_children(Run& run, const Step& step) { return for_each_item(run, step, push_all_children); }
bool run_descendants(Run& run, const Step& step) { return for_each_item(run, step, push_descendants); }

bool run_trace(Run& run, const Step& step) {
  Items items;
  MaybeText name;
  if (!eval_items(run, step, items) || !argument_text(run, step, 0, name)) return false;
  auto* sink = run.services().trace;
  if (sink == nullptr) return true;
  if (step.argument_count == 1) {
    sink->trace(name.value, {run.at(items.mark), items.size()});
    return true;
  }
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!run.eval_argument_on(step, 1, frame_of(run, run.at(items.mark + index), index))) return false;
  }
  sink->trace(name.value, run.from(items.begin));
  run.drop(items.begin);
  return true;
}

bool run_now(Run& run, const Step&) { return run.push_date_time(run.now()); }
bool run_today(Run& run, const Step&) { return run.push(Value::of(date_of(run.now()))); }
bool run_time_of_day(Run& run, const Step&) { return run.push_time(time_of(run.now())); }

namespace {

struct KnownVariable {
  std::string_view name, value;
};
constexpr std::array kKnownVariables = {
    KnownVariable{"sct", "http://snomed.info/sct"},
    KnownVariable{"loinc", "http://loinc.org"},
    KnownVariable{"ucum", "http://unitsofmeasure.org"},
};

/// %context, %resource and %rootResource. nullopt: another name.
std::optional<bool> push_place(Run& run, std::string_view name) {
  const auto origin = run.origin();
  if (name == "context") return origin.empty() || run.push(origin.front());
  if (name != "resource" && name != "rootResource") return std::nullopt;
  if (origin.empty() || !origin.front().is(ValueKind::node))
    return origin.empty() || run.push(origin.front());
  const auto& resource = origin.front().resource();
  const auto& node = origin.front().node();
  const auto& inner = name == "resource" ? resource.resource_of(node) : resource.container_of(node);
  return run.push(Value::of(&inner, &resource));
}

const Binding* find_binding(const Binding* from, std::string_view name) {
  while (from != nullptr && from->name != name) from = from->outer;
  return from;
}

bool push_range(Run& run, std::span<const Value> values) {
  for (const auto& value : values) {
    if (!run.push(value)) return false;
  }
  return run.count_steps(values.size());
}

const Variable* find_given(const Run& run, std::string_view name) {
  for (const auto& variable : run.services().variables) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

/// %`vs-name` and %`ext-name` of FHIR.
bool push_url(Run& run, std::string_view base, std::string_view name) {
  auto& text = run.scratch();
  text.append(base).append(name);
  return run.push_copy(text);
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
  for (const auto& known : kKnownVariables) {
    if (known.name == name) return true;
  }
  return name == "context" || name == "resource" || name == "rootResource" || name.starts_with("vs-") ||
         name.starts_with("ext-");
}

bool run_variable(Run& run, const Step& step) {
  if (const auto* binding = find_binding(run.bindings(), step.name))
    return push_range(run, {binding->values, binding->count});
  if (const auto* given = find_given(run, step.name)) return push_range(run, given->values);
  if (const auto pushed = push_place(run, step.name)) return *pushed;
  for (const auto& known : kKnownVariables) {
    if (known.name == step.name) return run.push(Value::of_text(known.value));
  }
  if (step.name.starts_with("vs-"))
    return push_url(run, "http://hl7.org/fhir/ValueSet/", step.name.substr(3));
  if (step.name.starts_with("ext-"))
    return push_url(run, "http://hl7.org/fhir/StructureDefinition/", step.name.substr(4));
  return run.fail(step, "fhirpath.run.variable_unknown", {{"name", std::string(step.name)}});
}

bool run_define_variable(Run& run, const Step& step) {
  Items items;
  MaybeText name;
  if (!eval_items(run, step, items) || !argument_text(run, step, 0, name)) return false;
  if (is_reserved_variable(name.value) || find_given(run, name.value) != nullptr ||
      find_binding(run.bindings(), name.value) != nullptr) {
    return run.fail(step, "fhirpath.run.variable_defined");
  }
  std::span<const Value> values(run.at(items.mark), items.size());
  if (step.argument_count > 1) {
    auto frame = run.frame();
    frame.focus = run.at(items.mark);
    frame.focus_count = items.size();
    if (!run.eval_argument_on(step, 1, frame)) return false;
    values = run.from(items.begin);
  }
  const auto* kept = run.keep_array(values);
  if (kept == nullptr) return false;
  const auto text = run.keep_text(name.value);
  const auto* binding =
      text ? run.keep(Binding{*text, kept, static_cast<std::uint32_t>(values.size()), run.bindings()})
           : nullptr;
  if (binding == nullptr) return false;
  run.bindings() = binding;
  run.drop(items.begin);
  return true;
}

}  // namespace musubi::fhirpath
