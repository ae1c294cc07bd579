// What can be told of an expression without evaluating it.
#include <algorithm>
#include <optional>

#include "musubi/fhirpath/expression.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

bool compares(Operator operation) {
  return operation == Operator::equal || operation == Operator::not_equal ||
         operation == Operator::equivalent || operation == Operator::not_equivalent;
}

bool is_text(const Step& step) { return step.run == run_constant && step.constant.is(ValueKind::string); }

class Walk {
 public:
  explicit Walk(const Plan& plan) : plan_(plan) {}

  /// `demanded`: the expression holds only where this step does.
  void visit(StepIndex index, bool demanded) {
    if (index == kFocus) return;
    const Step& step = plan_.steps[index];
    const bool joins = step.operation == Operator::logical_and || step.run == run_group;
    visit(step.input, demanded && joins);
    if (step.operation == Operator::none || step.argument_count == 0) return;
    const auto right = plan_.arguments[step.first_argument];
    visit(right, demanded && joins);
    if (!compares(step.operation)) return;
    add(step, step.input, right, demanded);
    add(step, right, step.input, demanded);
  }

  std::vector<ComparedText> take() { return std::move(found_); }

 private:
  void add(const Step& comparison, StepIndex left, StepIndex right, bool demanded) {
    auto path = path_of(left);
    if (!path || right == kFocus || !is_text(plan_.steps[right])) return;
    found_.push_back({.path = std::move(*path),
                      .text = to_text(plan_.steps[right].constant),
                      .demanded = demanded && comparison.operation == Operator::equal,
                      .line = comparison.at.line,
                      .column = comparison.at.column});
  }

  /// A column, or names one after the other from the focus; nullopt: anything else.
  std::optional<std::string> path_of(StepIndex index) const {
    if (index == kFocus) return std::nullopt;
    const Step& step = plan_.steps[index];
    if (step.run == run_column) return std::string(step.name);
    if (step.run != run_member) return std::nullopt;
    if (step.input == kFocus) return std::string(step.name);
    auto path = path_of(step.input);
    if (path) (*path += '.') += step.name;
    return path;
  }

  const Plan& plan_;
  std::vector<ComparedText> found_;
};

}  // namespace

std::vector<ComparedText> compared_texts(const Expression& expression) {
  Walk walk(expression.plan());
  walk.visit(expression.plan().root, true);
  return walk.take();
}

bool calls(const Expression& expression, std::string_view function) noexcept {
  return std::ranges::any_of(expression.plan().steps, [function](const Step& step) {
    const bool is_name = step.run == run_member || step.run == run_column || step.run == run_constant;
    return !is_name && step.name == function;
  });
}

bool names_text(const Expression& expression, std::string_view text) noexcept {
  return std::ranges::any_of(expression.plan().steps, [text](const Step& step) {
    return is_text(step) && step.constant.text() == text;
  });
}

}  // namespace musubi::fhirpath
