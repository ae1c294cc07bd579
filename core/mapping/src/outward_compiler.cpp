#include <algorithm>
#include <array>

#include "outward_spec.h"
#include "scalar_place.h"

namespace musubi::mapping {
namespace {

constexpr auto kRuleKeys =
    std::to_array<std::string_view>({"from", "expr", "value", "lookup", "display", "label", "absent",
                                     "default", "separator", "as", "on_error"});
constexpr auto kTypes = std::to_array<std::string_view>({"as_it_is", "text", "boolean", "number"});
constexpr auto kLanguages = std::to_array<std::string_view>({"ja", "en"});
constexpr auto kReasons = std::to_array<std::string_view>(
    {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"});
constexpr auto kOnErrors = std::to_array<std::string_view>({"review", "null"});
constexpr auto kSourceKeys = std::to_array<std::string_view>({"from", "expr", "value"});

/// An object of the template that is filled from the record. `value` alone is a name that FHIR has too: with
/// `as` it is a constant.
bool is_rule(const YamlNode& node) {
  if (node.kind != YamlKind::map) return false;
  if (node.find("from") != nullptr || node.find("expr") != nullptr) return true;
  return node.find("value") != nullptr && node.find("as") != nullptr;
}

/// What expressions stand on: the record, or an item of one of its groups.
struct Focus {
  std::string type;    ///< "case", "case.test"
  std::string prefix;  ///< of field ids: "test."
};

class OutwardCompiler {
 public:
  OutwardCompiler(const Head& head, OutwardPlan& plan, Compilation& compilation)
      : head_(head), plan_(plan), compilation_(compilation), problems_(compilation.problems) {}

  void run(const YamlNode& root) {
    const Focus record{plan_.types.root(), {}};
    const YamlMap map(root, problems_);
    if (const auto when = map.text("when")) plan_.when = expression(*when, record);
    if (head_.writes == Writes::json) {
      if (const auto* written = map.required("template")) plan_.root = node(*written, record);
    } else if (const auto* columns = map.required("columns")) {
      for (const auto& [name, rule_node] : YamlMap(*columns, problems_).entries())
        plan_.columns.emplace_back(name.text, rule(rule_node, record));
    }
  }

 private:
  std::optional<fhirpath::Expression> expression(const Located& text, const Focus& focus) {
    auto compiled = fhirpath::Expression::compile(text.text, {.model = &plan_.types.table(),
                                                              .root_type = focus.type,
                                                              .resource_type = plan_.types.root(),
                                                              .strict = true});
    if (compiled.has_value()) return std::move(*compiled);
    auto mark = text.mark;
    const auto& place = compiled.error().place();
    if (place.line != 0 && mark.file < compilation_.files.size())
      mark = place_within(compilation_.files[mark.file], text, place.line, place.column);
    mark.length = 0;
    problems_.add(compiled.error().at(problems_.place(mark)));
    return std::nullopt;
  }

  /// The field that `from` names; nullptr: a problem.
  const model::Field* field_named(const Located& name, const Focus& focus) {
    const auto& catalogue = *compilation_.context.catalogue;
    const auto* field = catalogue.find(name.text);
    const bool known = field != nullptr && field->kind == head_.record;
    if (known && name.text.starts_with(focus.prefix)) return field;
    if (known) {
      problems_.error(name.mark, "mapping.field_not_of_group",
                      {{"rule", name.text}, {"group", focus.prefix.substr(0, focus.prefix.size() - 1)}});
      return nullptr;
    }
    problems_.error_near(name.mark, "mapping.field_unknown", catalogue.suggest(name.text),
                         {{"rule", name.text}});
    return nullptr;
  }

  void take_source(const YamlMap& map, const Focus& focus, OutwardRule& rule, const model::Field*& field) {
    if (const auto text = map.text("expr")) rule.expression = expression(*text, focus);
    if (const auto name = map.text("from")) {
      field = field_named(*name, focus);
      if (field != nullptr)
        rule.expression = expression({field->id.substr(focus.prefix.size()), name->mark}, focus);
    }
    if (map.has("value")) rule.constant = map.word("value");
    if (std::ranges::count_if(kSourceKeys, [&](std::string_view key) { return map.has(key); }) != 1)
      problems_.error(map.mark(), "mapping.outward_one_source");
  }

  void take_codes(const YamlMap& map, const model::Field* field, OutwardRule& rule) {
    const auto& sets = *compilation_.context.value_sets;
    if (const auto name = map.text("lookup")) {
      rule.concept_map = sets.concept_map(name->text);
      if (rule.concept_map == nullptr)
        problems_.error_near(name->mark, "mapping.concept_map_unknown", sets.suggest_concept_map(name->text),
                             {{"word", name->text}});
    }
    rule.shows_display = map.yes("display");
    const auto language = map.text("label");
    if (!language) return;
    const auto chosen = base::choose(*language, "label", kLanguages, problems_);
    rule.in_english = chosen == 1U;
    rule.labels = field == nullptr || field->value_set.empty() ? nullptr : sets.find(field->value_set);
    if (rule.labels == nullptr) problems_.error(language->mark, "mapping.label_without_codes");
  }

  void take_absent(const YamlMap& map, OutwardRule& rule) {
    const auto* absent = map.find("absent");
    if (absent == nullptr) return;
    for (const auto& [reason, text] : base::pairs_of(*absent, "absent", problems_))
      if (const auto named = base::choose(reason, "absent", kReasons, problems_))
        rule.absent.emplace_back(*model::absent_reason_named(kReasons[*named]), text.text);
  }

  OutwardRule rule(const YamlNode& written, const Focus& focus) {
    OutwardRule rule;
    rule.line = written.mark.line;
    const YamlMap map(written, kRuleKeys, problems_);
    if (!map) return rule;
    const model::Field* field = nullptr;
    take_source(map, focus, rule, field);
    take_codes(map, field, rule);
    take_absent(map, rule);
    if (map.has("default")) rule.fallback = map.word("default");
    if (map.has("separator")) rule.separator = map.word("separator");
    if (const auto type = map.text("as"))
      rule.type = static_cast<OutwardType>(base::choose(*type, "as", kTypes, problems_).value_or(0));
    if (const auto* on_error = map.find("on_error"); on_error != nullptr) {
      rule.goes_on = on_error->kind == YamlKind::null;
      if (!rule.goes_on)
        if (const auto word = base::text_of(*on_error, "on_error", problems_))
          rule.goes_on = base::choose(*word, "on_error", kOnErrors, problems_) == 1U;
    }
    return rule;
  }

  /// for_each: a field that is a list.
  std::optional<Focus> item_focus(const Located& name, const Focus& focus, TemplateNode& node) {
    const auto* field = field_named(name, focus);
    if (field == nullptr) return std::nullopt;
    if (field->type != model::FieldType::group && !field->repeats) {
      problems_.error(name.mark, "mapping.repeats_no_list", {{"rule", name.text}});
      return std::nullopt;
    }
    node.for_each = expression({name.text.substr(focus.prefix.size()), name.mark}, focus);
    return Focus{plan_.types.type_of(name.text), name.text + "."};
  }

  TemplateNode map_node(const YamlNode& written, Focus focus) {
    TemplateNode node{.kind = TemplateKind::map};
    const YamlMap map(written, problems_);
    if (const auto items = map.text("for_each")) {
      auto inner = item_focus(*items, focus, node);
      if (!inner) return node;
      focus = std::move(*inner);
      node.has_rules = true;
    }
    if (const auto when = map.text("when")) node.when = expression(*when, focus);
    for (const auto& [key, value] : map.entries()) {
      if (key.text == "for_each" || key.text == "when") continue;
      auto below = this->node(value, focus);
      node.has_rules |= below.has_rules;
      node.entries.emplace_back(key.text, std::move(below));
    }
    return node;
  }

  TemplateNode node(const YamlNode& written, const Focus& focus) {
    if (is_rule(written))
      return {.kind = TemplateKind::rule,
              .rule = rule(written, focus),
              .has_rules = written.find("value") == nullptr};
    if (written.kind == YamlKind::map) return map_node(written, focus);
    if (written.kind != YamlKind::list) return {.kind = TemplateKind::text, .text = written.text};
    TemplateNode list{.kind = TemplateKind::list};
    for (const YamlNode& item : written.items) {
      list.items.push_back(node(item, focus));
      list.has_rules |= list.items.back().has_rules;
    }
    return list;
  }

  const Head& head_;
  OutwardPlan& plan_;
  Compilation& compilation_;
  Problems& problems_;
};

}  // namespace

std::unique_ptr<const OutwardPlan> compile_outward(const YamlNode& root, const Head& head,
                                                   Compilation& compilation) {
  auto plan = std::make_unique<OutwardPlan>(*compilation.context.catalogue, head.record);
  OutwardCompiler(head, *plan, compilation).run(root);
  return plan;
}

}  // namespace musubi::mapping
