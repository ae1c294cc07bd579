#include <algorithm>
#include <array>
#include <cctype>

#include "rule.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using model::FieldType;

constexpr std::string_view kMunicipalities = "municipality";

struct NamedConversion {
  std::string_view name;
  Operation operation;
};
/// The words after `as:`.
constexpr auto kConversions = std::to_array<NamedConversion>({
    {"text", Operation::text},
    {"kanji", Operation::text},
    {"identifier", Operation::identifier},
    {"kana", Operation::kana},
    {"code", Operation::lookup},
    {"date", Operation::date},
    {"serial_date", Operation::serial_date},
    {"time", Operation::time},
    {"integer", Operation::integer},
    {"decimal", Operation::decimal},
    {"boolean", Operation::boolean},
    {"age", Operation::age},
    {"phone", Operation::phone},
    {"postal_code", Operation::postal_code},
    {"municipality", Operation::municipality},
    {"municipality_code", Operation::municipality_code},
});

struct TypeConversion {
  FieldType type;
  Operation operation;
};
/// Which conversions give values of which type; the first of a type is what happens without `as`.
constexpr auto kFits = std::to_array<TypeConversion>({
    {FieldType::text, Operation::text},
    {FieldType::text, Operation::identifier},
    {FieldType::kanji, Operation::text},
    {FieldType::kana, Operation::kana},
    {FieldType::code, Operation::lookup},
    {FieldType::date, Operation::date},
    {FieldType::date, Operation::serial_date},
    {FieldType::time, Operation::time},
    {FieldType::integer, Operation::integer},
    {FieldType::decimal, Operation::decimal},
    {FieldType::quantity, Operation::decimal},
    {FieldType::age, Operation::age},
    {FieldType::boolean, Operation::boolean},
    {FieldType::phone, Operation::phone},
    {FieldType::postal_code, Operation::postal_code},
    {FieldType::municipality_code, Operation::municipality_code},
    {FieldType::municipality_code, Operation::municipality},
    {FieldType::identifier, Operation::identifier},
});

std::string_view name_of(Operation operation) {
  return std::ranges::find(kConversions, operation, &NamedConversion::operation)->name;
}

std::vector<std::string_view> conversion_names() {
  std::vector<std::string_view> names;
  for (const auto& each : kConversions) names.push_back(each.name);
  return names;
}

std::vector<std::string_view> names_that_fit(FieldType type) {
  std::vector<std::string_view> names;
  for (const auto& each : kFits)
    if (each.type == type) names.push_back(name_of(each.operation));
  return names;
}

bool fits(FieldType type, Operation operation) {
  return std::ranges::any_of(
      kFits, [&](const auto& each) { return each.type == type && each.operation == operation; });
}

std::optional<Operation> default_operation(FieldType type) {
  const auto found = std::ranges::find(kFits, type, &TypeConversion::type);
  if (found == kFits.end()) return std::nullopt;
  return found->operation;
}

std::optional<Operation> operation_named(const Located& word, Problems& problems) {
  const auto chosen = base::choose(word, "as", conversion_names(), problems);
  return chosen ? std::optional(kConversions[*chosen].operation) : std::nullopt;
}

/// From `as`, else from `lookup`, else from the type of the field.
std::optional<Operation> operation_for(const RuleSpec& spec, const model::Field& field, Problems& problems) {
  if (spec.convert_as) {
    const auto operation = operation_named(*spec.convert_as, problems);
    if (!operation || fits(field.type, *operation)) return operation;
    problems.error(spec.convert_as->mark, "mapping.conversion_does_not_fit",
                   {{"word", spec.convert_as->text},
                    {"rule", field.id},
                    {"type", std::string(model::name_of(field.type))},
                    {"known", base::joined(names_that_fit(field.type))}});
    return std::nullopt;
  }
  if (spec.lookup && spec.lookup->text == kMunicipalities && field.type == FieldType::municipality_code)
    return Operation::municipality;
  return default_operation(field.type);
}

const model::ValueSet* value_set_named(const Located& name, Compilation& compilation) {
  const auto own = compilation.constants.value_sets.find(name.text);
  if (own != compilation.constants.value_sets.end()) return &own->second;
  const auto* set = compilation.context.value_sets->find(name.text);
  if (set == nullptr)
    compilation.problems.error_near(name.mark, "mapping.value_set_unknown",
                                    compilation.context.value_sets->suggest(name.text),
                                    {{"word", name.text}});
  return set;
}

/// The value set of a field for codes; `lookup` may only say the same again.
bool take_value_set(const RuleSpec& spec, const model::Field& field, Conversion& conversion,
                    Compilation& compilation) {
  const Located name = spec.lookup.value_or(Located{field.value_set, spec.field.mark});
  conversion.value_set = value_set_named(name, compilation);
  if (conversion.value_set == nullptr) return false;
  if (field.type != FieldType::code || name.text == field.value_set) return true;
  compilation.problems.error(name.mark, "mapping.value_set_differs",
                             {{"word", name.text}, {"rule", field.id}, {"value_set", field.value_set}});
  return false;
}

