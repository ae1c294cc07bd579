// Exact multiplication of units; every step says when it leaves 128 bits.
#pragma once

#include <optional>

#include "ucum.h"

namespace musubi::fhirpath::ucum {

/// coefficient × 10^exponent; coefficient above zero.
Factor make_factor(Decimal::Coefficient coefficient, int exponent) noexcept;
/// nullopt: does not fit.
std::optional<Unit> multiply(const Unit& left, const Unit& right) noexcept;
/// `exponent` may be negative; nullopt: does not fit, or beyond ±32.
std::optional<Unit> power(const Unit& unit, int exponent) noexcept;

}  // namespace musubi::fhirpath::ucum
