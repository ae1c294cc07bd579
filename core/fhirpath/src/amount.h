// Amounts of a dimension as exact fractions, so that quantities in different units can be compared and
// converted.
#pragma once

#include <compare>
#include <optional>

#include "musubi/fhirpath/decimal.h"
#include "ucum.h"

namespace musubi::fhirpath {

/// `value` of `unit`.
struct Amount {
  Decimal value{};
  ucum::Unit unit{};
};

/// nullopt: so far apart that exact arithmetic does not reach. Dimensions must be the same.
std::optional<std::strong_ordering> compare(const Amount& left, const Amount& right) noexcept;
/// The same amount in `unit`, to 28 decimals. nullopt: does not fit. Dimensions must be the same.
std::optional<Decimal> value_in(const Amount& amount, const ucum::Unit& unit) noexcept;
/// Which of the two units is larger; equal where they are the same size.
std::optional<std::strong_ordering> compare_sizes(const ucum::Unit& left, const ucum::Unit& right) noexcept;
/// Which of the two says less: the size of the last decimal it was written with.
std::optional<std::strong_ordering> compare_granularity(const Amount& left, const Amount& right) noexcept;

}  // namespace musubi::fhirpath
