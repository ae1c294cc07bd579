#include <algorithm>
#include <map>
#include <set>

#include "advice.h"

namespace musubi::mapping {
namespace {

/// What a person writes into it is not known beforehand: the class of the field says what should be there.
bool takes_free_text(const Rule& rule, const model::Field& field) {
  return rule.source == RuleSource::columns && field.type == model::FieldType::text &&
         rule.conversion.operation == Operation::text &&
         field.personal_class != model::PersonalClass::direct_identifier;
}

std::string joined_columns(const Rule& rule) {
  std::string columns;
  for (const auto& column : rule.from) columns += (columns.empty() ? "" : ", ") + column;
  return columns;
}

void inform_of_free_text(const std::vector<RuleSpec>& specs, const std::vector<Rule>& rules,
                         const Context& context, Problems& problems) {
  for (const auto& rule : rules) {
    const auto& field = context.catalogue->at(rule.field);
    const auto spec = std::ranges::find(specs, rule.field_id,
                                        [](const RuleSpec& each) -> const auto& { return each.field.text; });
    if (spec == specs.end() || spec->absent_from || !takes_free_text(rule, field)) continue;
    problems.information(spec->field.mark, "mapping.free_text",
                         {{"rule", rule.field_id},
                          {"names", joined_columns(rule)},
                          {"class", std::string(model::name_of(field.personal_class))}});
  }
}

/// "patient 12, test 4": how many fields nothing fills, by the first step of their ids.
void inform_of_unfilled(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
                        Problems& problems) {
  const auto& catalogue = *context.catalogue;
  std::set<model::FieldNumber> filled;
  for (const auto& rule : compiled.rules) filled.insert(rule.field);
  for (const auto& group : compiled.groups)
    for (const auto& rule : group.rules) filled.insert(rule.field);
  std::map<std::string, std::size_t> unfilled;
  std::size_t count = 0, all = 0;
  for (const auto number : catalogue.fields_of(spec.head.record)) {
    const auto& field = catalogue.at(number);
    if (field.type == model::FieldType::group) continue;
    ++all;
    if (filled.contains(number)) continue;
    ++count;
    ++unfilled[field.id.substr(0, field.id.find('.'))];
  }
  if (count == 0) return;
  std::string names;
  for (const auto& [step, fields] : unfilled)
    names += (names.empty() ? "" : ", ") + step + ' ' + std::to_string(fields);
  problems.information(spec.mark, "mapping.fields_not_filled",
                       {{"count", std::to_string(count)},
                        {"all", std::to_string(all)},
                        {"record", std::string(model::name_of(spec.head.record))},
                        {"names", names}});
}

}  // namespace

void inform(const MappingSpec& spec, const CompiledRules& compiled, const Context& context,
            Problems& problems) {
  inform_of_free_text(spec.rules, compiled.rules, context, problems);
  for (std::size_t index = 0; index < compiled.groups.size() && index < spec.groups.size(); ++index)
    inform_of_free_text(spec.groups[index].rules, compiled.groups[index].rules, context, problems);
  inform_of_unfilled(spec, compiled, context, problems);
}

}  // namespace musubi::mapping
