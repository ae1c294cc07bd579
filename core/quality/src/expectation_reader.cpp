// The kinds of expectation, as they are written.
#include <algorithm>

#include "musubi/base/japanese_date.h"
#include "rule_reader.h"

namespace musubi::quality {
namespace {

using model::FieldType;

constexpr auto kDates = {FieldType::date, FieldType::time};
constexpr auto kCodes = {FieldType::code, FieldType::municipality_code};
constexpr auto kNumbers = {FieldType::integer, FieldType::decimal, FieldType::quantity, FieldType::age};
constexpr auto kAges = {FieldType::age, FieldType::integer};
constexpr std::initializer_list<FieldType> kAny = {};

}  // namespace

void RuleReader::required(const YAML::Node& node, Rule& rule) {
  rule.expectations.emplace_back(Required{fields(node, kAny, false), false});
}

void RuleReader::answered(const YAML::Node& node, Rule& rule) {
  rule.expectations.emplace_back(Required{fields(node, kAny, false), true});
}

void RuleReader::in_value_set(const YAML::Node& node, Rule& rule) {
  std::vector<Operand> codes;
  if (scalar(node) == "all") {
    for (const auto number : catalogue_.fields_of(records_)) {
      if (std::ranges::find(kCodes, catalogue_.at(number).type) != kCodes.end())
        codes.push_back({.field = number});
    }
  } else {
    codes = fields(node, kCodes, false);
  }
  for (const Operand& code : codes) {
    if (code.field == model::kNoField) continue;
    const model::Field& coded = catalogue_.at(code.field);
    const model::ValueSet* value_set = value_set_of(coded);
    if (value_set == nullptr) problem(node, "quality.no_value_set", {{"id", coded.id}});
    rule.expectations.emplace_back(InValueSet{code, value_set});
  }
}

void RuleReader::not_after(const YAML::Node& node, Rule& rule) {
  if (const auto both = two_fields(node, kDates, kDates))
    rule.expectations.emplace_back(NotAfter{both->first, both->second});
}

void RuleReader::not_future(const YAML::Node& node, Rule& rule) {
  for (const Operand& date : fields(node, kDates, false)) rule.expectations.emplace_back(NotFuture{date});
}

void RuleReader::not_before(const YAML::Node& node, Rule& rule) {
  if (!check_keys(*file_, node, {"fields", "day"}, problems_)) return;
  const std::string day = text(node, "day");
  const auto first = base::parse_iso_date(day);
  if (!first && !day.empty()) problem(child(node, "day"), "quality.bad_day");
  for (const Operand& date : fields(needed(node, "fields"), kDates, false))
    rule.expectations.emplace_back(NotBefore{date, first.value_or(base::PartialDate{})});
}

void RuleReader::municipality_in_prefecture(const YAML::Node& node, Rule& rule) {
  if (const auto both = two_fields(node, {FieldType::municipality_code}, kCodes))
    rule.expectations.emplace_back(SamePrefecture{both->first, both->second});
}

void RuleReader::age_matches_birth_date(const YAML::Node& node, Rule& rule) {
  if (!check_keys(*file_, node, {"age", "birth_date", "on", "years"}, problems_)) return;
  AgeMatchesBirthDate expectation;
  expectation.age = field(needed(node, "age"), kAges, true);
  expectation.birth = field(needed(node, "birth_date"), {FieldType::date}, true);
  expectation.at = fields(needed(node, "on"), kDates, true);
  expectation.years = static_cast<int>(number(node, "years").value_or(0));
  rule.expectations.emplace_back(std::move(expectation));
}

void RuleReader::age_matches_band(const YAML::Node& node, Rule& rule) {
  if (!check_keys(*file_, node, {"age", "band", "bands"}, problems_)) return;
  AgeMatchesBand expectation;
  expectation.age = field(needed(node, "age"), kAges, true);
  expectation.band = field(needed(node, "band"), {FieldType::code}, true);
  const YAML::Node bands = needed(node, "bands");
  if (!bands.IsDefined()) return;
  if (!bands.IsMap()) return problem(bands, "yaml.not_a_map");
  for (const auto& entry : bands) {
    codes(entry.first, expectation.band);
    expectation.bands.push_back(band(entry.first, entry.second));
  }
  rule.expectations.emplace_back(std::move(expectation));
}

Band RuleReader::band(const YAML::Node& code, const YAML::Node& years) {
  Band band{.code = scalar(code).value_or("")};
  const bool readable = years.IsSequence() && years.size() == 2 &&
                        YAML::convert<int>::decode(years[0], band.least) &&
                        YAML::convert<int>::decode(years[1], band.most) && band.least <= band.most;
  if (!readable) problem(years, "quality.bad_band");
  return band;
}

void RuleReader::weekday_matches_date(const YAML::Node& node, Rule& rule) {
  if (const auto both = two_fields(node, {FieldType::code}, kDates))
    rule.expectations.emplace_back(WeekdayMatchesDate{both->first, both->second});
}

void RuleReader::range(const YAML::Node& node, Rule& rule) {
  if (!check_keys(*file_, node, {"fields", "least", "most"}, problems_)) return;
  const auto least = number(node, "least"), most = number(node, "most");
  if (least && most && *least > *most) problem(node, "quality.empty_range");
  for (const Operand& operand : fields(needed(node, "fields"), kNumbers, false))
    rule.expectations.emplace_back(InRange{operand, least.value_or(0), most.value_or(0)});
}

void RuleReader::implies(const YAML::Node& node, Rule& rule) {
  if (!check_keys(*file_, node, {"field", "is", "needs"}, problems_)) return;
  Implies expectation;
  expectation.field = field(needed(node, "field"), {FieldType::code}, true);
  expectation.codes = codes(needed(node, "is"), expectation.field);
  expectation.needs = fields(needed(node, "needs"), kAny, false);
  rule.expectations.emplace_back(std::move(expectation));
}

std::vector<std::string> RuleReader::codes(const YAML::Node& node, Operand field) {
  std::vector<YAML::Node> written;
  if (node.IsDefined() && node.IsSequence()) {
    for (const auto& each : node) written.push_back(each);
  } else if (node.IsDefined()) {
    written = {node};
  }
  if (written.empty() && node.IsDefined()) problem(node, "quality.codes_needed");
  const model::ValueSet* known =
      field.field == model::kNoField ? nullptr : value_set_of(catalogue_.at(field.field));
  std::vector<std::string> all;
  for (const YAML::Node& each : written) {
    const std::string code = scalar(each).value_or("");
    if (known != nullptr && known->with_code(code) == nullptr) {
      problem(each, "quality.unknown_value",
              {{"given", code}, {"value_set", known->id()}, {"suggestion", known->suggest(code)}});
    }
    all.push_back(code);
  }
  return all;
}

}  // namespace musubi::quality
