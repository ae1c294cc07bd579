// Unit expressions of UCUM: what they measure and how much of it, exactly.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "musubi/fhirpath/decimal.h"

namespace musubi::fhirpath::ucum {

/// numerator ÷ denominator × 10^exponent, in lowest terms; neither has a factor of ten.
struct Factor {
  Decimal::Coefficient numerator = 1;
  Decimal::Coefficient denominator = 1;
  int exponent = 0;
};

/// Powers of m, s, g, rad, K, C and cd; besides, one unit that is comparable only with itself.
struct Dimension {
  std::array<std::int8_t, 7> powers{};
  std::uint16_t arbitrary = 0;  ///< 0: none
  std::int8_t arbitrary_power = 0;
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

struct Unit {
  Factor factor{};
  Dimension dimension{};
  std::int32_t offset_hundredths = 0;  ///< of a temperature: added to the value before it is multiplied
};

/// Calendar years and months are multiples of a month that no unit of UCUM measures.
inline constexpr std::uint16_t kCalendarMonth = 0xFFFF;
Unit calendar_months(int count) noexcept;

/// A symbol with its prefix and power, as a product is written: "mg", 1; "dL", −1. Also a plain number: "12".
struct Term {
  std::string_view symbol{};
  int exponent = 0;
};

/// The terms of an expression, each symbol once, in the order of their first appearance.
struct Terms {
  static constexpr std::size_t kMost = 16;
  std::array<Term, kMost> items{};
  std::size_t count = 0;
  /// False: too many, or a power beyond reason.
  bool add(Term term) noexcept;
};

/// nullopt: no unit expression, an unknown unit, or beyond what exact arithmetic holds. Expressions of more
/// than 200 bytes and more than eight nested brackets are refused.
std::optional<Unit> parse(std::string_view expression) noexcept;
/// As written, annotations left out. nullopt: as parse, and for temperatures with a zero of their own.
std::optional<Terms> terms_of(std::string_view expression) noexcept;

}  // namespace musubi::fhirpath::ucum
