#include "row.h"

#include <algorithm>

namespace musubi::quality {

using base::PartialDate;
using model::Value;
using model::ValueKind;

void bind(Operand& operand, const model::RecordLayout& layout) {
  operand.slot = layout.slot(operand.field);
  const model::FieldNumber group = layout.catalogue->at(operand.field).group;
  if (operand.bound() || group == model::kNoField) return;
  const auto members = layout.catalogue->members_of(group);
  operand.slot = layout.slot(group);
  operand.member = static_cast<int>(std::ranges::find(members, operand.field) - members.begin());
}

const Value& Row::at(const Operand& operand) const noexcept {
  static constexpr Value kSilent;
  if (operand.member < 0) return values[static_cast<std::size_t>(operand.slot)];
  const auto member = static_cast<std::size_t>(operand.member);
  return member < item.size() ? item[member] : kSilent;
}

PartialDate date_of(const Value& value) noexcept {
  using namespace std::chrono;
  if (value.kind() == ValueKind::date) return value.as_date();
  if (value.kind() != ValueKind::moment) return {};
  const model::Moment moment = value.as_moment();
  const sys_time<microseconds> local(microseconds(moment.microseconds) + minutes(moment.offset_minutes));
  return base::partial_date(floor<days>(local));
}

bool later(PartialDate left, PartialDate right) noexcept {
  if (left.year == 0 || right.year == 0) return false;
  if (left.year != right.year) return left.year > right.year;
  if (left.month == 0 || right.month == 0) return false;
  if (left.month != right.month) return left.month > right.month;
  return left.day != 0 && right.day != 0 && left.day > right.day;
}

}  // namespace musubi::quality
