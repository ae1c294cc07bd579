#include "amount.h"

#include <cstdlib>

#include "wide.h"

namespace musubi::fhirpath {

namespace {

/// Beyond this a coefficient, a numerator, a denominator and a power of ten would not fit a Huge.
constexpr int kLargestShift = 180;

Huge huge_power_of_ten(int exponent) {
  Huge result = 1;
  for (; exponent > 0; exponent -= Decimal::kMaximumDigits) {
    result *= wide::kPowersOfTen[static_cast<std::size_t>(std::min(exponent, Decimal::kMaximumDigits))];
  }
  return result;
}

/// numerator ÷ denominator × 10^exponent.
struct Fraction {
  Huge numerator;
  Huge denominator;
  int exponent;
};

std::optional<Decimal> with_offset(Decimal value, std::int32_t hundredths) noexcept {
  if (hundredths == 0) return value;
  return add(value, Decimal::of(hundredths, 2).value_or(Decimal()));
}

std::optional<Fraction> fraction_of(const Amount& amount) {
  const auto value = with_offset(amount.value, amount.unit.offset_hundredths);
  if (!value) return std::nullopt;
  const ucum::Factor& factor = amount.unit.factor;
  return Fraction{Huge(value->coefficient()) * factor.numerator, factor.denominator,
                  factor.exponent - value->scale()};
}

std::optional<std::strong_ordering> compare(const Fraction& left, const Fraction& right) {
  const int shift = left.exponent - right.exponent;
  if (std::abs(shift) > kLargestShift) return std::nullopt;
  Huge here = left.numerator * right.denominator;
  Huge there = right.numerator * left.denominator;
  (shift > 0 ? here : there) *= huge_power_of_ten(std::abs(shift));
  return here.compare(there) <=> 0;
}

Amount one(const ucum::Unit& unit, int scale) {
  Amount amount{Decimal::of(1, scale).value_or(Decimal(1)), unit};
  amount.unit.offset_hundredths = 0;
  return amount;
}

}  // namespace

std::optional<std::strong_ordering> compare(const Amount& left, const Amount& right) noexcept {
  const auto here = fraction_of(left);
  const auto there = fraction_of(right);
  return here && there ? compare(*here, *there) : std::nullopt;
}

std::optional<Decimal> value_in(const Amount& amount, const ucum::Unit& unit) noexcept {
  auto fraction = fraction_of(amount);
  if (!fraction) return std::nullopt;
  fraction->numerator *= unit.factor.denominator;
  fraction->denominator *= unit.factor.numerator;
  const int shift = fraction->exponent - unit.factor.exponent + Decimal::kMaximumScale;
  if (std::abs(shift) > kLargestShift) return std::nullopt;
  (shift > 0 ? fraction->numerator : fraction->denominator) *= huge_power_of_ten(std::abs(shift));
  const Huge scaled = wide::divide_rounded(fraction->numerator, fraction->denominator);
  if (abs(scaled) > huge_power_of_ten(2 * Decimal::kMaximumDigits)) return std::nullopt;
  const auto value = wide::to_decimal(Wide(scaled), Decimal::kMaximumScale);
  const auto moved = value ? with_offset(*value, -unit.offset_hundredths) : std::nullopt;
  return moved ? std::optional(normalised(*moved)) : std::nullopt;
}

std::optional<std::strong_ordering> compare_sizes(const ucum::Unit& left, const ucum::Unit& right) noexcept {
  return compare(one(left, 0), one(right, 0));
}

std::optional<std::strong_ordering> compare_granularity(const Amount& left, const Amount& right) noexcept {
  return compare(one(left.unit, normalised(left.value).scale()),
                 one(right.unit, normalised(right.value).scale()));
}

}  // namespace musubi::fhirpath
