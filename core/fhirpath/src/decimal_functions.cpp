// Roots, logarithms, powers and boundaries of decimals.
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>

#include "musubi/fhirpath/decimal.h"
#include "wide.h"

namespace musubi::fhirpath {

namespace {

constexpr unsigned kGuardedDigits = 80;  ///< 38 of the result, the rest against cancellation
using Real = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<kGuardedDigits>>;

/// Results beyond this power of ten do not fit (or are zero); checked before anything expensive is computed.
constexpr double kLargestExponent = Decimal::kMaximumDigits + 1;
constexpr double kLogarithmOfTen = 2.302585092994046;

Real real(Decimal value) {
  return Real(value.coefficient()) / Real(wide::kPowersOfTen[static_cast<std::size_t>(value.scale())]);
}

std::optional<Decimal> rounded(const Real& value) {
  const Real scaled = round(value * Real(wide::kPowersOfTen[Decimal::kMaximumScale]));
  const Real limit =
      Real(wide::kPowersOfTen[Decimal::kMaximumDigits]) * Real(wide::kPowersOfTen[Decimal::kMaximumScale]);
  if (!isfinite(scaled) || abs(scaled) >= limit) return std::nullopt;
  if (scaled == 0) return Decimal();  // the conversion below takes no zero
  const auto result = wide::to_decimal(scaled.convert_to<Wide>(), Decimal::kMaximumScale);
  return result ? std::optional(normalised(*result)) : std::nullopt;
}

/// Logarithm to the base of ten, for estimates.
double order_of(Decimal value) noexcept { return std::log10(std::fabs(to_double(value))); }

std::optional<Decimal> boundary(Decimal value, int precision, int direction) noexcept {
  if (precision < 0 || precision > Decimal::kMaximumScale) return std::nullopt;
  const int scale = value.scale() + 1;
  const Wide edge = Wide(value.coefficient()) * 10 + 5 * direction;
  if (precision >= scale) {
    const Wide padded = edge * wide::power_of_ten(precision - scale);
    const auto result = wide::to_decimal(padded, precision);
    return result && result->scale() == precision ? result : std::nullopt;
  }
  return wide::to_decimal(wide::divide_towards(edge, wide::power_of_ten(scale - precision), direction),
                          precision);
}

}  // namespace

std::optional<Decimal> square_root(Decimal value) noexcept {
  if (value.is_negative()) return std::nullopt;
  return rounded(sqrt(real(value)));
}

std::optional<Decimal> natural_logarithm(Decimal value) noexcept {
  if (value.is_negative() || value.is_zero()) return std::nullopt;
  return rounded(log(real(value)));
}

std::optional<Decimal> logarithm(Decimal value, Decimal base) noexcept {
  if (value.is_negative() || value.is_zero() || base.is_negative() || base.is_zero() || base == Decimal(1)) {
    return std::nullopt;
  }
  return rounded(log(real(value)) / log(real(base)));
}

std::optional<Decimal> exponential(Decimal value) noexcept {
  const double order = to_double(value) / kLogarithmOfTen;
  if (order > kLargestExponent) return std::nullopt;
  if (order < -kLargestExponent) return Decimal();
  return rounded(exp(real(value)));
}

std::optional<Decimal> power(Decimal base, Decimal exponent) noexcept {
  if (exponent.is_zero()) return Decimal(1);
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : std::optional(Decimal());
  const bool whole = truncate(exponent) == exponent;
  if (base.is_negative() && !whole) return std::nullopt;
  const double order = order_of(base) * to_double(exponent);
  if (order > kLargestExponent) return std::nullopt;
  if (order < -kLargestExponent) return Decimal();
  const bool negative = base.is_negative() && !modulo(exponent, 2)->is_zero();
  const auto magnitude = rounded(pow(real(absolute(base)), real(exponent)));
  return magnitude && negative ? std::optional(negate(*magnitude)) : magnitude;
}

std::optional<Decimal> low_boundary(Decimal value, int precision) noexcept {
  return boundary(value, precision, -1);
}

std::optional<Decimal> high_boundary(Decimal value, int precision) noexcept {
  return boundary(value, precision, +1);
}

}  // namespace musubi::fhirpath
