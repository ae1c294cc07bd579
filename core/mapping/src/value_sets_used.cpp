#include "value_sets_used.h"

#include <algorithm>
#include <array>
#include <set>

namespace musubi::mapping {
namespace {

constexpr std::string_view kMunicipality = "municipality";
constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kConceptMaps = "conceptmaps/";
/// Functions of FHIRPath that ask for places.
constexpr auto kPlaceFunctions = std::to_array<std::string_view>({"municipality", "prefecture"});

class Gathering {
 public:
  Gathering(const model::ValueSets& sets, bool anything)
      : sets_(sets), anything_(anything), known_(sets.ids()) {}

  void add(const CompiledRules& compiled) {
    for (const Rule& rule : compiled.rules) add(rule);
    for (const Group& group : compiled.groups)
      for (const Rule& rule : group.rules) add(rule);
    if (compiled.when) add(compiled.when->expression);
    for (const Verdict& verdict : compiled.verdicts) add(verdict.when.expression);
  }

  void add(const OutwardPlan& plan) {
    add(plan.when);
    for (const auto& [name, rule] : plan.columns) add(rule);
    add(plan.root);
  }

  std::vector<std::string> take() { return {found_.begin(), found_.end()}; }

 private:
  void add(const Rule& rule) {
    if (!anything_ && !rule.absent_from.empty()) return;
    const Conversion& conversion = rule.conversion;
    add(conversion.value_set);
    add(conversion.map_source);
    add(conversion.concept_map);
    add(rule.expression);
    if (conversion.operation == Operation::municipality || !conversion.prefecture.empty())
      found_.emplace(kMunicipality);
    if (conversion.value_set != nullptr || rule.usual_absents != nullptr || !rule.absents.empty())
      found_.emplace(kAbsent);
  }

  void add(const OutwardRule& rule) {
    add(rule.expression);
    add(rule.labels);
    add(rule.concept_map);
    if (rule.concept_map != nullptr && anything_) add(sets_.find(rule.concept_map->contents().from));
  }

  void add(const TemplateNode& node) {
    if (node.kind == TemplateKind::rule) add(node.rule);
    add(node.when);
    add(node.for_each);
    for (const auto& [key, entry] : node.entries) add(entry);
    for (const auto& item : node.items) add(item);
  }

  void add(const model::ValueSet* set) {
    if (set != nullptr) found_.insert(set->id());
  }

  void add(const model::ConceptMap* map) {
    if (map != nullptr) found_.insert(std::string(kConceptMaps) + map->contents().id);
  }

  void add(const std::optional<fhirpath::Expression>& expression) {
    if (expression) add(*expression);
  }

  void add(const fhirpath::Expression& expression) {
    for (const auto& id : known_)
      if (fhirpath::names_text(expression, id)) found_.insert(id);
    const bool asks_for_places = std::ranges::any_of(
        kPlaceFunctions, [&](std::string_view function) { return fhirpath::calls(expression, function); });
    if (asks_for_places) found_.emplace(kMunicipality);
  }

  const model::ValueSets& sets_;
  bool anything_;
  std::vector<std::string> known_;
  std::set<std::string, std::less<>> found_;
};

}  // namespace

std::vector<std::string> value_sets_used(const Mapping::Parts& parts, UsedFor what) {
  Gathering gathering(*parts.context.value_sets, what == UsedFor::anything);
  gathering.add(parts.compiled);
  if (parts.outward) gathering.add(*parts.outward);
  return gathering.take();
}

}  // namespace musubi::mapping
