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
constexpr std::array<std::string_view, 4> kSelectors{"fields", "tabs", "types", "classes"};
constexpr std::array<std::string_view, 2> kPrecisions{"month", "year"};

template <class T, std::size_t N>
std::vector<T> all_named(const YamlMap& map, std::string_view key, const std::array<T, N>& all) {
  std::vector<T> found;
  for (const auto& word : map.texts(key))
    if (const auto one = base::choose(word, key, all, map.problems())) found.push_back(*one);
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

std::vector<std::string_view> tabs_of(const model::Catalogue& catalogue) {
  std::vector<std::string_view> tabs;
  for (const auto& field : catalogue.fields())
    if (!field.tab.empty() && std::ranges::find(tabs, field.tab) == tabs.end()) tabs.push_back(field.tab);
  return tabs;
}

Selection read_selection(const YamlMap& map, const model::Catalogue& catalogue) {
  const auto fields = map.texts("fields");
  Selection selection{all_named(map, "classes", kClasses), all_named(map, "types", kTypes), map.words("tabs"),
                      base::plain(fields)};
  for (const auto& id : fields) {
    if (catalogue.find(id.text) == nullptr)
      map.problems().error_near(id.mark, "privacy.unknown_field", catalogue.suggest(id.text),
                                {{"id", id.text}});
  }
  const auto known = tabs_of(catalogue);
  for (const auto& tab : map.texts("tabs"))
    if (std::ranges::find(known, tab.text) == known.end())
      map.problems().error_near(tab.mark, "privacy.unknown_tab", base::nearest(tab.text, known),
                                {{"tab", tab.text}, {"known", base::joined(known)}});
  if (std::ranges::none_of(kSelectors, [&](std::string_view key) { return map.has(key); }))
    map.problem("fields", "privacy.no_selection");
  return selection;
}

/// Whether a key says `only`, the one thing it can say.
bool says(const YamlMap& map, std::string_view key, std::string_view only) {
  const auto word = map.text(key);
  return word && base::choose(*word, key, {&only, 1}, map.problems());
}

Generalisation read_generalisation(const YamlMap& rule) {
  const auto* node = rule.required("generalise");
  if (node == nullptr) return {};
  const YamlMap map(*node, {"date", "municipality_code", "age"}, rule.problems());
  Generalisation how;
  how.municipality_to_prefecture = says(map, "municipality_code", "prefecture");
  how.age_to_band = says(map, "age", "band");
  if (const auto date = map.text("date")) {
    const auto named = base::choose(*date, "date", kPrecisions, map.problems());
    if (named) how.date = *named == 0 ? DatePrecision::month : DatePrecision::year;
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
  auto word = map.required_word(key);
  if (word == "*" && effect != Effect::forbid) map.problem(key, "privacy.star_not_allowed");
  return word;
}

Effect read_effect(const YamlMap& map) {
  const auto word = map.required_text("effect");
  const auto named = word ? base::choose(*word, "effect", kEffects, map.problems()) : std::nullopt;
  return named.value_or(Effect::forbid);
}

DayRange within(const DayRange& outer, const DayRange& inner) {
  return {std::max(outer.from, inner.from), std::min(outer.to, inner.to)};
}

std::unique_ptr<const Rule> read_rule(const YamlMap& map, const RuleFrame& frame,
                                      const model::Catalogue& catalogue) {
  auto rule = std::make_unique<Rule>();
  rule->id = frame.owner + ":" + map.required_word("id");
  rule->place = map.problems().place(map.mark());
  rule->effect = read_effect(map);
  rule->recipient = read_party(map, "recipient", rule->effect);
  rule->purpose = read_party(map, "purpose", rule->effect);
  rule->basis = read_party(map, "basis", rule->effect);
  rule->because = map.label("because");
  rule->recorded = frame.recorded;
  const auto stated = read_range(map, "from", "to");
  rule->in_force = within(frame.in_force, stated);
  if (stated.from < stated.to && !rule->in_force.overlaps(stated))
    map.problem("from", "privacy.never_in_force");
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

std::optional<Day> read_day(const YamlMap& map, std::string_view key) {
  const auto day = map.day(key);
  return day ? std::optional(static_cast<Day>(day->time_since_epoch().count())) : std::nullopt;
}

DayRange read_range(const YamlMap& map, std::string_view from, std::string_view to) {
  DayRange range;
  range.from = read_day(map, from).value_or(kDawn);
  range.to = read_day(map, to).value_or(kForever);
  if (range.from >= range.to) map.problem(to, "privacy.dates_reversed");
  return range;
}

std::vector<std::unique_ptr<const Rule>> read_rules(const YamlMap& map, const RuleFrame& frame,
                                                    const model::Catalogue& catalogue) {
  std::vector<std::unique_ptr<const Rule>> rules;
  std::set<std::string> ids;
  for (const auto& node : map.items("rules")) {
    const YamlMap item(node,
                       {"id", "effect", "recipient", "purpose", "basis", "classes", "types", "tabs", "fields",
                        "from", "to", "generalise", "because"},
                       map.problems());
    if (!item) continue;
    rules.push_back(read_rule(item, frame, catalogue));
    if (!ids.insert(rules.back()->id).second)
      item.problem("id", "privacy.rule_twice", {{"rule", rules.back()->id}});
  }
  return rules;
}

}  // namespace musubi::privacy
