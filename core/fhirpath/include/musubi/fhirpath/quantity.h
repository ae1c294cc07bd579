// Quantities of FHIRPath: a decimal and a unit, which is a UCUM expression ('mg/dL') or a calendar duration
// (year, days). UCUM arithmetic is exact (fractions of integers), so that 4 'g' equals 4000 'mg'. Pure
// functions, no allocation. The table of units is data: src/ucum_units.inc.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/fhirpath/decimal.h"
#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath {

/// Does not own the text of its unit. Trivially copyable.
struct Quantity {
  Decimal value{};
  std::string_view unit = "1";  ///< UCUM, case-sensitive; or a calendar keyword, as written: year, days
  bool calendar = false;        ///< a calendar duration of FHIRPath, not a UCUM unit
};

/// A unit made by multiplication or division, in place: at most kSize bytes.
class UnitText {
 public:
  static constexpr std::size_t kSize = 96;
  std::string_view text() const noexcept { return {text_, size_}; }
  /// False (and unchanged): no room.
  bool append(std::string_view text) noexcept;

 private:
  char text_[kSize] = {};
  std::uint8_t size_ = 0;
};

struct QuantityResult {
  Decimal value{};
  UnitText unit{};
  bool calendar = false;
  /// Refers to this object.
  Quantity quantity() const noexcept { return {value, unit.text(), calendar}; }
};

/// The singular calendar keyword of "year", "years", … "millisecond", "milliseconds"; nullopt: none.
std::optional<TimeUnit> calendar_unit(std::string_view keyword) noexcept;
std::string_view calendar_keyword(TimeUnit unit) noexcept;

/// The argument of toQuantity(): "1", "1.5 'mg'", "4 days". The unit refers to `text` (or to static text).
std::optional<Quantity> parse_quantity(std::string_view text) noexcept;
/// As a literal: "1 'mg'", "4 days".
std::string to_text(const Quantity& quantity);

/// Whether the text is a UCUM expression whose units are all known.
bool is_unit(std::string_view ucum) noexcept;
/// The UCUM code of a usual name that is no code: none of ours; "lbs" → nullopt. nullopt also for what is no
/// unit. Whether both have the same dimension, so that they can be compared. A calendar year or month meets
/// only its own kind.
bool comparable(const Quantity& left, const Quantity& right) noexcept;
/// The amount in `unit`; nullopt: other dimension, unknown unit, or does not fit. Also between Cel, K and
/// [degF].
std::optional<Decimal> convert(const Quantity& quantity, std::string_view unit) noexcept;

// nullopt: not comparable. Calendar years and months have no certain length in UCUM, so that 1 year = 1 'a'
// is nullopt; weeks, days, hours, minutes, seconds and milliseconds are those of UCUM.
std::optional<bool> equal(const Quantity& left, const Quantity& right) noexcept;
std::optional<std::strong_ordering> compare(const Quantity& left, const Quantity& right) noexcept;
/// `~`: both rounded to what the coarser of the two can say (4 'g' ~ 4040 'mg'); 1 year ~ 1 'a', 1 month ~ 1
/// 'mo'.
bool equivalent(const Quantity& left, const Quantity& right) noexcept;

/// In the smaller of the two units: 3 'm' + 3 'cm' is 303 'cm'. nullopt: not comparable, temperatures in
/// different units with a zero of their own, or does not fit.
std::optional<Quantity> add(const Quantity& left, const Quantity& right) noexcept;
std::optional<Quantity> subtract(const Quantity& left, const Quantity& right) noexcept;
/// 2.0 'cm' * 2.0 'm' = 0.040 'm2'. nullopt: calendar durations times units, special units (Cel), or does not
/// fit.
std::optional<QuantityResult> multiply(const Quantity& left, const Quantity& right) noexcept;
std::optional<QuantityResult> divide(const Quantity& left, const Quantity& right) noexcept;

/// The unit to add to a date: calendar durations, 'wk', 'd', 'h', 'min', 's', 'ms', and the calendar keywords
/// in quotes. nullopt: no duration, or one without calendar meaning ('a', 'mo').
std::optional<TimeUnit> time_unit(const Quantity& quantity) noexcept;

/// Boundaries of the value; the unit stays.
std::optional<Quantity> low_boundary(const Quantity& quantity, int precision = 8) noexcept;
std::optional<Quantity> high_boundary(const Quantity& quantity, int precision = 8) noexcept;

}  // namespace musubi::fhirpath
