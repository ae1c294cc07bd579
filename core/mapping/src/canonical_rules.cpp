#include "canonical_rules.h"

#include <algorithm>

namespace musubi::mapping {
namespace {

constexpr std::string_view kAbsent = ".absent";
constexpr std::string_view kBetweenItems = ";";

/// Rules and columns stand where the mapping says that it takes them.
class CanonicalRules {
 public:
  CanonicalRules(MappingSpec& spec, const model::Catalogue& catalogue) : spec_(spec), catalogue_(catalogue) {}

  void add() {
    const auto filled = spec_.fields;
    for (const auto number : catalogue_.fields_of(spec_.head.record)) {
      const auto& field = catalogue_.at(number);
      if (field.group != model::kNoField || std::ranges::find(filled, field.id) != filled.end()) continue;
      if (field.type == model::FieldType::group)
        add_group(field);
      else
        spec_.rules.push_back(rule_of(field, {}));
      spec_.fields.push_back(field.id);
    }
  }

 private:
  Located here(std::string text) const { return {std::move(text), *spec_.takes_canonical}; }

  void add_group(const model::Field& group) {
    GroupSpec added{.field = here(group.id), .items = {.mark = *spec_.takes_canonical}};
    added.items.path = here(group.id);
    for (const auto member : catalogue_.members_of(group.number))
      added.rules.push_back(rule_of(catalogue_.at(member), group.id + "."));
    spec_.groups.push_back(std::move(added));
  }

  /// `items`: what the columns of a group's items begin with.
  RuleSpec rule_of(const model::Field& field, const std::string& items) {
    RuleSpec rule{.field = here(field.id)};
    rule.from.push_back(here(field.id));
    rule.absent_from = here(field.id + std::string(kAbsent));
    declare(items + field.id);
    declare(items + rule.absent_from->text);
    rule.on_error = OnError::review;
    if (field.repeats) rule.split = here(std::string(kBetweenItems));
    return rule;
  }

  void declare(const std::string& column) {
    const auto has = [&](const std::vector<std::string>& columns) {
      return std::ranges::find(columns, column) != columns.end();
    };
    if (has(spec_.head.columns) || has(spec_.head.optional_columns)) return;
    spec_.optional_columns.push_back(here(column));
    spec_.head.optional_columns.push_back(column);
  }

  MappingSpec& spec_;
  const model::Catalogue& catalogue_;
};

}  // namespace

void add_canonical_rules(MappingSpec& spec, const model::Catalogue& catalogue) {
  if (spec.takes_canonical) CanonicalRules(spec, catalogue).add();
}

}  // namespace musubi::mapping
