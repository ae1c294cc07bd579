#include "ucum_factor.h"

#include <cstdlib>
#include <limits>
#include <utility>

namespace musubi::fhirpath::ucum {

namespace {

using Coefficient = Decimal::Coefficient;

constexpr int kLargestPower = 32;
constexpr int kLargestExponent = 120;

Coefficient greatest_common_divisor(Coefficient left, Coefficient right) noexcept {
  while (right != 0) left = std::exchange(right, left % right);
  return left;
}

void take_tens(Coefficient& value, int& exponent, int step) noexcept {
  for (; value % 10 == 0; exponent += step) value /= 10;
}

std::optional<Coefficient> product(Coefficient left, Coefficient right) noexcept {
  Coefficient result = 0;
  if (__builtin_mul_overflow(left, right, &result)) return std::nullopt;
  constexpr Coefficient kLargest = Coefficient{1} << 123U;  // 37 digits
  return result < kLargest ? std::optional(result) : std::nullopt;
}

std::optional<Factor> multiply(Factor left, Factor right) noexcept {
  const Coefficient across = greatest_common_divisor(left.numerator, right.denominator);
  const Coefficient back = greatest_common_divisor(right.numerator, left.denominator);
  const auto numerator = product(left.numerator / across, right.numerator / back);
  const auto denominator = product(left.denominator / back, right.denominator / across);
  const int exponent = left.exponent + right.exponent;
  if (!numerator || !denominator || std::abs(exponent) > kLargestExponent) return std::nullopt;
  Factor result{*numerator, *denominator, exponent};
  take_tens(result.numerator, result.exponent, +1);
  take_tens(result.denominator, result.exponent, -1);
  return result;
}

bool add_power(std::int8_t& power, int more) noexcept {
  const int sum = power + more;
  if (std::abs(sum) > kLargestPower) return false;
  power = static_cast<std::int8_t>(sum);
  return true;
}

/// Two different units that are each comparable only with itself have no product here.
std::optional<Dimension> multiply(Dimension left, const Dimension& right) noexcept {
  for (std::size_t i = 0; i < left.powers.size(); ++i) {
    if (!add_power(left.powers[i], right.powers[i])) return std::nullopt;
  }
  if (left.arbitrary != 0 && right.arbitrary != 0 && left.arbitrary != right.arbitrary) return std::nullopt;
  if (left.arbitrary == 0) left.arbitrary = right.arbitrary;
  if (!add_power(left.arbitrary_power, right.arbitrary_power)) return std::nullopt;
  if (left.arbitrary_power == 0) left.arbitrary = 0;
  return left;
}

Unit inverse(Unit unit) noexcept {
  std::swap(unit.factor.numerator, unit.factor.denominator);
  unit.factor.exponent = -unit.factor.exponent;
  for (std::int8_t& power : unit.dimension.powers) power = static_cast<std::int8_t>(-power);
  unit.dimension.arbitrary_power = static_cast<std::int8_t>(-unit.dimension.arbitrary_power);
  return unit;
}

}  // namespace

Factor make_factor(Coefficient coefficient, int exponent) noexcept {
  Factor factor{coefficient, 1, exponent};
  take_tens(factor.numerator, factor.exponent, +1);
  return factor;
}

std::optional<Unit> multiply(const Unit& left, const Unit& right) noexcept {
  const auto factor = multiply(left.factor, right.factor);
  const auto dimension = multiply(left.dimension, right.dimension);
  if (!factor || !dimension) return std::nullopt;
  return Unit{*factor, *dimension, 0};
}

std::optional<Unit> power(const Unit& unit, int exponent) noexcept {
  if (std::abs(exponent) > kLargestPower) return std::nullopt;
  if (exponent == 1) return unit;
  const Unit base = exponent < 0 ? inverse(unit) : unit;
  std::optional<Unit> result = Unit{};
  for (int i = 0; i < std::abs(exponent) && result; ++i) result = multiply(*result, base);
  return result;
}

Unit calendar_months(int count) noexcept {
  Unit unit{.factor = make_factor(count, 0)};
  unit.dimension.arbitrary = kCalendarMonth;
  unit.dimension.arbitrary_power = 1;
  return unit;
}

}  // namespace musubi::fhirpath::ucum
