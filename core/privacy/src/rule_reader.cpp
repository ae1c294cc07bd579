#include "rule_reader.h"

#include <algorithm>
#include <array>
#include <set>

namespace musubi::privacy {
namespace {

using model::Field;
using model::FieldType;
using model::PersonalClass;

constexpr std::array kClasses{PersonalClass::direct_identifier, PersonalClass::quasi_identifier,
                              PersonalClass::sensitive, PersonalClass::operational};
constexpr std::array kTypes{FieldType::text,        FieldType::kanji,
                            FieldType::kana,        FieldType::code,
                            FieldType::date,        FieldType::time,
                            FieldType::integer,     FieldType::decimal,
                            FieldType::quantity,    FieldType::age,
                            FieldType::boolean,     FieldType::phone,
                            FieldType::postal_code, FieldType::municipality_code,
                            FieldType::identifier,  FieldType::group};
constexpr std::array kEffects{Effect::release, Effect::mask, Effect::generalise, Effect::forbid};

/// The member of `all` with this name; adds a problem and gives nothing when there is none.
template <class T, std::size_t N>
std::optional<T> named(const std::string& word, const std::array<T, N>& all, const YamlMap& map,
                       std::string_view key) {
  std::vector<std::string_view> names;
  for (const T each : all) {
    if (name_of(each) == word) return each;
    names.push_back(name_of(each));
  }
  std::string allowed;
  for (const auto name : names) allowed += (allowed.empty() ? "" : ", ") + std::string(name);
  map.problem(key, "privacy.bad_word",
              {{"word", word}, {"allowed", allowed}, {"suggestion", nearest(word, names)}});
  return std::nullopt;
}

template <class T, std::size_t N>
std::vector<T> all_named(const YamlMap& map, std::string_view key, const std::array<T, N>& all) {
  std::vector<T> found;
  for (const auto& word : map.texts(key))
    if (const auto one = named(word, all, map, key)) found.push_back(*one);
  return found;
}

/// Which fields a rule names. Every selector given must agree.
struct Selection {
  std::vector<PersonalClass> classes;
  std::vector<FieldType> types;
  std::vector<std::string> tabs;
  std::vector<std::string> fields;

  bool empty() const noexcept { return classes.empty() && types.empty() && tabs.empty() && fields.empty(); }
  Specificity specificity() const noexcept {
    if (!fields.empty()) return Specificity::fields;
    if (!tabs.empty()) return Specificity::tabs;
    return types.empty() ? Specificity::classes : Specificity::types;
  }
  bool holds(const Field& field) const {
    return admits(classes, field.personal_class) && admits(types, field.type) && admits(tabs, field.tab) &&
           admits(fields, field.id);
  }

