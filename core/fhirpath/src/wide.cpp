#include "wide.h"

#include <algorithm>

namespace musubi::fhirpath::wide {

namespace {

bool fits(const Wide& coefficient) {
  const Wide limit = kPowersOfTen[Decimal::kMaximumDigits];
  return coefficient < limit && coefficient > -limit;
}

/// How many decimals must go so that the coefficient has at most 38 digits.
int surplus_digits(const Wide& coefficient) {
  const Wide magnitude = coefficient < 0 ? Wide(-coefficient) : coefficient;
  Wide limit = kPowersOfTen[Decimal::kMaximumDigits];
  int surplus = 0;
  for (; magnitude >= limit; limit *= 10) ++surplus;
  return surplus;
}

template <class Integer>
Integer rounded_quotient(const Integer& value, const Integer& divisor) {
  Integer quotient;
  Integer remainder;
  divide_qr(value, divisor, quotient, remainder);
  if (abs(remainder) * 2 >= divisor) quotient += value < 0 ? -1 : 1;
  return quotient;
}

}  // namespace

Wide power_of_ten(int exponent) {
  const int low = std::min(exponent, Decimal::kMaximumDigits);
  return Wide(kPowersOfTen[static_cast<std::size_t>(low)]) *
         kPowersOfTen[static_cast<std::size_t>(exponent - low)];
}

Wide divide_rounded(const Wide& value, const Wide& divisor) { return rounded_quotient(value, divisor); }

Huge divide_rounded(const Huge& value, const Huge& divisor) { return rounded_quotient(value, divisor); }

Wide divide_towards(const Wide& value, const Wide& divisor, int direction) {
  Wide quotient;
  Wide remainder;
  divide_qr(value, divisor, quotient, remainder);
  const bool went_inwards = remainder != 0 && (value > 0) == (direction > 0);
  return went_inwards ? Wide(quotient + (direction > 0 ? 1 : -1)) : quotient;
}

std::optional<Decimal> to_decimal(Wide coefficient, int scale) {
  if (scale < 0) {
    if (-scale > Decimal::kMaximumDigits) return coefficient == 0 ? std::optional(Decimal()) : std::nullopt;
    coefficient *= power_of_ten(-scale);
    scale = 0;
  }
  // Rounding may add a digit (9.99… → 10.0…): hence a second look.
  while (scale > Decimal::kMaximumScale || !fits(coefficient)) {
    const int surplus = std::max(scale - Decimal::kMaximumScale, surplus_digits(coefficient));
    if (surplus > scale) return std::nullopt;
    if (surplus > 2 * Decimal::kMaximumDigits) return Decimal();
    coefficient = divide_rounded(coefficient, power_of_ten(surplus));
    scale -= surplus;
  }
  return Decimal::of(static_cast<Coefficient>(coefficient), scale);
}

Wide scaled(Decimal value, int scale) {
  return Wide(value.coefficient()) * power_of_ten(scale - value.scale());
}

}  // namespace musubi::fhirpath::wide
