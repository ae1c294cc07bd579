#include "expectation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace musubi::quality {
namespace {

using base::PartialDate;
using model::Value;
using model::ValueKind;

/// A list keeps to what each of its items keeps to.
template <class Keeps>
bool each(const Value& value, Keeps keeps) noexcept {
  return value.kind() == ValueKind::list ? std::ranges::all_of(value.as_list(), keeps) : keeps(value);
}

bool is_code(const Value& value) noexcept {
  return value.kind() == ValueKind::code || value.kind() == ValueKind::text;
}

std::optional<double> number_of(const Value& value) noexcept {
  switch (value.kind()) {
    case ValueKind::integer:
      return static_cast<double>(value.as_integer());
    case ValueKind::decimal:
      return static_cast<double>(value.as_decimal().mantissa) / std::pow(10.0, value.as_decimal().scale);
    case ValueKind::age:
      return value.as_age().months ? value.as_age().amount / 12.0 : value.as_age().amount;
    default:
      return {};
  }
}

std::optional<int> whole_years(const Value& age) noexcept {
  if (age.kind() != ValueKind::age && age.kind() != ValueKind::integer) return {};
  return static_cast<int>(std::clamp(*number_of(age), -1.0, 1000.0));
}

PartialDate earliest(PartialDate date) noexcept {
  if (date.month == 0) return {date.year, 1, 1};
  return date.day == 0 ? PartialDate{date.year, date.month, 1} : date;
}

PartialDate latest(PartialDate date) noexcept {
  if (date.month == 0) return {date.year, 12, 31};
  return date.day == 0 ? PartialDate{date.year, date.month, 31} : date;
}

int age_on(PartialDate day, PartialDate birth) noexcept {
  const bool before_birthday = day.month < birth.month || (day.month == birth.month && day.day < birth.day);
  return day.year - birth.year - (before_birthday ? 1 : 0);
}

PartialDate first_with_year(const Row& row, const std::vector<Operand>& dates) noexcept {
  for (const Operand& operand : dates) {
    if (!operand.bound()) continue;
    if (const PartialDate date = date_of(row.at(operand)); date.year != 0) return date;
  }
  return {};
}

bool answered(const Value& value) noexcept {
  return value.present() || (value.is_absent() && value.absent_reason() != model::AbsentReason::not_asked);
}

unsigned weekday_named(std::string_view code) noexcept {
  constexpr std::array<std::string_view, 7> kCodes = {"sunday",   "monday", "tuesday", "wednesday",
                                                      "thursday", "friday", "saturday"};
  return static_cast<unsigned>(std::ranges::find(kCodes, code) - kCodes.begin());
}

std::vector<Operand*> addresses_of(std::vector<Operand>& operands) {
  std::vector<Operand*> all;
  all.reserve(operands.size());
  for (Operand& operand : operands) all.push_back(&operand);
  return all;
}

std::vector<Operand*> operands_in(Required& rule) { return addresses_of(rule.any_of); }
std::vector<Operand*> operands_in(InValueSet& rule) { return {&rule.code}; }
std::vector<Operand*> operands_in(NotAfter& rule) { return {&rule.earlier, &rule.later}; }
std::vector<Operand*> operands_in(NotFuture& rule) { return {&rule.date}; }
std::vector<Operand*> operands_in(NotBefore& rule) { return {&rule.date}; }
std::vector<Operand*> operands_in(SamePrefecture& rule) { return {&rule.municipality, &rule.prefecture}; }
std::vector<Operand*> operands_in(AgeMatchesBand& rule) { return {&rule.age, &rule.band}; }
std::vector<Operand*> operands_in(WeekdayMatchesDate& rule) { return {&rule.weekday, &rule.date}; }
std::vector<Operand*> operands_in(InRange& rule) { return {&rule.number}; }
std::vector<Operand*> operands_in(AgeMatchesBirthDate& rule) {
  auto all = addresses_of(rule.at);
  all.insert(all.begin(), {&rule.age, &rule.birth});
  return all;
}
std::vector<Operand*> operands_in(Implies& rule) {
  auto all = addresses_of(rule.needs);
  all.insert(all.begin(), &rule.field);
  return all;
}

bool any_bound(const std::vector<Operand>& operands) {
  return std::ranges::any_of(operands, &Operand::bound);
}

bool worth_keeping(Required&) { return true; }
bool worth_keeping(AgeMatchesBirthDate& rule) {
  return rule.age.bound() && rule.birth.bound() && any_bound(rule.at);
}
bool worth_keeping(Implies& rule) { return rule.field.bound() && any_bound(rule.needs); }
template <class Rule>
bool worth_keeping(Rule& rule) {
  return std::ranges::all_of(operands_in(rule), [](const Operand* operand) { return operand->bound(); });
}

}  // namespace

