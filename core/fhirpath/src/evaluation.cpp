#include "musubi/fhirpath/evaluation.h"

#include "run.h"

namespace musubi::fhirpath {

class Evaluation::State {
 public:
  State(const Services& services, const EvaluationLimits& limits) : run(services, limits) {}
  Run run;
};

Evaluation::Evaluation(const Services& services, const EvaluationLimits& limits)
    : state_(std::make_unique<State>(services, limits)) {}
Evaluation::~Evaluation() = default;
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation& Evaluation::operator=(Evaluation&&) noexcept = default;

base::Result<std::span<const Value>> Evaluation::run(const Expression& expression, const Resource& resource) {
  return run(expression, resource, resource.root());
}

base::Result<std::span<const Value>> Evaluation::run(const Expression& expression, const Resource& resource,
                                                     const ResourceNode& node) {
  const auto* expected = expression.plan().model;
  if (expected != nullptr && resource.model() != nullptr && expected != resource.model()) {
    return base::Error(base::ErrorKind::defect, "fhirpath.run.other_model");
  }
  state_->run.set_row({});
  return state_->run.whole(expression.plan(), Value::of(&node, &resource), true);
}

base::Result<std::span<const Value>> Evaluation::run(const Expression& expression,
                                                     std::span<const std::string_view> row) {
  state_->run.set_row({.texts = row.data(), .size = row.size()});
  return state_->run.whole(expression.plan(), Value::of_row(), true);
}

base::Result<std::span<const Value>> Evaluation::run(const Expression& expression,
                                                     std::span<const document::Cell> row) {
  state_->run.set_row({.cells = row.data(), .size = row.size()});
  return state_->run.whole(expression.plan(), Value::of_row(), true);
}

bool holds(std::span<const Value> results) {
  if (results.size() != 1 || is_without_value(results.front())) return false;
  const Value& value = results.front();
  const bool is_boolean =
      value.is(ValueKind::node) ? value.node().system == ValueKind::boolean : value.is(ValueKind::boolean);
  return !is_boolean || to_text(value) == "true";
}

base::Result<std::span<const Value>> Evaluation::run(const Expression& expression) {
  state_->run.set_row({});
  return state_->run.whole(expression.plan(), Value(), false);
}

}  // namespace musubi::fhirpath
