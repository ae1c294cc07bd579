// The kinds of expectation, as they are written.
#include <algorithm>

#include "musubi/base/text.h"
#include "rule_reader.h"

namespace musubi::quality {
namespace {

using model::FieldType;

constexpr auto kDates = {FieldType::date, FieldType::time};
constexpr auto kCodes = {FieldType::code, FieldType::municipality_code};
constexpr auto kNumbers = {FieldType::integer, FieldType::decimal, FieldType::quantity, FieldType::age};
constexpr auto kAges = {FieldType::age, FieldType::integer};
constexpr std::initializer_list<FieldType> kAny = {};
constexpr double kOldest = 999;  ///< years; more are a slip of the pen

}  // namespace

void RuleReader::required(const YamlNode& node, Rule& rule) {
  rule.expectations.emplace_back(Required{fields(&node, kAny, false), false});
}

void RuleReader::answered(const YamlNode& node, Rule& rule) {
  rule.expectations.emplace_back(Required{fields(&node, kAny, false), true});
}

void RuleReader::in_value_set(const YamlNode& node, Rule& rule) {
  std::vector<Operand> codes;
  if (node.kind == YamlKind::scalar && node.text == "all") {
    for (const auto number : catalogue_.fields_of(records_)) {
      if (std::ranges::find(kCodes, catalogue_.at(number).type) != kCodes.end())
        codes.push_back({.field = number});
    }
  } else {
    codes = fields(&node, kCodes, false);
  }
  for (const Operand& code : codes) {
    if (code.field == model::kNoField) continue;
    const model::Field& coded = catalogue_.at(code.field);
    if (std::ranges::find(kCodes, coded.type) == kCodes.end()) continue;
    const model::ValueSet* value_set = value_set_of(coded);
    if (value_set == nullptr) problem(node.mark, "quality.no_value_set", {{"id", coded.id}});
    rule.expectations.emplace_back(InValueSet{code, value_set});
  }
}

void RuleReader::not_after(const YamlNode& node, Rule& rule) {
  if (const auto both = two_fields(node, kDates, kDates))
    rule.expectations.emplace_back(NotAfter{both->first, both->second});
}

void RuleReader::not_future(const YamlNode& node, Rule& rule) {
  for (const Operand& date : fields(&node, kDates, false)) rule.expectations.emplace_back(NotFuture{date});
}

void RuleReader::not_before(const YamlNode& node, Rule& rule) {
  const YamlMap map(node, {"fields", "day"}, problems_);
  if (!map) return;
  const auto day = map.required("day") == nullptr ? std::nullopt : map.day("day");
  const auto first = day ? base::partial_date(*day) : base::PartialDate{};
  for (const Operand& date : fields(map.required("fields"), kDates, false))
    rule.expectations.emplace_back(NotBefore{date, first});
}

void RuleReader::municipality_in_prefecture(const YamlNode& node, Rule& rule) {
  if (const auto both = two_fields(node, {FieldType::municipality_code}, kCodes))
    rule.expectations.emplace_back(SamePrefecture{both->first, both->second});
}

void RuleReader::age_matches_birth_date(const YamlNode& node, Rule& rule) {
  const YamlMap map(node, {"age", "birth_date", "on", "years"}, problems_);
  if (!map) return;
  AgeMatchesBirthDate expectation;
  expectation.age = field(map.required("age"), kAges, true);
  expectation.birth = field(map.required("birth_date"), {FieldType::date}, true);
  expectation.at = fields(map.required("on"), kDates, true);
  expectation.years = static_cast<int>(std::clamp(number(map, "years").value_or(0), 0.0, kOldest));
  rule.expectations.emplace_back(std::move(expectation));
}

void RuleReader::age_matches_band(const YamlNode& node, Rule& rule) {
  const YamlMap map(node, {"age", "band", "bands"}, problems_);
  if (!map) return;
  AgeMatchesBand expectation;
  expectation.age = field(map.required("age"), kAges, true);
  expectation.band = field(map.required("band"), {FieldType::code}, true);
  if (const YamlNode* bands = map.required("bands"))
    for (const auto& [code, years] : YamlMap(*bands, problems_).entries()) {
      check_code(code, expectation.band);
      expectation.bands.push_back(band(code, years));
    }
  rule.expectations.emplace_back(std::move(expectation));
}

Band RuleReader::band(const base::Located& code, const YamlNode& years) {
  Band band{.code = code.text};
  const auto year = [&](std::size_t index) {
    return years.items.size() == 2 ? base::parse_integer(years.items[index].text) : std::nullopt;
  };
  const auto least = year(0), most = year(1);
  if (!least || !most || *least < 0 || *least > *most || static_cast<double>(*most) > kOldest) {
    problem(years.mark, "quality.bad_band");
    return band;
  }
  band.least = static_cast<int>(*least);
  band.most = static_cast<int>(*most);
  return band;
}

void RuleReader::weekday_matches_date(const YamlNode& node, Rule& rule) {
  if (const auto both = two_fields(node, {FieldType::code}, kDates))
    rule.expectations.emplace_back(WeekdayMatchesDate{both->first, both->second});
}

void RuleReader::range(const YamlNode& node, Rule& rule) {
  const YamlMap map(node, {"fields", "least", "most"}, problems_);
  if (!map) return;
  const auto least = number(map, "least"), most = number(map, "most");
  if (least && most && *least > *most) problem(node.mark, "quality.empty_range");
  for (const Operand& operand : fields(map.required("fields"), kNumbers, false))
    rule.expectations.emplace_back(InRange{operand, least.value_or(0), most.value_or(0)});
}

void RuleReader::implies(const YamlNode& node, Rule& rule) {
  const YamlMap map(node, {"field", "is", "needs"}, problems_);
  if (!map) return;
  Implies expectation;
  expectation.field = field(map.required("field"), {FieldType::code}, true);
  expectation.codes = codes(map.required("is"), expectation.field);
  expectation.needs = fields(map.required("needs"), kAny, false);
  rule.expectations.emplace_back(std::move(expectation));
}

std::vector<std::string> RuleReader::codes(const YamlNode* node, Operand field) {
  if (node == nullptr) return {};
  const auto written = base::texts_of(*node, "is", problems_);
  if (node->kind == YamlKind::list && node->items.empty()) problem(node->mark, "quality.codes_needed");
  for (const auto& code : written) check_code(code, field);
  return base::plain(written);
}

void RuleReader::check_code(const base::Located& code, Operand field) {
  const model::ValueSet* known =
      field.field == model::kNoField ? nullptr : value_set_of(catalogue_.at(field.field));
  if (known != nullptr && known->with_code(code.text) == nullptr)
    problems_.error_near(code.mark, "quality.unknown_value", known->suggest(code.text),
                         {{"given", code.text}, {"value_set", known->id()}});
}

}  // namespace musubi::quality