std::size_t SeenCodes::place(std::string_view code) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(code.data());
  return ((address >> 4) ^ (address >> 9)) % 16;
}

bool Required::holds(const Row& row, Context&) const noexcept {
  return std::ranges::any_of(any_of, [&](const Operand& operand) {
    if (!operand.bound()) return false;
    const Value& value = row.at(operand);
    return value.present() || (reason_is_enough && answered(value));
  });
}

bool InValueSet::holds(const Row& row, Context& context) const noexcept {
  return each(row.at(code), [&](const Value& value) {
    if (!is_code(value) || context.seen.has(value.as_text())) return true;
    if (value_set->with_code(value.as_text()) == nullptr) return false;
    context.seen.add(value.as_text());
    return true;
  });
}

bool NotAfter::holds(const Row& row, Context&) const noexcept {
  return !quality::later(date_of(row.at(earlier)), date_of(row.at(later)));
}

bool NotFuture::holds(const Row& row, Context& context) const noexcept {
  return each(row.at(date), [&](const Value& value) { return !later(date_of(value), context.last_day); });
}

bool NotBefore::holds(const Row& row, Context&) const noexcept {
  return each(row.at(date), [&](const Value& value) { return !later(first, date_of(value)); });
}

bool SamePrefecture::holds(const Row& row, Context&) const noexcept {
  const Value &one = row.at(municipality), &other = row.at(prefecture);
  if (!is_code(one) || !is_code(other)) return true;
  if (one.as_text().size() < 2 || other.as_text().size() < 2) return true;
  return one.as_text().substr(0, 2) == other.as_text().substr(0, 2);
}

bool AgeMatchesBirthDate::holds(const Row& row, Context&) const noexcept {
  const auto told = whole_years(row.at(age));
  const PartialDate born = date_of(row.at(birth));
  if (!told || born.year == 0) return true;
  const PartialDate day = first_with_year(row, at);
  if (day.year == 0) return true;
  const int youngest = age_on(earliest(day), latest(born)), oldest = age_on(latest(day), earliest(born));
  return *told >= youngest - years && *told <= oldest + years;
}

bool AgeMatchesBand::holds(const Row& row, Context&) const noexcept {
  const auto told = whole_years(row.at(age));
  const Value& code = row.at(band);
  if (!told || !is_code(code)) return true;
  const auto found = std::ranges::find(bands, code.as_text(), &Band::code);
  return found == bands.end() || (*told >= found->least && *told <= found->most);
}

bool WeekdayMatchesDate::holds(const Row& row, Context&) const noexcept {
  const Value& code = row.at(weekday);
  if (!is_code(code)) return true;
  const auto day = base::day_of(date_of(row.at(date)));
  const unsigned told = weekday_named(code.as_text());
  return !day || told > 6 || std::chrono::weekday(*day).c_encoding() == told;
}

bool InRange::holds(const Row& row, Context&) const noexcept {
  return each(row.at(number), [&](const Value& value) {
    const auto found = number_of(value);
    return !found || (*found >= least && *found <= most);
  });
}

bool Implies::holds(const Row& row, Context&) const noexcept {
  const Value& code = row.at(field);
  if (!is_code(code) || std::ranges::find(codes, code.as_text()) == codes.end()) return true;
  return std::ranges::any_of(
      needs, [&](const Operand& operand) { return operand.bound() && answered(row.at(operand)); });
}

std::vector<Operand*> operands_of(Expectation& expectation) {
  return std::visit([](auto& rule) { return operands_in(rule); }, expectation);
}

bool bind(Expectation& expectation, const model::RecordLayout& layout) {
  for (Operand* operand : operands_of(expectation)) bind(*operand, layout);
  return std::visit([](auto& rule) { return worth_keeping(rule); }, expectation);
}

}  // namespace musubi::quality
