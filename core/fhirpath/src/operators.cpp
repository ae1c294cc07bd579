// Logic, equality, order, membership, union: FHIRPath 2.0, sections 6.1 to 6.5.
#include "operators.h"

#include <utility>

#include "comparing.h"
#include "run.h"
#include "sets.h"

namespace musubi::fhirpath {
namespace {

/// Both operands on the stack: left from `left`, right from `right`.
struct Operands {
  std::uint32_t left = 0, right = 0;
  std::span<Value> ours(Run& run) const { return run.from(left).first(right - left); }
  std::span<Value> theirs(Run& run) const { return run.from(right); }
  bool either_empty(Run& run) const { return left == right || right == run.mark(); }
  /// One of them is an element without a value, and the other is not a collection.
  bool either_lacks_value(Run& run) const {
    if (ours(run).size() != 1 || theirs(run).size() != 1) return false;
    const auto &one = ours(run).front(), &other = theirs(run).front();
    return is_without_value(one) != is_without_value(other);
  }
};

bool eval_operands(Run& run, const Step& step, Operands& operands) {
  const auto* outer = run.bindings();
  operands.left = run.mark();
  if (!run.eval_input(step)) return false;
  run.bindings() = outer;
  operands.right = run.mark();
  return run.eval_argument(step, 0);
}

bool eval_truth(Run& run, const Step& step, bool left, Truth& truth) {
  const auto mark = run.mark();
  const auto* outer = run.bindings();
  if (!(left ? run.eval_input(step) : run.eval_argument(step, 0))) return false;
  run.bindings() = outer;
  return run.truth_from(step, mark, truth);
}

Truth negated(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

Truth any_of(Truth left, Truth right) {
  if (left == Truth::yes || right == Truth::yes) return Truth::yes;
  return left == Truth::no && right == Truth::no ? Truth::no : Truth::unknown;
}

Truth either_of(Truth left, Truth right) {
  if (left == Truth::unknown || right == Truth::unknown) return Truth::unknown;
  return left != right ? Truth::yes : Truth::no;
}

/// `decided`: the left value that settles the answer, which then is `answer`.
template <class Combine>
bool run_logic(Run& run, const Step& step, Truth decided, Truth answer, const Combine& combine) {
  auto left = Truth::unknown, right = Truth::unknown;
  if (!eval_truth(run, step, true, left)) return false;
  if (left == decided) return run.push_truth(answer);
  if (!eval_truth(run, step, false, right)) return false;
  return run.push_truth(combine(left, right));
}

bool run_and(Run& run, const Step& step) {
  return run_logic(run, step, Truth::no, Truth::no,
                   [](Truth left, Truth right) { return negated(any_of(negated(left), negated(right))); });
}

bool run_or(Run& run, const Step& step) { return run_logic(run, step, Truth::yes, Truth::yes, any_of); }

bool run_xor(Run& run, const Step& step) {
  return run_logic(run, step, Truth::unknown, Truth::unknown, either_of);
}

bool run_implies(Run& run, const Step& step) {
  return run_logic(run, step, Truth::no, Truth::yes,
                   [](Truth left, Truth right) { return any_of(negated(left), right); });
}

Truth equality(Run& run, const Operands& operands) {
  if (operands.either_empty(run) || operands.either_lacks_value(run)) return Truth::unknown;
  return equal_collections(run, operands.ours(run), operands.theirs(run));
}

bool answer(Run& run, std::uint32_t mark, Truth truth) {
  run.drop(mark);
  return !run.failed() && run.push_truth(truth);
}

bool run_equal(Run& run, const Step& step) {
  Operands operands;
  return eval_operands(run, step, operands) && answer(run, operands.left, equality(run, operands));
}

bool run_not_equal(Run& run, const Step& step) {
  Operands operands;
  return eval_operands(run, step, operands) && answer(run, operands.left, negated(equality(run, operands)));
}

bool equivalence(Run& run, const Operands& operands) {
  return equivalent_collections(run, operands.ours(run), operands.theirs(run));
}

bool run_equivalent(Run& run, const Step& step) {
  Operands operands;
  if (!eval_operands(run, step, operands)) return false;
  return answer(run, operands.left, equivalence(run, operands) ? Truth::yes : Truth::no);
}

bool run_not_equivalent(Run& run, const Step& step) {
  Operands operands;
  if (!eval_operands(run, step, operands)) return false;
  return answer(run, operands.left, equivalence(run, operands) ? Truth::no : Truth::yes);
}

bool satisfies(std::strong_ordering order, Operator operation) {
  switch (operation) {
    case Operator::less:
      return order < 0;
    case Operator::less_or_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

bool run_order(Run& run, const Step& step) {
  Operands operands;
  if (!eval_operands(run, step, operands)) return false;
  if (operands.either_empty(run)) return answer(run, operands.left, Truth::unknown);
  if (operands.ours(run).size() > 1 || operands.theirs(run).size() > 1) {
    return run.fail(step, "fhirpath.run.single_expected", {{"name", std::string(step.name)}});
  }
  const auto order = order_of(run, operands.ours(run).front(), operands.theirs(run).front());
  if (!order.comparable)
    return run.fail(step, "fhirpath.run.not_comparable", {{"name", std::string(step.name)}});
  if (!order.known) return answer(run, operands.left, Truth::unknown);
  return answer(run, operands.left, satisfies(*order.known, step.operation) ? Truth::yes : Truth::no);
}

/// `item in values`, or with sides exchanged `values contains item`.
bool run_membership(Run& run, const Step& step) {
  Operands operands;
  if (!eval_operands(run, step, operands)) return false;
  auto items = operands.ours(run), values = operands.theirs(run);
  if (step.operation == Operator::contains) std::swap(items, values);
  if (items.empty()) return answer(run, operands.left, Truth::unknown);
  if (items.size() > 1)
    return run.fail(step, "fhirpath.run.single_expected", {{"name", std::string(step.name)}});
  return answer(run, operands.left, holds(run, values, items.front()) ? Truth::yes : Truth::no);
}

bool run_union(Run& run, const Step& step) {
  Operands operands;
  return eval_operands(run, step, operands) && keep_distinct(run, operands.left);
}

}  // namespace

StepHandler handler_of(Operator operation) noexcept {
  switch (operation) {
    case Operator::logical_and:
      return run_and;
    case Operator::logical_or:
      return run_or;
    case Operator::logical_xor:
      return run_xor;
    case Operator::implies:
      return run_implies;
    case Operator::equal:
      return run_equal;
    case Operator::not_equal:
      return run_not_equal;
    case Operator::equivalent:
      return run_equivalent;
    case Operator::not_equivalent:
      return run_not_equivalent;
    case Operator::less:
    case Operator::less_or_equal:
    case Operator::greater:
    case Operator::greater_or_equal:
      return run_order;
    case Operator::in:
    case Operator::contains:
      return run_membership;
    case Operator::unite:
      return run_union;
    case Operator::concatenate:
      return run_concatenate;
    default:
      return run_arithmetic;
  }
}

}  // namespace musubi::fhirpath
