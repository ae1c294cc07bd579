#include "treatment.h"

#include <algorithm>
#include <array>

#include "musubi/base/codes.h"

namespace musubi::privacy {
namespace {

using model::Value;
using model::ValueKind;

constexpr int kPrefectures = 47;
constexpr int kOldestBand = 90;

Value masked() { return Value::absent(model::AbsentReason::not_disclosed); }

using PrefectureCodes = std::array<std::array<char, 6>, kPrefectures>;

PrefectureCodes make_prefecture_codes() {
  PrefectureCodes codes{};
  for (int number = 1; number <= kPrefectures; ++number) {
    auto& code = codes[static_cast<std::size_t>(number - 1)];
    code = {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10), '0', '0', '0', '0'};
    code[5] = base::municipality_check_digit({code.data(), 5});
  }
  return codes;
}

Value prefecture_of(std::string_view municipality, ValueKind kind) {
  static const PrefectureCodes kCodes = make_prefecture_codes();
  const auto digit = [](char each) { return each >= '0' && each <= '9'; };
  if (municipality.size() != 6 || !std::ranges::all_of(municipality, digit)) return masked();
  const int number = (municipality[0] - '0') * 10 + (municipality[1] - '0');
  if (number < 1 || number > kPrefectures) return masked();
  const auto& code = kCodes[static_cast<std::size_t>(number - 1)];
  const std::string_view text(code.data(), code.size());
  return kind == ValueKind::code ? Value::code(text) : Value::text(text);
}

Value coarser_date(model::PartialDate date, DatePrecision precision) {
  date.day = 0;
  if (precision == DatePrecision::year) date.month = 0;
  return date.year == 0 && date.month == 0 ? masked() : Value::date(date);
}

Value band_of(model::Age age) {
  if (age.months) return Value::age({0, false});
  return age.amount < 0 ? masked() : Value::age({std::min(age.amount / 10 * 10, kOldestBand), false});
}

Value coarser(const Generalisation& how, const Value& value) {
  switch (value.kind()) {
    case ValueKind::silent:
    case ValueKind::absent:
      return value;
    case ValueKind::date:
      return how.date == DatePrecision::unchanged ? masked() : coarser_date(value.as_date(), how.date);
    case ValueKind::age:
      return how.age_to_band ? band_of(value.as_age()) : masked();
    case ValueKind::text:
    case ValueKind::code:
      return how.municipality_to_prefecture ? prefecture_of(value.as_text(), value.kind()) : masked();
    default:
      return masked();
  }
}

template <class Change>
Value changed_list(const Value& value, model::RecordBatch& batch, Change change) {
  const auto items = value.as_list();
  const auto kept = batch.keep_list(items.size());
  for (std::size_t index = 0; index < items.size(); ++index) kept[index] = change(index, items[index]);
  return Value::list(kept);
}

Value treated_group(const ValuePlan& plan, const Value& group, model::RecordBatch& batch) {
  if (group.kind() != ValueKind::list) return group;
  const auto member = [&](std::size_t index, const Value& value) {
    return index < plan.members.size() ? treated(plan.members[index], value, batch) : Value{};
  };
  return changed_list(group, batch, [&](std::size_t, const Value& item) {
    return item.kind() == ValueKind::list ? changed_list(item, batch, member) : masked();
  });
}

Value generalised(const ValuePlan& plan, const Value& value, model::RecordBatch& batch) {
  if (value.kind() != ValueKind::list) return coarser(plan.generalisation, value);
  return changed_list(value, batch,
                      [&](std::size_t, const Value& item) { return coarser(plan.generalisation, item); });
}

Value with_rule(Value value, std::uint16_t rule) {
  value.set_rule(rule);
  return value;
}

}  // namespace

ValuePlan plan_value(const CompiledRequest& request, SegmentRange range, const model::Catalogue& catalogue,
                     const model::Field& field) {
  const auto decision = request.decision(range, field.number);
  ValuePlan plan{decision.treatment, decision.generalisation, {}};
  if (field.type != model::FieldType::group || plan.treatment != Treatment::release) return plan;
  for (const auto member : catalogue.members_of(field.number))
    plan.members.push_back(plan_value(request, range, catalogue, catalogue.at(member)));
  if (std::ranges::all_of(plan.members, &ValuePlan::copies)) plan.members.clear();
  return plan;
}

model::Value treated(const ValuePlan& plan, const Value& value, model::RecordBatch& batch) {
  switch (plan.treatment) {
    case Treatment::withhold:
      return {};
    case Treatment::mask:
      return with_rule(masked(), value.rule());
    case Treatment::generalise:
      return with_rule(generalised(plan, value, batch), value.rule());
    case Treatment::release:
      return plan.members.empty() ? value : with_rule(treated_group(plan, value, batch), value.rule());
  }
  return {};
}

}  // namespace musubi::privacy
