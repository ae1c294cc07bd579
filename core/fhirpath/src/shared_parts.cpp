#include "shared_parts.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>

#include "functions.h"
#include "operators.h"
#include "pure_steps.h"
#include "run.h"

namespace musubi::fhirpath {
namespace {

class Sharing {
 public:
  Sharing(Plan& plan, PartNumbers& numbers) : plan_(plan), numbers_(numbers) {}

  void run() { plan_.root = visit(plan_.root, false); }

 private:
  /// `taken`: the step behind it, which is shared, does nothing but choose among what this one yields.
  StepIndex visit(StepIndex index, bool taken) {
    if (index == kFocus) return index;
    const auto step = plan_.steps[index];
    const bool leads_away = step.run == run_resolve || chooses_among_resolved(step);
    const auto signature = leads_away && !taken ? signature_of(index) : std::nullopt;
    plan_.steps[index].input = visit(step.input, signature && step.run != run_resolve);
    if (step.operation != Operator::none && step.argument_count == 1) {
      const auto right = visit(plan_.arguments[step.first_argument], false);
      plan_.arguments[step.first_argument] = right;
    }
    return signature ? shared(index, *signature) : index;
  }

  bool chooses_among_resolved(const Step& step) const {
    return step.run == run_of_type && step.input != kFocus && plan_.steps[step.input].run == run_resolve;
  }

  /// The part in words of its steps; nullopt: it may yield something else each time, or does more than yield.
  std::optional<std::string> signature_of(StepIndex index) const {
    if (index == kFocus) return "$";
    const auto& step = plan_.steps[index];
    if (!is_pure(step) && step.run != run_variable) return std::nullopt;
    if (step.binds || step.pattern != nullptr) return std::nullopt;
    const auto input = signature_of(step.input);
    if (!input) return std::nullopt;
    std::string signature = "(" + std::to_string(reinterpret_cast<std::uintptr_t>(step.run)) + ' ' +
                            std::to_string(static_cast<int>(step.operation)) + ' ';
    signature.append(step.name)
        .append(" ")
        .append(step.type.type_namespace)
        .append(".")
        .append(step.type.name);
    if (step.run == run_constant)
      signature +=
          std::to_string(static_cast<int>(step.constant.kind())) + " '" + to_text(step.constant) + "'";
    signature += ' ' + *input;
    for (std::size_t each = 0; each < step.argument_count; ++each) {
      const auto argument = signature_of(plan_.arguments[step.first_argument + each]);
      if (!argument) return std::nullopt;
      signature += ", " + *argument;
    }
    return signature + ')';
  }

  StepIndex shared(StepIndex index, const std::string& signature) {
    Step step;
    step.run = run_shared;
    step.input = index;
    step.at = plan_.steps[index].at;
    step.column = numbers_.number_of(signature);
    plan_.steps.push_back(step);
    return static_cast<StepIndex>(plan_.steps.size() - 1);
  }

  Plan& plan_;
  PartNumbers& numbers_;
};

bool is_node(const Value& value) { return value.is(ValueKind::node); }

}  // namespace

PartNumbers::PartNumbers() {
  static std::atomic<std::uint64_t> made = 0;
  family_ = ++made;
}

void mark_what_is_shared(Plan& plan, PartNumbers& numbers) {
  if (plan.by_row) return;
  plan.family = numbers.family();
  Sharing(plan, numbers).run();
}

bool run_shared(Run& run, const Step& step) {
  auto& part = run.shared_part(step.column);
  if (part.known) {
    for (const auto& value : part.values)
      if (!run.push(value)) return false;
    return run.count_steps(part.values.size());
  }
  const auto mark = run.mark();
  if (!run.eval_input(step)) return false;
  const auto values = run.from(mark);
  if (!std::ranges::all_of(values, is_node)) return true;
  auto& learned = run.shared_part(step.column);  // parts inside this one may have moved it
  learned.values.assign(values.begin(), values.end());
  learned.known = true;
  return true;
}

SharedParts::SharedParts() : numbers_(std::make_unique<PartNumbers>()) {}
SharedParts::~SharedParts() = default;

}  // namespace musubi::fhirpath
