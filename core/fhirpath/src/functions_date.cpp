// Precision, boundaries, components and differences of dates, times and numbers.
#include <algorithm>

#include "calls.h"
#include "comparing.h"
#include "functions.h"

namespace musubi::fhirpath {
namespace {

bool push_date(Run& run, std::optional<Date> date) { return !date || run.push(Value::of(*date)); }

bool push_low(Run& run, const Value& value, const MaybeInteger& digits) {
  const auto given = static_cast<int>(std::clamp<std::int64_t>(digits.value, -1, 100));
  const auto or_else = [&](int usual) { return digits.found ? given : usual; };
  switch (value.kind()) {
    case ValueKind::integer:
    case ValueKind::decimal:
      return run.push_decimal(low_boundary(decimal_of(value), or_else(8)));
    case ValueKind::quantity:
      return run.push_quantity(low_boundary(value.quantity(), or_else(8)));
    case ValueKind::date:
      return push_date(run, low_boundary(value.date(), or_else(8)));
    case ValueKind::date_time:
      return run.push_date_time(low_boundary(value.date_time(), or_else(17)));
    case ValueKind::time:
      return run.push_time(low_boundary(value.time(), or_else(9)));
    default:
      return true;
  }
}

bool push_high(Run& run, const Value& value, const MaybeInteger& digits) {
  const auto given = static_cast<int>(std::clamp<std::int64_t>(digits.value, -1, 100));
  const auto or_else = [&](int usual) { return digits.found ? given : usual; };
  switch (value.kind()) {
    case ValueKind::integer:
    case ValueKind::decimal:
      return run.push_decimal(high_boundary(decimal_of(value), or_else(8)));
    case ValueKind::quantity:
      return run.push_quantity(high_boundary(value.quantity(), or_else(8)));
    case ValueKind::date:
      return push_date(run, high_boundary(value.date(), or_else(8)));
    case ValueKind::date_time:
      return run.push_date_time(high_boundary(value.date_time(), or_else(17)));
    case ValueKind::time:
      return run.push_time(high_boundary(value.time(), or_else(9)));
    default:
      return true;
  }
}

using Boundary = bool (*)(Run&, const Value&, const MaybeInteger&);

bool push_boundary(Run& run, const Step& step, Boundary boundary) {
  Maybe input;
  MaybeInteger digits;
  if (!input_value(run, step, input)) return false;
  if (step.argument_count != 0 && !argument_integer(run, step, 0, digits)) return false;
  return !input.found || boundary(run, input.value, digits);
}

bool push_component(Run& run, const Step& step, Precision part) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  std::optional<std::int64_t> found;
  if (input.value.is(ValueKind::date)) {
    found = component(input.value.date(), part);
  } else if (input.value.is(ValueKind::date_time)) {
    found = component(input.value.date_time(), part);
  } else if (input.value.is(ValueKind::time)) {
    found = component(input.value.time(), part);
  } else {
    return run.fail(step, "fhirpath.run.moment_expected", {{"name", std::string(step.name)}});
  }
  return !found || run.push_integer(*found);
}

bool is_moment(const Value& value) { return value.is(ValueKind::date) || value.is(ValueKind::date_time); }

/// Whole units or boundaries between the input and argument 0, in the unit that argument 1 names.
bool push_between(Run& run, const Step& step, bool whole) {
  Maybe from, to;
  MaybeText unit;
  if (!input_value(run, step, from) || !argument_value(run, step, 0, to) ||
      !argument_text(run, step, 1, unit))
    return false;
  if (!from.found || !to.found || !unit.found) return true;
  const auto named = calendar_unit(unit.value);
  if (!named) return run.fail(step, "fhirpath.run.time_unit");
  std::optional<std::int64_t> count;
  if (is_moment(from.value) && is_moment(to.value)) {
    const auto begin = date_time_of(from.value), end = date_time_of(to.value);
    count = whole ? whole_units_between(begin, end, *named) : boundaries_between(begin, end, *named);
  } else if (from.value.is(ValueKind::time) && to.value.is(ValueKind::time)) {
    const auto begin = from.value.time(), end = to.value.time();
    count = whole ? whole_units_between(begin, end, *named) : boundaries_between(begin, end, *named);
  } else {
    return run.fail(step, "fhirpath.run.moment_expected", {{"name", std::string(step.name)}});
  }
  return !count || run.push_integer(*count);
}

}  // namespace

bool run_low_boundary(Run& run, const Step& step) { return push_boundary(run, step, push_low); }
bool run_high_boundary(Run& run, const Step& step) { return push_boundary(run, step, push_high); }

bool run_precision(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  switch (input.value.kind()) {
    case ValueKind::integer:
      return run.push_integer(0);
    case ValueKind::decimal:
      return run.push_integer(input.value.decimal().scale());
    case ValueKind::date:
      return run.push_integer(digits_of_precision(input.value.date()));
    case ValueKind::date_time:
      return run.push_integer(digits_of_precision(input.value.date_time()));
    case ValueKind::time:
      return run.push_integer(digits_of_precision(input.value.time()));
    default:
      return true;
  }
}

bool run_comparable(Run& run, const Step& step) {
  Maybe input, other;
  if (!input_value(run, step, input) || !argument_value(run, step, 0, other)) return false;
  if (!input.found || !other.found) return true;
  const auto is_amount = [](const Value& value) { return is_number(value) || value.is(ValueKind::quantity); };
  if (!is_amount(input.value) || !is_amount(other.value)) return run.push_boolean(false);
  return run.push_boolean(comparable(quantity_from(input.value), quantity_from(other.value)));
}

bool run_year_of(Run& run, const Step& step) { return push_component(run, step, Precision::year); }
bool run_month_of(Run& run, const Step& step) { return push_component(run, step, Precision::month); }
bool run_day_of(Run& run, const Step& step) { return push_component(run, step, Precision::day); }
bool run_hour_of(Run& run, const Step& step) { return push_component(run, step, Precision::hour); }
bool run_minute_of(Run& run, const Step& step) { return push_component(run, step, Precision::minute); }
bool run_second_of(Run& run, const Step& step) { return push_component(run, step, Precision::second); }
bool run_millisecond_of(Run& run, const Step& step) {
  return push_component(run, step, Precision::millisecond);
}

bool run_timezone_offset_of(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  return !input.found || !input.value.is(ValueKind::date_time) ||
         run.push_decimal(offset_hours(input.value.date_time()));
}

bool run_date_of(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found || input.value.is(ValueKind::date)) return !input.found || run.push(input.value);
  return !input.value.is(ValueKind::date_time) || run.push(Value::of(date_of(input.value.date_time())));
}

bool run_time_of(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  return !input.found || !input.value.is(ValueKind::date_time) ||
         run.push_time(time_of(input.value.date_time()));
}

bool run_duration(Run& run, const Step& step) { return push_between(run, step, true); }
bool run_difference(Run& run, const Step& step) { return push_between(run, step, false); }

}  // namespace musubi::fhirpath
