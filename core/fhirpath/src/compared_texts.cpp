#include <optional>

#include "musubi/fhirpath/expression.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

bool compares(Operator operation) {
  return operation == Operator::equal || operation == Operator::not_equal ||
         operation == Operator::equivalent || operation == Operator::not_equivalent;
}

class Walk {
 public:
  explicit Walk(const Plan& plan) : plan_(plan) {}

  void visit(StepIndex index) {
    if (index == kFocus) return;
    const Step& step = plan_.steps[index];
    visit(step.input);
    if (step.operation == Operator::none || step.argument_count == 0) return;
    const auto right = plan_.arguments[step.first_argument];
    visit(right);
    if (!compares(step.operation)) return;
    add(step, step.input, right);
    add(step, right, step.input);
  }

  std::vector<ComparedText> take() { return std::move(found_); }

 private:
  void add(const Step& comparison, StepIndex left, StepIndex right) {
    auto path = path_of(left);
    if (!path || right == kFocus) return;
    const Step& literal = plan_.steps[right];
    if (literal.run != run_constant || !literal.constant.is(ValueKind::string)) return;
    found_.push_back({std::move(*path), to_text(literal.constant), comparison.at.line, comparison.at.column});
  }

  /// Names one after the other from the focus; nullopt: anything else.
  std::optional<std::string> path_of(StepIndex index) const {
    if (index == kFocus) return std::nullopt;
    const Step& step = plan_.steps[index];
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
  walk.visit(expression.plan().root);
  return walk.take();
}

}  // namespace musubi::fhirpath
