// Mathematics: FHIRPath 2.0, section 5.7; sums of STU 3.
#include <algorithm>

#include "calls.h"
#include "comparing.h"
#include "functions.h"

namespace musubi::fhirpath {
namespace {

using OneDecimal = std::optional<Decimal> (*)(Decimal);

bool push_function(Run& run, const Step& step, OneDecimal function) {
  Maybe input;
  if (!input_number(run, step, input)) return false;
  return !input.found || run.push_decimal(function(decimal_of(input.value)));
}

/// Functions that make Integers of Decimals.
bool push_integral(Run& run, const Step& step, Decimal (*function)(Decimal) noexcept) {
  Maybe input;
  if (!input_number(run, step, input)) return false;
  if (!input.found || input.value.is(ValueKind::integer)) return !input.found || run.push(input.value);
  const auto whole = to_integer(function(input.value.decimal()));
  return !whole || run.push_integer(*whole);
}

}  // namespace

bool run_abs(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  const auto& value = input.value;
  if (value.is(ValueKind::integer))
    return run.push_integer(value.integer() < 0 ? -value.integer() : value.integer());
  if (value.is(ValueKind::decimal)) return run.push_decimal(absolute(value.decimal()));
  if (!value.is(ValueKind::quantity))
    return run.fail(step, "fhirpath.run.number_expected", {{"name", "abs"}});
  auto quantity = value.quantity();
  quantity.value = absolute(quantity.value);
  return run.push_quantity(quantity);
}

bool run_ceiling(Run& run, const Step& step) { return push_integral(run, step, ceiling); }
bool run_floor(Run& run, const Step& step) { return push_integral(run, step, floor); }
bool run_truncate(Run& run, const Step& step) { return push_integral(run, step, truncate); }
bool run_exp(Run& run, const Step& step) {
  return push_function(run, step, [](Decimal value) { return exponential(value); });
}
bool run_ln(Run& run, const Step& step) {
  return push_function(run, step, [](Decimal value) { return natural_logarithm(value); });
}
bool run_sqrt(Run& run, const Step& step) {
  return push_function(run, step, [](Decimal value) { return square_root(value); });
}

bool run_log(Run& run, const Step& step) {
  Maybe input, other;
  if (!input_number(run, step, input) || !argument_number(run, step, 0, other)) return false;
  if (!input.found || !other.found) return true;
  return run.push_decimal(logarithm(decimal_of(input.value), decimal_of(other.value)));
}

bool run_power(Run& run, const Step& step) {
  Maybe input, other;
  if (!input_number(run, step, input) || !argument_number(run, step, 0, other)) return false;
  if (!input.found || !other.found) return true;
  const auto result = power(decimal_of(input.value), decimal_of(other.value));
  if (!result) return true;
  const bool integers = input.value.is(ValueKind::integer) && other.value.is(ValueKind::integer);
  const auto whole = integers ? to_integer(*result) : std::nullopt;
  return whole ? run.push_integer(*whole) : run.push_decimal(result);
}

bool run_round(Run& run, const Step& step) {
  Maybe input;
  MaybeInteger decimals;
  if (!input_number(run, step, input)) return false;
  if (step.argument_count != 0 && !argument_integer(run, step, 0, decimals)) return false;
  if (!input.found) return true;
  if (decimals.value < 0) return run.fail(step, "fhirpath.run.precision", {{"name", "round"}});
  const auto places = static_cast<int>(std::min<std::int64_t>(decimals.value, Decimal::kMaximumScale));
  return run.push_decimal(round(decimal_of(input.value), places));
}

namespace {

/// Adds what lies on the stack from `mark` with the operator +; pushes it in its place.
bool add_up(Run& run, const Step& step, const Items& items) {
  Value sum = run.system_value(*run.at(items.mark));
  for (std::uint32_t index = 1; index < items.size(); ++index) {
    const auto next = run.system_value(*run.at(items.mark + index));
    const auto made = run.mark();
    if (is_number(sum) && is_number(next)) {
      if (!run.push_decimal(add(decimal_of(sum), decimal_of(next)))) return false;
    } else if (sum.is(ValueKind::quantity) && next.is(ValueKind::quantity)) {
      if (!run.push_quantity(add(sum.quantity(), next.quantity()))) return false;
    } else {
      return run.fail(step, "fhirpath.run.number_expected", {{"name", std::string(step.name)}});
    }
    if (run.count_from(made) == 0) return run.drop(items.mark), true;
    sum = *run.at(made);
    run.drop(made);
  }
  run.drop(items.mark);
  return run.push(sum);
}

bool all_integers(Run& run, const Items& items) {
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!run.system_value(*run.at(items.mark + index)).is(ValueKind::integer)) return false;
  }
  return true;
}

/// The greatest (or least) item.
bool push_extreme(Run& run, const Step& step, bool greatest) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  auto best = items.mark;
  for (auto at = items.mark + 1; at < items.begin; ++at) {
    const auto order = order_of(run, *run.at(at), *run.at(best));
    if (!order.comparable)
      return run.fail(step, "fhirpath.run.not_comparable", {{"name", std::string(step.name)}});
    if (!order.known) return run.drop(items.mark), true;
    if (greatest ? *order.known > 0 : *order.known < 0) best = at;
  }
  if (items.size() == 0) return true;
  const auto value = *run.at(best);
  run.drop(items.mark);
  return run.push(value);
}

}  // namespace

bool run_sum(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items) || items.size() == 0) return !run.failed();
  const bool integers = all_integers(run, items);
  if (!add_up(run, step, items)) return false;
  if (!integers || run.mark() == items.mark || !run.at(items.mark)->is(ValueKind::decimal)) return true;
  const auto whole = to_integer(run.at(items.mark)->decimal());
  run.drop(items.mark);
  return !whole || run.push_integer(*whole);
}

bool run_avg(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items) || items.size() == 0) return !run.failed();
  if (!add_up(run, step, items) || run.mark() == items.mark) return !run.failed();
  const auto sum = *run.at(items.mark);
  run.drop(items.mark);
  if (is_number(sum)) return run.push_decimal(divide(decimal_of(sum), Decimal(items.size())));
  if (!sum.is(ValueKind::quantity)) return run.fail(step, "fhirpath.run.number_expected", {{"name", "avg"}});
  auto quantity = sum.quantity();
  const auto mean = divide(quantity.value, Decimal(items.size()));
  if (!mean) return true;
  quantity.value = *mean;
  return run.push_quantity(quantity);
}

bool run_min(Run& run, const Step& step) { return push_extreme(run, step, false); }
bool run_max(Run& run, const Step& step) { return push_extreme(run, step, true); }

}  // namespace musubi::fhirpath
