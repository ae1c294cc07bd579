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
    if (invariant.key == "dom-3" && narrative_shows_contained(node)) return;
    issues_.add(invariant.is_error ? Severity::error : Severity::warning, IssueType::invariant,
                "fhir.invariant_broken", node, {key, {"rule", std::string(invariant.human)}});
  }

  /// An image in a narrative may be a contained resource: src="#id" (hl7.org/fhir/R4/narrative.html).
  bool narrative_shows_contained(const ResourceNode& container) const {
    for (const auto& each : resource_.children(container)) {
      const auto* id = each.name == "contained" ? resource_.child(each, "id") : nullptr;
      if (id != nullptr && narrative_has("\"#" + std::string(id->text) + "\"")) return true;
    }
    return false;
  }
  bool narrative_has(const std::string& text) const {
    for (std::uint32_t index = 0; index < resource_.size(); ++index)
      if (resource_[index].name == "div" && resource_[index].text.find(text) != std::string_view::npos)
        return true;
    return false;
  }

  const std::vector<fhirpath::Expression>& compiled_;
  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  Nobody nobody_;
  fhirpath::Evaluation evaluation_{fhirpath::Services{.trace = &nobody_}};
};

}  // namespace

namespace {

/// dom-3 of R4 asks as() of many where ofType() is meant, as later versions say.
std::string corrected(std::string_view expression) {
  constexpr std::string_view kSaid = "descendants().as(", kMeant = "descendants().ofType(";
  std::string text(expression);
  for (auto at = text.find(kSaid); at != text.npos; at = text.find(kSaid, at))
    text.replace(at, kSaid.size(), kMeant);
  return text;
}

}  // namespace

InvariantRules::InvariantRules() {
  compiled_.reserve(invariants().size());
  for (const auto& each : invariants())
    compiled_.push_back(
        fhirpath::Expression::compile(corrected(each.expression), {.model = &r4_types()}).value());
}

void InvariantRules::check(Issues& issues) const { InvariantCheck(compiled_, issues).run(); }

}  // namespace musubi::fhir