 private:
  template <class T>
  static bool admits(const std::vector<T>& wanted, const T& had) {
    return wanted.empty() || std::ranges::find(wanted, had) != wanted.end();
  }
};

Selection read_selection(const YamlMap& map, const model::Catalogue& catalogue) {
  Selection selection{all_named(map, "classes", kClasses), all_named(map, "types", kTypes), map.texts("tabs"),
                      map.texts("fields")};
  for (const auto& id : selection.fields) {
    if (catalogue.find(id) == nullptr)
      map.problem("fields", "privacy.unknown_field", {{"id", id}, {"suggestion", catalogue.suggest(id)}});
  }
  for (const auto& tab : selection.tabs) {
    if (std::ranges::find(catalogue.fields(), tab, &Field::tab) == catalogue.fields().end())
      map.problem("tabs", "privacy.unknown_tab", {{"tab", tab}});
  }
  if (selection.empty()) map.problem("fields", "privacy.no_selection");
  return selection;
}

Generalisation read_generalisation(const YamlMap& rule) {
  if (!rule.has("generalise")) {
    rule.problem("generalise", "privacy.key_missing");
    return {};
  }
  const YamlMap map(rule.child("generalise"), rule.file(), {"date", "municipality_code", "age"},
                    rule.problems());
  Generalisation how;
  const auto expect = [&map](std::string_view key, std::string_view allowed) {
    const auto word = map.text_or(key, "");
    if (word.empty() || word == allowed) return word == allowed;
    map.problem(key, "privacy.bad_word", {{"word", word}, {"allowed", std::string(allowed)}});
    return false;
  };
  how.municipality_to_prefecture = expect("municipality_code", "prefecture");
  how.age_to_band = expect("age", "band");
  if (const auto date = map.text_or("date", ""); date == "month" || date == "year") {
    how.date = date == "month" ? DatePrecision::month : DatePrecision::year;
  } else if (!date.empty()) {
    map.problem("date", "privacy.bad_word", {{"word", date}, {"allowed", "month, year"}});
  }
  return how;
}

/// Marks the fields the rule covers. A field named outright that cannot be made coarser is a problem; one
/// that only belongs to a class or a tab is simply not covered.
std::vector<bool> covered(const YamlMap& map, const Selection& selection, const Rule& rule,
                          const model::Catalogue& catalogue) {
  std::vector<bool> covers(catalogue.fields().size());
  for (const Field& field : catalogue.fields()) {
    if (!selection.holds(field)) continue;
    const bool able = rule.effect != Effect::generalise || rule.generalisation.can(field.type);
    if (!able && !selection.fields.empty())
      map.problem("fields", "privacy.cannot_generalise",
                  {{"id", field.id}, {"type", std::string(name_of(field.type))}});
    covers[field.number] = able;
  }
  return covers;
}

std::string read_party(const YamlMap& map, std::string_view key, Effect effect) {
  auto word = map.text(key);
  if (word == "*" && effect != Effect::forbid) map.problem(key, "privacy.star_not_allowed");
  return word;
}

DayRange within(const DayRange& outer, const DayRange& inner) {
  return {std::max(outer.from, inner.from), std::min(outer.to, inner.to)};
}

std::unique_ptr<const Rule> read_rule(const YamlMap& map, const RuleFrame& frame,
                                      const model::Catalogue& catalogue) {
  auto rule = std::make_unique<Rule>();
  rule->id = frame.owner + ":" + map.text("id");
  rule->place = map.place();
  rule->effect = named(map.text("effect"), kEffects, map, "effect").value_or(Effect::forbid);
  rule->recipient = read_party(map, "recipient", rule->effect);
  rule->purpose = read_party(map, "purpose", rule->effect);
  rule->basis = read_party(map, "basis", rule->effect);
  rule->because = map.label("because");
  rule->recorded = frame.recorded;
  const auto stated = read_range(map, "from", "to");
  rule->in_force = within(frame.in_force, stated);
  if (!rule->in_force.overlaps(stated)) map.problem("from", "privacy.never_in_force");
  if (rule->effect == Effect::generalise)
    rule->generalisation = read_generalisation(map);
  else if (map.has("generalise"))
    map.problem("generalise", "privacy.generalise_without_effect");
  const auto selection = read_selection(map, catalogue);
  rule->specificity = selection.specificity();
  rule->covers = covered(map, selection, *rule, catalogue);
  return rule;
}

}  // namespace

DayRange read_range(const YamlMap& map, std::string_view from, std::string_view to) {
  DayRange range;
  range.from = map.day(from).value_or(kDawn);
  range.to = map.day(to).value_or(kForever);
  if (range.from >= range.to) map.problem(to, "privacy.dates_reversed");
  return range;
}

std::vector<std::unique_ptr<const Rule>> read_rules(const YamlMap& map, const RuleFrame& frame,
                                                    const model::Catalogue& catalogue, Problems& problems) {
  std::vector<std::unique_ptr<const Rule>> rules;
  std::set<std::string> ids;
  for (const auto& node : items_of(map, "rules")) {
    const YamlMap item(node, map.file(),
                       {"id", "effect", "recipient", "purpose", "basis", "classes", "types", "tabs", "fields",
                        "from", "to", "generalise", "because"},
                       problems);
    rules.push_back(read_rule(item, frame, catalogue));
    if (!ids.insert(rules.back()->id).second)
      item.problem("id", "privacy.rule_twice", {{"rule", rules.back()->id}});
  }
  return rules;
}

}  // namespace musubi::privacy
