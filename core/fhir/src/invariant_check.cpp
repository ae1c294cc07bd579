#include "invariant_check.h"

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "r4_rules.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::Presence;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;

/// trace() in the official rules is for their authors.
class Nobody final : public fhirpath::TraceSink {
 public:
  void trace(std::string_view, std::span<const fhirpath::Value>) noexcept override {}
};

/// Its memory is kept for the next resource.
fhirpath::Evaluation& evaluation() {
  static Nobody nobody;
  thread_local fhirpath::Evaluation own{fhirpath::Services{.trace = &nobody}};
  return own;
}

/// ele-1, of every element: check_structure() tells it in clearer words.
bool is_told_elsewhere(const Invariant& invariant) { return invariant.key == "ele-1"; }

class InvariantCheck {
 public:
  InvariantCheck(const InvariantRules& rules, Issues& issues)
      : rules_(rules), issues_(issues), resource_(issues.resource()), model_(*resource_.model()) {}

  void run() {
    const auto* const elements = model_.elements.data();
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type == kNoType) continue;
      if (const auto of_type = rules_.of_type(node.type); !of_type.empty()) judge_all(node, of_type);
      if (node.element == nullptr) continue;
      const auto place = static_cast<std::size_t>(node.element - elements);
      if (rules_.has_of_element(place)) judge_all(node, rules_.of_element(place, node.type));
    }
  }

 private:
  void judge_all(const ResourceNode& node, std::span<const TypeInvariant> invariants) {
    std::uint64_t there = 0;
    const bool known = elements_of(node, there);
    for (const auto& each : invariants) {
      const auto answer =
          known && each.by_presence ? answer_by_presence(each, there) : Presence::Answer::unknown;
      if (answer == Presence::Answer::no)
        tell_broken(node, each.invariant);
      else if (answer == Presence::Answer::unknown)
        judge(node, each.invariant);
    }
  }

  /// A bit for each element it has; false: it has others too.
  bool elements_of(const ResourceNode& node, std::uint64_t& there) const {
    const auto* const first = model_.elements.data() + model_.type(node.type).first_element;
    for (const auto& child : resource_.children(node)) {
      if (child.element == nullptr) return false;
      there |= std::uint64_t{1} << static_cast<unsigned>(child.element - first);
    }
    return true;
  }

  Presence::Answer answer_by_presence(const TypeInvariant& each, std::uint64_t there) const {
    std::uint32_t names = 0;
    for (std::size_t name = 0; name < each.names.size(); ++name)
      if ((there & each.names[name]) != 0) names |= 1U << name;
    return rules_.presence(each.invariant).answer(names);
  }

  void judge(const ResourceNode& node, std::uint16_t number) {
    const auto shortcut = rules_.shortcut(number);
    const auto holds = shortcut == nullptr ? std::nullopt : shortcut(resource_, node);
    if (!holds) return evaluate(node, number);
    if (!*holds) tell_broken(node, number);
  }

  void evaluate(const ResourceNode& node, std::uint16_t number) {
    const auto result = evaluation().run(rules_.compiled(number), resource_, node);
    if (result.has_error()) {
      const base::MessageArgument key{"key", std::string(invariants()[number].key)};
      return issues_.add(Severity::warning, IssueType::exception, "fhir.invariant_not_judged", node, {key});
    }
    // Empty: what the rule is about is not there, or cannot be compared (2020 with 2020-04-01).
    if (!result->empty() && !fhirpath::holds(*result)) tell_broken(node, number);
  }

  void tell_broken(const ResourceNode& node, std::uint16_t number) {
    const auto& invariant = invariants()[number];
    issues_.add(invariant.is_error ? Severity::error : Severity::warning, IssueType::invariant,
                "fhir.invariant_broken", node,
                {{"key", std::string(invariant.key)}, {"rule", std::string(invariant.human)}});
  }

  const InvariantRules& rules_;
  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
};

}  // namespace

InvariantRules::InvariantRules() {
  compiled_.reserve(invariants().size());
  for (const auto& each : invariants()) {
    compiled_.push_back(fhirpath::Expression::compile(each.expression, {.model = &r4_types()}).value());
    shortcuts_.push_back(shortcut_of(each.key));
  }
  presences_.reserve(compiled_.size());
  for (const auto& each : compiled_) presences_.emplace_back(each);
  lay_out_types();
  lay_out_elements();
}

TypeInvariant InvariantRules::made_for(TypeIndex type, std::uint16_t invariant) const {
  TypeInvariant made{.invariant = invariant};
  const auto elements = r4_types().elements_of(type);
  for (const auto name : presences_[invariant].names()) {
    const auto* element = r4_types().find_element(type, name);
    made.names.push_back(element == nullptr ? 0 : std::uint64_t{1} << (element - elements.data()));
  }
  return made;
}

void InvariantRules::lay_out_types() {
  const auto& model = r4_types();
  by_type_.resize(model.types.size());
  for (std::size_t index = 0; index < model.types.size(); ++index) {
    const auto type = static_cast<TypeIndex>(index);
    for (auto base = type; base != kNoType; base = model.type(base).base)
      for (const auto& each : invariants_of(base))
        if (!is_told_elsewhere(invariants()[each.invariant]))
          by_type_[index].push_back(made_for(type, each.invariant));
  }
}

void InvariantRules::lay_out_elements() {
  const auto& model = r4_types();
  element_has_some_.resize(model.elements.size());
  for (std::size_t place = 0; place < model.elements.size(); ++place) {
    const auto& element = model.elements[place];
    for (const auto& each : invariants_of(element)) {
      if (is_told_elsewhere(invariants()[each.invariant])) continue;
      element_has_some_[place] = true;
      for (const auto& type : model.types_of(element))
        by_element_[{static_cast<std::uint16_t>(place), type.type}].push_back(
            made_for(type.type, each.invariant));
      by_element_[{static_cast<std::uint16_t>(place), kNoType}].push_back(
          {.invariant = each.invariant, .by_presence = false});
    }
  }
}

std::span<const TypeInvariant> InvariantRules::of_element(std::size_t place, TypeIndex type) const {
  const auto element = static_cast<std::uint16_t>(place);
  const auto found = by_element_.find({element, type});
  if (found != by_element_.end()) return found->second;
  const auto unforeseen = by_element_.find({element, kNoType});
  return unforeseen == by_element_.end() ? std::span<const TypeInvariant>() : unforeseen->second;
}

void InvariantRules::check(Issues& issues) const { InvariantCheck(*this, issues).run(); }

}  // namespace musubi::fhir
