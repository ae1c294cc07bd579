#include "invariant_check.h"

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "r4_rules.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::ResourceNode;

/// trace() in the official rules is for their authors.
class Nobody final : public fhirpath::TraceSink {
 public:
  void trace(std::string_view, std::span<const fhirpath::Value>) noexcept override {}
};

class InvariantCheck {
 public:
  InvariantCheck(const std::vector<fhirpath::Expression>& compiled, Issues& issues)
      : compiled_(compiled), issues_(issues), resource_(issues.resource()), model_(*resource_.model()) {}

  void run() {
    for (std::uint32_t index = 0; index < resource_.size(); ++index) look_at(resource_[index]);
  }

 private:
  void look_at(const ResourceNode& node) {
    for (auto type = node.type; type != kNoType; type = model_.type(type).base)
      for (const auto& each : invariants_of(type)) judge(node, each.invariant);
    if (node.element == nullptr) return;
    for (const auto& each : invariants_of(*node.element)) judge(node, each.invariant);
  }

  /// ele-1, of every element: check_structure() tells it in clearer words.
  static bool is_told_elsewhere(const Invariant& invariant) { return invariant.key == "ele-1"; }

  void judge(const ResourceNode& node, std::uint16_t number) {
    const auto& invariant = invariants()[number];
    if (is_told_elsewhere(invariant)) return;
    const auto result = evaluation_.run(compiled_[number], resource_, node);
    const base::MessageArgument key{"key", std::string(invariant.key)};
    if (result.has_error())
      return issues_.add(Severity::warning, IssueType::exception, "fhir.invariant_not_judged", node, {key});
    // Empty: what the rule is about is not there, or cannot be compared (2020 with 2020-04-01).
    if (result->empty() || fhirpath::holds(*result)) return;
    issues_.add(invariant.is_error ? Severity::error : Severity::warning, IssueType::invariant,
                "fhir.invariant_broken", node, {key, {"rule", std::string(invariant.human)}});
  }

  const std::vector<fhirpath::Expression>& compiled_;
  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  Nobody nobody_;
  fhirpath::Evaluation evaluation_{fhirpath::Services{.trace = &nobody_}};
};

}  // namespace

InvariantRules::InvariantRules() {
  compiled_.reserve(invariants().size());
  for (const auto& each : invariants())
    compiled_.push_back(fhirpath::Expression::compile(each.expression, {.model = &r4_types()}).value());
}

void InvariantRules::check(Issues& issues) const { InvariantCheck(compiled_, issues).run(); }

}  // namespace musubi::fhir