/// A concept map whose targets the field can hold.
bool take_concept_map(const Located& name, const model::Field& field, Conversion& conversion,
                      Compilation& compilation) {
  const auto& sets = *compilation.context.value_sets;
  conversion.concept_map = sets.concept_map(name.text);
  if (conversion.concept_map == nullptr) {
    compilation.problems.error_near(name.mark, "mapping.concept_map_unknown",
                                    sets.suggest_concept_map(name.text), {{"word", name.text}});
    return false;
  }
  conversion.map_source = sets.find(conversion.concept_map->contents().from);
  for (const auto& each : conversion.concept_map->contents().concepts) {
    if (conversion.value_set->with_code(each.target) != nullptr) continue;
    compilation.problems.error(
        name.mark, "mapping.concept_map_target",
        {{"word", name.text}, {"code", each.target}, {"rule", field.id}, {"value_set", field.value_set}});
    return false;
  }
  return true;
}

bool take_prefecture(const RuleSpec& spec, Conversion& conversion, Problems& problems) {
  if (!spec.prefecture) return true;
  const auto& word = spec.prefecture->text;
  const bool two_digits = word.size() == 2 && std::ranges::all_of(word, [](char each) {
                            return std::isdigit(static_cast<unsigned char>(each)) != 0;
                          });
  if (two_digits && word >= "01" && word <= "47")
    conversion.prefecture = word;
  else
    problems.error(spec.prefecture->mark, "mapping.prefecture_wrong", {{"word", word}});
  return !conversion.prefecture.empty();
}

std::vector<std::string> comparable_words(const std::vector<Located>& words) {
  std::vector<std::string> all;
  std::string buffer;
  for (const auto& word : words) all.emplace_back(folded(trimmed(word.text), buffer));
  return all;
}

void take_truths(const RuleSpec& spec, Conversion& conversion) {
  const bool given = !spec.truths.empty() || !spec.falsehoods.empty();
  conversion.truths = given ? comparable_words(spec.truths) : usual_truths();
  conversion.falsehoods = given ? comparable_words(spec.falsehoods) : usual_falsehoods();
}

void refuse_key(const std::optional<Located>& given, std::string_view key, Operation operation,
                Problems& problems) {
  if (given)
    problems.error(given->mark, "mapping.key_without_effect",
                   {{"key", std::string(key)}, {"word", std::string(name_of(operation))}});
}

void refuse_keys_without_effect(const RuleSpec& spec, Operation operation, Problems& problems) {
  if (operation != Operation::municipality && operation != Operation::lookup)
    refuse_key(spec.prefecture, "prefecture", operation, problems);
  if (operation != Operation::lookup && operation != Operation::municipality)
    refuse_key(spec.lookup, "lookup", operation, problems);
  if (operation != Operation::lookup) refuse_key(spec.translate, "translate", operation, problems);
  if (operation == Operation::boolean) return;
  if (!spec.truths.empty()) refuse_key(spec.truths.front(), "true", operation, problems);
  if (!spec.falsehoods.empty()) refuse_key(spec.falsehoods.front(), "false", operation, problems);
}

}  // namespace

std::optional<Conversion> plain_conversion(model::FieldType type, const Context& context) {
  const auto operation = default_operation(type);
  if (!operation || *operation == Operation::lookup) return std::nullopt;
  Conversion conversion{.operation = *operation};
  conversion.municipalities = &context.value_sets->municipalities();
  conversion.truths = usual_truths();
  conversion.falsehoods = usual_falsehoods();
  return conversion;
}

bool can_fail(Operation operation) noexcept {
  return operation != Operation::text && operation != Operation::identifier;
}

std::optional<Conversion> conversion_for(const RuleSpec& spec, const model::Field& field,
                                         Compilation& compilation) {
  const auto operation = operation_for(spec, field, compilation.problems);
  if (!operation) return std::nullopt;
  Conversion conversion{.operation = *operation};
  refuse_keys_without_effect(spec, *operation, compilation.problems);
  bool good = take_prefecture(spec, conversion, compilation.problems);
  if (*operation == Operation::lookup) good &= take_value_set(spec, field, conversion, compilation);
  if (good && *operation == Operation::lookup && spec.translate)
    good = take_concept_map(*spec.translate, field, conversion, compilation);
  conversion.municipalities = &compilation.context.value_sets->municipalities();
  if (*operation == Operation::boolean) take_truths(spec, conversion);
  if (!good) return std::nullopt;
  return conversion;
}

}  // namespace musubi::mapping
