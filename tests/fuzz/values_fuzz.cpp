// Any bytes as the values of expressions: what is read prints as something that is read again as the same;
// arithmetic with what was read stays within its laws and never hangs.
#include <cstdlib>
#include <string>

#include "musubi/fhirpath/decimal.h"
#include "musubi/fhirpath/quantity.h"
#include "musubi/fhirpath/temporal.h"

using namespace musubi::fhirpath;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void try_decimal(std::string_view text) {
  parse_fhir_decimal(text);
  const auto value = parse_decimal(text);
  if (!value) return;
  const auto again = parse_decimal(to_text(*value));
  require(again && again->coefficient() == value->coefficient() && again->scale() == value->scale());
  require(normalised(*value) == *value && hash_of(normalised(*value)) == hash_of(*value));
  require(compare(floor(*value), *value) <= 0 && compare(*value, ceiling(*value)) <= 0);
  const auto low = low_boundary(*value, Decimal::kMaximumScale);
  require(!low || compare(*low, *value) < 0);
  square_root(*value);
  natural_logarithm(*value);
  exponential(*value);
  power(*value, *value);
  multiply(*value, *value);
  divide(1, *value);
  if (const auto rest = modulo(17, *value)) require(compare(absolute(*rest), absolute(*value)) < 0);
}

void try_temporal(std::string_view text) {
  if (const auto time = parse_time(text)) require(parse_time(to_text(*time)) == time);
  const auto value = parse_date_time_literal(text);
  if (!value) return;
  require(parse_date_time(to_text(*value)) == value);
  require(equal(*value, *value) == std::optional(true));
  const auto high = high_boundary(*value);
  require(high && compare(*low_boundary(*value), *high) != std::strong_ordering::greater);
  if (const auto later = add(*value, 13, TimeUnit::month)) require(later->date.year >= value->date.year);
}

void try_quantity(std::string_view text) {
  const auto value = parse_quantity(text);
  if (!value) return;
  const auto again = to_text(*value);
  const auto copy = parse_quantity(again);
  require(copy && copy->unit == value->unit && copy->calendar == value->calendar &&
          copy->value == value->value);
  require(equal(*value, *value) == std::optional(true));
  if (const auto square = multiply(*value, *value); square && is_unit(value->unit)) {
    require(is_unit(square->unit.text()) || square->calendar);
  }
  convert(*value, "g/L");
  equivalent(*value, Quantity{1, "mol", false});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_decimal(text);
  try_temporal(text);
  try_quantity(text);
  is_unit(text);
  return 0;
}
