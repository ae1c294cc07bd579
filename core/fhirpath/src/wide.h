// Integers wider than 128 bits for exact decimal arithmetic. Fixed size, no allocation.
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>

#include "musubi/fhirpath/decimal.h"

namespace musubi::fhirpath {

/// 512 bits: products of two coefficients and two powers of ten (132 digits) fit.
using Wide = boost::multiprecision::int512_t;
using Coefficient = Decimal::Coefficient;

/// 1024 bits (308 digits): comparison and conversion of amounts.
using Huge = boost::multiprecision::int1024_t;

namespace wide {

constexpr std::array<Coefficient, Decimal::kMaximumDigits + 1> make_powers() {
  std::array<Coefficient, Decimal::kMaximumDigits + 1> powers{};
  Coefficient power = 1;
  for (Coefficient& slot : powers) {
    slot = power;
    if (&slot != &powers.back()) power *= 10;
  }
  return powers;
}

/// 10^0 … 10^38.
inline constexpr auto kPowersOfTen = make_powers();

/// 10^exponent for 0 ≤ exponent ≤ 76.
Wide power_of_ten(int exponent);

/// value ÷ divisor (positive), half away from zero.
Wide divide_rounded(const Wide& value, const Wide& divisor);
Huge divide_rounded(const Huge& value, const Huge& divisor);

/// value ÷ divisor (positive), upwards where `direction` is positive, otherwise downwards.
Wide divide_towards(const Wide& value, const Wide& divisor, int direction);

/// coefficient × 10^-scale as a Decimal: decimals beyond 28, or beyond 38 digits, are rounded away; nullopt:
/// the integer part does not fit. `scale` may be negative.
std::optional<Decimal> to_decimal(Wide coefficient, int scale);

/// The coefficient of `value` written with `scale` decimals (not fewer than it has).
Wide scaled(Decimal value, int scale);

}  // namespace wide

}  // namespace musubi::fhirpath
