// One value of one field: sixteen bytes, no ownership. Text points into kept bytes or into the arena of the
// batch that holds the value. Beside a value, "unknown" is itself a first-class thing with a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "musubi/base/export.h"
#include "musubi/base/partial_date.h"

namespace musubi::model {

/// Why there is no value. FHIR data-absent-reason has the same distinctions.
enum class AbsentReason : std::uint8_t {
  none,
  not_asked,            ///< left blank; nobody asked
  unknown,              ///< asked, and not known (不明)
  under_investigation,  ///< 調査中, 確認中
  not_disclosed,        ///< 非公表
  not_applicable,       ///< 該当なし
  unreadable            ///< illegible in the source
};
MUSUBI_SDK_API std::string_view name_of(AbsentReason reason) noexcept;
MUSUBI_SDK_API std::optional<AbsentReason> absent_reason_named(std::string_view name) noexcept;

using base::PartialDate;
using base::to_text;

/// An exact decimal: mantissa × 10^-scale.
struct Decimal {
  std::int64_t mantissa = 0;
  std::uint8_t scale = 0;
};
MUSUBI_SDK_API std::string to_text(Decimal number);

struct Age {
  std::int32_t amount = 0;
  bool months = false;
};

struct Moment {
  std::int64_t microseconds = 0;      ///< since 1970-01-01T00:00:00Z
  std::int16_t offset_minutes = 540;  ///< of the zone it was written in
};

enum class ValueKind : std::uint8_t {
  silent,  ///< the source says nothing about this field
  absent,  ///< the source says why there is no value
  text,
  code,
  integer,
  decimal,
  boolean,
  date,
  moment,
  age,
  list  ///< of values; for a group, of lists, one per item, each in the order of Catalogue::members_of
};

/// Trivially copyable. A default-constructed value is silent.
class Value {
 public:
  constexpr Value() noexcept : integer_(0) {}
  static constexpr Value absent(AbsentReason reason) noexcept {
    return Value(ValueKind::absent, static_cast<std::uint8_t>(reason), 0);
  }
  static constexpr Value text(std::string_view text) noexcept { return Value(ValueKind::text, text); }
  static constexpr Value code(std::string_view code) noexcept { return Value(ValueKind::code, code); }
  static constexpr Value integer(std::int64_t number) noexcept {
    return Value(ValueKind::integer, 0, number);
  }
  static constexpr Value boolean(bool yes) noexcept { return Value(ValueKind::boolean, 0, yes ? 1 : 0); }
  static constexpr Value decimal(Decimal number) noexcept {
    return Value(ValueKind::decimal, number.scale, number.mantissa);
  }
  static constexpr Value date(PartialDate date) noexcept {
    return Value(ValueKind::date, 0, date.year * 10000 + date.month * 100 + date.day);
  }
  static constexpr Value age(Age age) noexcept {
    return Value(ValueKind::age, age.months ? 1 : 0, age.amount);
  }
  static constexpr Value moment(Moment moment) noexcept {
    Value value(ValueKind::moment, 0, moment.microseconds);
    value.length_ = static_cast<std::uint32_t>(static_cast<std::int32_t>(moment.offset_minutes));
    return value;
  }
  static constexpr Value list(std::span<const Value> items) noexcept {
    Value value;
    value.kind_ = ValueKind::list;
    value.items_ = items.data();
    value.length_ = static_cast<std::uint32_t>(items.size());
    return value;
  }

  constexpr ValueKind kind() const noexcept { return kind_; }
  constexpr bool silent() const noexcept { return kind_ == ValueKind::silent; }
  constexpr bool is_absent() const noexcept { return kind_ == ValueKind::absent; }
  constexpr bool present() const noexcept { return kind_ > ValueKind::absent; }

  // Each is defined for its own kind only.
  constexpr AbsentReason absent_reason() const noexcept {
    return kind_ == ValueKind::absent ? static_cast<AbsentReason>(detail_) : AbsentReason::none;
  }
  constexpr std::string_view as_text() const noexcept { return {text_, length_}; }  ///< text and code
  constexpr std::int64_t as_integer() const noexcept { return integer_; }
  constexpr bool as_boolean() const noexcept { return integer_ != 0; }
  constexpr Decimal as_decimal() const noexcept { return {integer_, detail_}; }
  constexpr PartialDate as_date() const noexcept {
    return {static_cast<std::int16_t>(integer_ / 10000), static_cast<std::uint8_t>(integer_ / 100 % 100),
            static_cast<std::uint8_t>(integer_ % 100)};
  }
  constexpr Age as_age() const noexcept { return {static_cast<std::int32_t>(integer_), detail_ != 0}; }
  constexpr Moment as_moment() const noexcept {
    return {integer_, static_cast<std::int16_t>(static_cast<std::int32_t>(length_))};
  }
  constexpr std::span<const Value> as_list() const noexcept { return {items_, length_}; }

  /// Which rule of the layout made it; meaning is the mapping's.
  constexpr std::uint16_t rule() const noexcept { return rule_; }
  constexpr void set_rule(std::uint16_t rule) noexcept { rule_ = rule; }

  /// Equal kind and content; the rule that made it does not count.
  MUSUBI_SDK_API friend bool operator==(const Value& left, const Value& right) noexcept;

 private:
  constexpr Value(ValueKind kind, std::uint8_t detail, std::int64_t integer) noexcept
      : integer_(integer), kind_(kind), detail_(detail) {}
  constexpr Value(ValueKind kind, std::string_view text) noexcept
      : text_(text.data()), length_(static_cast<std::uint32_t>(text.size())), kind_(kind) {}

  union {
    const char* text_;
    std::int64_t integer_;
    const Value* items_;
  };
  std::uint32_t length_ = 0;
  std::uint16_t rule_ = 0;
  ValueKind kind_ = ValueKind::silent;
  std::uint8_t detail_ = 0;
};
static_assert(sizeof(Value) == 16);

/// For people and for NDJSON: dates and moments in ISO 8601, ages "40" or "11 months", lists joined with ";".
MUSUBI_SDK_API std::string to_text(const Value& value);

}  // namespace musubi::model
