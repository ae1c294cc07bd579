// Literals, $this and its kin, members, indexers.
#include "comparing.h"
#include "operators.h"
#include "run.h"

namespace musubi::fhirpath {
namespace {

constexpr std::uint32_t kChildrenPerStep = 64;

/// namespace and name of what type() answers.
bool push_type_member(Run& run, const Value& item, std::string_view name) {
  const auto& table = *item.type_table();
  if (name == "name") return run.push(Value::of_text(table.type(item.type_index()).name));
  if (name == "namespace") return run.push(Value::of_text(table.namespace_of(item.type_index())));
  return true;
}

bool is_named_type(const Value& item, const Step& step) {
  if (!item.is(ValueKind::node)) return false;
  const auto& node = item.node();
  if (node.type == kNoType) return node.parent == kNoNode && node.name == step.name && !node.name.empty();
  const auto& model = *item.resource().model();
  return step.type.found != kNoType && model.is_a(node.type, step.type.found);
}

}  // namespace

bool run_constant(Run& run, const Step& step) { return run.push(step.constant); }

bool run_nothing(Run&, const Step&) { return true; }

bool run_this(Run& run, const Step& step) { return run.eval_input(step); }

bool run_index(Run& run, const Step& step) {
  if (!run.frame().has_index) return run.fail(step, "fhirpath.run.no_iteration", {{"name", "$index"}});
  return run.push_integer(run.frame().index);
}

bool run_total(Run& run, const Step& step) {
  const auto& frame = run.frame();
  if (!frame.has_total) return run.fail(step, "fhirpath.run.no_iteration", {{"name", "$total"}});
  for (std::uint32_t item = 0; item < frame.total_count; ++item) {
    if (!run.push(frame.total[item])) return false;
  }
  return true;
}

bool push_children(Run& run, const Value& item, const Step& step) {
  if (item.is(ValueKind::type)) return push_type_member(run, item, step.name);
  if (!item.is(ValueKind::node)) return true;
  const auto& resource = item.resource();
  if (item.node().child_count >= kChildrenPerStep &&
      !run.count_steps(item.node().child_count / kChildrenPerStep)) {
    return false;
  }
  return resource.each_child(item.node(), step.name_hash, step.name, [&](const ResourceNode& child) {
    return run.push(Value::of(&child, &resource));
  });
}

bool run_member(Run& run, const Step& step) {
  const auto mark = run.mark();
  if (!run.eval_input(step)) return false;
  const auto count = run.count_from(mark);
  if (count == 1) {
    const auto item = *run.at(mark);
    run.drop(mark);
    return push_children(run, item, step);
  }
  if (!run.count_steps(count)) return false;
  const auto begin = run.mark();
  for (std::uint32_t index = 0; index < count; ++index) {
    if (!push_children(run, *run.at(mark + index), step)) return false;
  }
  run.settle(mark, begin);
  return true;
}

bool run_type_or_member(Run& run, const Step& step) {
  const auto& frame = run.frame();
  for (std::uint32_t item = 0; item < frame.focus_count; ++item) {
    const auto& value = frame.focus[item];
    if (!(is_named_type(value, step) ? run.push(value) : push_children(run, value, step))) return false;
  }
  return true;
}

bool run_column(Run& run, const Step& step) {
  const auto text = run.row()[step.column];
  return text.empty() || run.push(Value::of_text(text));
}

bool run_indexer(Run& run, const Step& step) {
  const auto mark = run.mark();
  if (!run.eval_input(step)) return false;
  const auto begin = run.mark();
  if (!run.eval_argument(step, 0)) return false;
  Value index;
  bool found = false;
  if (!run.only_value(step, begin, index, found)) return false;
  if (found && !index.is(ValueKind::integer))
    return run.fail(step, "fhirpath.run.integer_expected", {{"name", "[ ]"}});
  const auto count = static_cast<std::int64_t>(begin - mark);
  if (!found || index.integer() < 0 || index.integer() >= count) {
    run.drop(mark);
    return true;
  }
  *run.at(mark) = *run.at(mark + static_cast<std::uint32_t>(index.integer()));
  run.drop(mark + 1);
  return true;
}

bool run_group(Run& run, const Step& step) {
  const auto* outer = run.bindings();
  const bool done = run.eval_input(step);
  run.bindings() = outer;
  return done;
}

bool run_impossible_literal(Run& run, const Step& step) {
  return run.fail(step, "fhirpath.run.literal", {{"token", std::string(step.name)}});
}

}  // namespace musubi::fhirpath
