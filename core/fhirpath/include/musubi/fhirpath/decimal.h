// The Decimal of FHIRPath: exact decimal numbers of up to 38 digits that remember how precisely they were
// written, so that 1.50 prints as 1.50 although it equals 1.5. Pure functions, no allocation (but for
// to_text). Where a result does not exist or does not fit, the answer is nullopt: the empty collection of
// FHIRPath.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::fhirpath {

/// Trivially copyable; 24 bytes. The value is coefficient × 10^-scale.
class Decimal {
 public:
  __extension__ using Coefficient = __int128;

  static constexpr int kMaximumDigits = 38;  ///< of the coefficient
  static constexpr int kMaximumScale = 28;   ///< decimals kept; precision() and boundaries go no further

  constexpr Decimal() noexcept = default;
  constexpr Decimal(std::int64_t integer) noexcept
      : Decimal(Coefficient{integer}, 0) {}  // NOLINT(*explicit*)

  /// nullopt: more than 38 digits or a scale outside 0…28.
  static std::optional<Decimal> of(Coefficient coefficient, int scale) noexcept;

  constexpr Coefficient coefficient() const noexcept {
    return static_cast<Coefficient>((static_cast<Magnitude>(high_) << 64U) | low_);
  }
  /// Decimals it was written with: precision() of the specification. 1.58700 → 5.
  constexpr int scale() const noexcept { return scale_; }
  constexpr bool is_zero() const noexcept { return high_ == 0 && low_ == 0; }
  constexpr bool is_negative() const noexcept { return (high_ >> 63U) != 0; }

 private:
  __extension__ using Magnitude = unsigned __int128;
  constexpr Decimal(Coefficient coefficient, int scale) noexcept
      : high_(static_cast<std::uint64_t>(static_cast<Magnitude>(coefficient) >> 64U)),
        low_(static_cast<std::uint64_t>(static_cast<Magnitude>(coefficient))),
        scale_(static_cast<std::uint8_t>(scale)) {}

  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::uint8_t scale_ = 0;
};

/// A literal of FHIRPath and the argument of toDecimal(): (+|-)? digits (. digits)?. nullopt: not one, or
/// does not fit.
std::optional<Decimal> parse_decimal(std::string_view text) noexcept;
/// A decimal of FHIR JSON and XML: as above, an exponent allowed (1.2e-3).
std::optional<Decimal> parse_fhir_decimal(std::string_view text) noexcept;
/// As written: "1.50", "-0.3".
std::string to_text(Decimal value);
/// The longest text of a Decimal.
inline constexpr std::size_t kDecimalText = 44;
/// As to_text, into `into` of at least kDecimalText bytes; the part that was written.
std::string_view write_text(Decimal value, char* into) noexcept;

/// By value: 1.50 = 1.5.
std::strong_ordering compare(Decimal left, Decimal right) noexcept;
bool operator==(Decimal left, Decimal right) noexcept;
/// `~`: equal after rounding both to the decimals of the less precise (trailing zeros do not count).
bool equivalent(Decimal left, Decimal right) noexcept;
/// Equal values have equal hashes, whatever their scale.
std::size_t hash_of(Decimal value) noexcept;

// Sums and products keep every digit as long as 38 suffice, then lose decimals (rounded half away from zero);
// nullopt: the integer part does not fit.
std::optional<Decimal> add(Decimal left, Decimal right) noexcept;
std::optional<Decimal> subtract(Decimal left, Decimal right) noexcept;
std::optional<Decimal> multiply(Decimal left, Decimal right) noexcept;
/// `/`: to 28 decimals, without trailing zeros; nullopt: division by zero, or does not fit.
std::optional<Decimal> divide(Decimal left, Decimal right) noexcept;
/// `div`: truncated towards zero, scale 0. `mod`: left − right × (left div right), the sign of left.
std::optional<Decimal> integer_divide(Decimal left, Decimal right) noexcept;
std::optional<Decimal> modulo(Decimal left, Decimal right) noexcept;

Decimal negate(Decimal value) noexcept;
Decimal absolute(Decimal value) noexcept;
/// Half away from zero (round() of the specification for 0.5 → 1). `decimals` below zero: nullopt.
/// Where `value` has fewer decimals it is unchanged.
std::optional<Decimal> round(Decimal value, int decimals) noexcept;
Decimal truncate(Decimal value) noexcept;
Decimal ceiling(Decimal value) noexcept;
Decimal floor(Decimal value) noexcept;
/// The integer where it has no fraction and fits.
std::optional<std::int64_t> to_integer(Decimal value) noexcept;
/// The nearest double.
double to_double(Decimal value) noexcept;
/// Without trailing zeros after the point: 1.50 → 1.5, 2.0 → 2.
Decimal normalised(Decimal value) noexcept;

// Rounded to 28 decimals (fewer where 38 digits do not suffice), without trailing zeros. nullopt: not a real
// number, or does not fit.
std::optional<Decimal> square_root(Decimal value) noexcept;
std::optional<Decimal> natural_logarithm(Decimal value) noexcept;
std::optional<Decimal> logarithm(Decimal value, Decimal base) noexcept;
std::optional<Decimal> exponential(Decimal value) noexcept;
std::optional<Decimal> power(Decimal base, Decimal exponent) noexcept;

/// lowBoundary() and highBoundary(): the least and greatest number that rounds to `value` as written, given
/// with `precision` decimals (rounded outwards). nullopt: precision outside 0…28, or does not fit.
std::optional<Decimal> low_boundary(Decimal value, int precision = 8) noexcept;
std::optional<Decimal> high_boundary(Decimal value, int precision = 8) noexcept;

}  // namespace musubi::fhirpath
