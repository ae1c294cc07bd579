// Equality, equivalence and order of single values and of collections: FHIRPath 2.0, sections 6.1 and 6.2.
#pragma once

#include <compare>
#include <optional>
#include <span>

#include "run.h"

namespace musubi::fhirpath {

/// `=` of two items; unknown where precision or units do not tell.
Truth equal_items(Run& run, const Value& left, const Value& right);
/// `~` of two items.
bool equivalent_items(Run& run, const Value& left, const Value& right);

/// `=` of two collections, none of them empty: in order.
Truth equal_collections(Run& run, std::span<const Value> left, std::span<const Value> right);
/// `~` of two collections: in any order; two empty ones are equivalent.
bool equivalent_collections(Run& run, std::span<const Value> left, std::span<const Value> right);

/// How two items are ordered.
struct Order {
  bool comparable = false;                      ///< false: types that have no order among them
  std::optional<std::strong_ordering> known{};  ///< nullopt: precision or units do not tell
};
Order order_of(Run& run, const Value& left, const Value& right);

/// Whether `values` holds an item equal to `item`.
bool holds(Run& run, std::span<const Value> values, const Value& item);

bool is_number(const Value& value) noexcept;
/// Of an Integer or a Decimal.
Decimal decimal_of(const Value& value) noexcept;
/// Of a number or a Quantity.
Quantity quantity_from(const Value& value) noexcept;
/// Of a Date or a DateTime.
DateTime date_time_of(const Value& value) noexcept;

}  // namespace musubi::fhirpath
