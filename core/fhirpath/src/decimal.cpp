#include "musubi/fhirpath/decimal.h"

#include <algorithm>
#include <cmath>

#include "wide.h"

namespace musubi::fhirpath {

namespace {

using wide::kPowersOfTen;

/// Coefficients that fit 62 bits: their products, and their sums in a common scale, fit 128.
constexpr bool is_short(Decimal value) noexcept {
  constexpr Coefficient kLimit = Coefficient{1} << 62U;
  return value.coefficient() < kLimit && value.coefficient() > -kLimit;
}

constexpr Coefficient power_of_ten(int exponent) noexcept {
  return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

constexpr int kShortScale = 18;  ///< 2^62 × 10^18 fits 127 bits

/// Both in one scale without leaving 128 bits.
constexpr bool aligns_shortly(Decimal left, Decimal right) noexcept {
  return is_short(left) && is_short(right) && std::abs(left.scale() - right.scale()) <= kShortScale;
}

constexpr Coefficient short_scaled(Decimal value, int scale) noexcept {
  return value.coefficient() * power_of_ten(scale - value.scale());
}

std::optional<Decimal> sum(Decimal left, Decimal right) noexcept {
  const int scale = std::max(left.scale(), right.scale());
  if (aligns_shortly(left, right)) {
    const Coefficient total = short_scaled(left, scale) + short_scaled(right, scale);
    if (const auto exact = Decimal::of(total, scale)) return exact;
  }
  return wide::to_decimal(wide::scaled(left, scale) + wide::scaled(right, scale), scale);
}

/// The integer part, truncated; the rest in `fraction`.
Coefficient split(Decimal value, Coefficient& fraction) noexcept {
  fraction = 0;
  if (value.scale() == 0) return value.coefficient();
  const Coefficient unit = power_of_ten(value.scale());
  fraction = value.coefficient() % unit;
  return value.coefficient() / unit;
}

Decimal integer(Coefficient value) noexcept { return Decimal::of(value, 0).value_or(Decimal()); }

}  // namespace

std::optional<Decimal> Decimal::of(Coefficient coefficient, int scale) noexcept {
  constexpr Coefficient kLimit = kPowersOfTen[kMaximumDigits];
  if (coefficient >= kLimit || coefficient <= -kLimit || scale < 0 || scale > kMaximumScale)
    return std::nullopt;
  return Decimal(coefficient, scale);
}

std::strong_ordering compare(Decimal left, Decimal right) noexcept {
  if (left.scale() == right.scale()) return left.coefficient() <=> right.coefficient();
  const int scale = std::max(left.scale(), right.scale());
  if (aligns_shortly(left, right)) return short_scaled(left, scale) <=> short_scaled(right, scale);
  const int order = wide::scaled(left, scale).compare(wide::scaled(right, scale));
  return order <=> 0;
}

bool operator==(Decimal left, Decimal right) noexcept { return std::is_eq(compare(left, right)); }

bool equivalent(Decimal left, Decimal right) noexcept {
  const Decimal plain_left = normalised(left);
  const Decimal plain_right = normalised(right);
  const int scale = std::min(plain_left.scale(), plain_right.scale());
  return round(plain_left, scale) == round(plain_right, scale);
}

std::size_t hash_of(Decimal value) noexcept {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
  const Decimal plain = normalised(value);
  const auto low = static_cast<std::uint64_t>(plain.coefficient());
  const auto high = static_cast<std::uint64_t>(plain.coefficient() >> 64U);
  const std::uint64_t mixed = (low ^ (high * kOdd) ^ static_cast<std::uint64_t>(plain.scale())) * kOdd;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32U));
}

std::optional<Decimal> add(Decimal left, Decimal right) noexcept { return sum(left, right); }

std::optional<Decimal> subtract(Decimal left, Decimal right) noexcept { return sum(left, negate(right)); }

std::optional<Decimal> multiply(Decimal left, Decimal right) noexcept {
  const int scale = left.scale() + right.scale();
  if (is_short(left) && is_short(right)) {
    if (const auto exact = Decimal::of(left.coefficient() * right.coefficient(), scale)) return exact;
  }
  return wide::to_decimal(Wide(left.coefficient()) * right.coefficient(), scale);
}

std::optional<Decimal> divide(Decimal left, Decimal right) noexcept {
  if (right.is_zero()) return std::nullopt;
  const Coefficient sign = right.is_negative() ? -1 : 1;
  const int shift = Decimal::kMaximumScale + right.scale() - left.scale();
  const Wide numerator = Wide(left.coefficient() * sign) * wide::power_of_ten(shift);
  const Wide quotient = wide::divide_rounded(numerator, Wide(right.coefficient() * sign));
  const auto rounded = wide::to_decimal(quotient, Decimal::kMaximumScale);
  return rounded ? std::optional(normalised(*rounded)) : std::nullopt;
}

std::optional<Decimal> integer_divide(Decimal left, Decimal right) noexcept {
  if (right.is_zero()) return std::nullopt;
  const int scale = std::max(left.scale(), right.scale());
  if (aligns_shortly(left, right)) return integer(short_scaled(left, scale) / short_scaled(right, scale));
  return wide::to_decimal(wide::scaled(left, scale) / wide::scaled(right, scale), 0);
}

std::optional<Decimal> modulo(Decimal left, Decimal right) noexcept {
  if (right.is_zero()) return std::nullopt;
  const int scale = std::max(left.scale(), right.scale());
  if (aligns_shortly(left, right)) {
    return Decimal::of(short_scaled(left, scale) % short_scaled(right, scale), scale);
  }
  return wide::to_decimal(wide::scaled(left, scale) % wide::scaled(right, scale), scale);
}

Decimal negate(Decimal value) noexcept {
  return Decimal::of(-value.coefficient(), value.scale()).value_or(value);
}

Decimal absolute(Decimal value) noexcept { return value.is_negative() ? negate(value) : value; }

std::optional<Decimal> round(Decimal value, int decimals) noexcept {
  if (decimals < 0) return std::nullopt;
  if (decimals >= value.scale()) return value;
  const Coefficient unit = power_of_ten(value.scale() - decimals);
  const Coefficient half = value.is_negative() ? -unit / 2 : unit / 2;
  return Decimal::of((value.coefficient() + half) / unit, decimals);
}

Decimal truncate(Decimal value) noexcept {
  Coefficient fraction = 0;
  return integer(split(value, fraction));
}

Decimal ceiling(Decimal value) noexcept {
  Coefficient fraction = 0;
  const Coefficient whole = split(value, fraction);
  return integer(fraction > 0 ? whole + 1 : whole);
}

Decimal floor(Decimal value) noexcept {
  Coefficient fraction = 0;
  const Coefficient whole = split(value, fraction);
  return integer(fraction < 0 ? whole - 1 : whole);
}

std::optional<std::int64_t> to_integer(Decimal value) noexcept {
  Coefficient fraction = 0;
  const Coefficient whole = split(value, fraction);
  if (fraction != 0 || whole > INT64_MAX || whole < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

double to_double(Decimal value) noexcept {
  const long double exact = static_cast<long double>(value.coefficient());
  return static_cast<double>(exact / static_cast<long double>(power_of_ten(value.scale())));
}

Decimal normalised(Decimal value) noexcept {
  Coefficient coefficient = value.coefficient();
  int scale = value.scale();
  for (; scale > 0 && coefficient % 10 == 0; --scale) coefficient /= 10;
  return Decimal::of(coefficient, scale).value_or(value);
}

}  // namespace musubi::fhirpath
