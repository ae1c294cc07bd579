#include "musubi/model/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "musubi/model/finding.h"

namespace musubi::model {
namespace {

constexpr std::array<std::pair<AbsentReason, std::string_view>, 7> kReasons{{
    {AbsentReason::none, "none"},
    {AbsentReason::not_asked, "not_asked"},
    {AbsentReason::unknown, "unknown"},
    {AbsentReason::under_investigation, "under_investigation"},
    {AbsentReason::not_disclosed, "not_disclosed"},
    {AbsentReason::not_applicable, "not_applicable"},
    {AbsentReason::unreadable, "unreadable"},
}};

std::string to_text(Moment moment) {
  using namespace std::chrono;
  const sys_time<microseconds> local{microseconds(moment.microseconds) + minutes(moment.offset_minutes)};
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(local - day);
  const int offset = moment.offset_minutes;
  auto text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) text += fmt::format(".{:06}", time.subseconds().count());
  return text +
         fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string joined(std::span<const Value> items) {
  std::string text;
  for (const Value& item : items) {
    if (!text.empty()) text += ';';
    text += to_text(item);
  }
  return text;
}

}  // namespace

std::string_view name_of(AbsentReason reason) noexcept {
  return kReasons[static_cast<std::size_t>(reason)].second;
}

std::optional<AbsentReason> absent_reason_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(kReasons, name, &std::pair<AbsentReason, std::string_view>::second);
  return found == kReasons.end() ? std::nullopt : std::optional(found->first);
}

std::string to_text(Decimal number) {
  const bool negative = number.mantissa < 0;
  auto digits = std::to_string(number.mantissa);
  if (negative) digits.erase(0, 1);
  if (number.scale != 0) {
    if (digits.size() <= number.scale) digits.insert(0, number.scale + 1U - digits.size(), '0');
    digits.insert(digits.size() - number.scale, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case ValueKind::silent:
    case ValueKind::absent:
      return {};
    case ValueKind::text:
    case ValueKind::code:
      return std::string(value.as_text());
    case ValueKind::integer:
      return std::to_string(value.as_integer());
    case ValueKind::decimal:
      return to_text(value.as_decimal());
    case ValueKind::boolean:
      return value.as_boolean() ? "true" : "false";
    case ValueKind::date:
      return to_text(value.as_date());
    case ValueKind::moment:
      return to_text(value.as_moment());
    case ValueKind::age:
      return std::to_string(value.as_age().amount) + (value.as_age().months ? " months" : "");
    case ValueKind::list:
      return joined(value.as_list());
  }
  return {};
}

bool operator==(const Value& left, const Value& right) noexcept {
  if (left.kind_ != right.kind_ || left.detail_ != right.detail_) return false;
  switch (left.kind_) {
    case ValueKind::text:
    case ValueKind::code:
      return left.as_text() == right.as_text();
    case ValueKind::list:
      return std::ranges::equal(left.as_list(), right.as_list());
    case ValueKind::moment:
      return left.integer_ == right.integer_ && left.length_ == right.length_;
    default:
      return left.integer_ == right.integer_;
  }
}

}  // namespace musubi::model
