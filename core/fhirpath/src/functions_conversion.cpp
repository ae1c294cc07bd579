// iif, toX and convertsToX: FHIRPath 2.0, section 5.5.
#include <algorithm>
#include <array>
#include <limits>

#include "calls.h"
#include "comparing.h"
#include "functions.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

/// Pushes the converted value, or nothing where it cannot be.
using Conversion = bool (*)(Run&, const Value&);

std::optional<bool> boolean_named(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTrue = {"true", "t", "yes", "y", "1", "1.0"};
  constexpr std::array<std::string_view, 6> kFalse = {"false", "f", "no", "n", "0", "0.0"};
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char each) {
    return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each;
  });
  if (std::ranges::find(kTrue, lower) != kTrue.end()) return true;
  if (std::ranges::find(kFalse, lower) != kFalse.end()) return false;
  return std::nullopt;
}

bool to_boolean(Run& run, const Value& value) {
  if (value.is(ValueKind::boolean)) return run.push(value);
  if (value.is(ValueKind::string)) {
    const auto named = value.text().size() <= 5 ? boolean_named(value.text()) : std::nullopt;
    return !named || run.push_boolean(*named);
  }
  if (!is_number(value)) return true;
  const auto number = decimal_of(value);
  if (number == Decimal(1)) return run.push_boolean(true);
  return !number.is_zero() || run.push_boolean(false);
}

bool is_integer_text(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == text.npos;
}

bool push_if_small(Run& run, std::optional<std::int64_t> value) {
  using Limits = std::numeric_limits<std::int32_t>;
  return !value || *value < Limits::min() || *value > Limits::max() || run.push_integer(*value);
}

bool to_integer_value(Run& run, const Value& value) {
  if (value.is(ValueKind::integer)) return run.push(value);
  if (value.is(ValueKind::boolean)) return run.push_integer(value.boolean() ? 1 : 0);
  if (!value.is(ValueKind::string) || !is_integer_text(value.text())) return true;
  const auto number = parse_decimal(value.text());
  return !number || push_if_small(run, to_integer(*number));
}

bool to_decimal(Run& run, const Value& value) {
  if (is_number(value)) return run.push_decimal(decimal_of(value));
  if (value.is(ValueKind::boolean)) return run.push_decimal(Decimal(value.boolean() ? 1 : 0));
  return !value.is(ValueKind::string) || run.push_decimal(parse_decimal(value.text()));
}

bool to_date(Run& run, const Value& value) {
  if (value.is(ValueKind::date)) return run.push(value);
  if (value.is(ValueKind::date_time)) return run.push(Value::of(date_of(value.date_time())));
  if (!value.is(ValueKind::string)) return true;
  if (const auto date = parse_date(value.text())) return run.push(Value::of(*date));
  const auto date_time = parse_date_time(value.text());
  return !date_time || run.push(Value::of(date_of(*date_time)));
}

bool to_date_time_value(Run& run, const Value& value) {
  if (value.is(ValueKind::date_time)) return run.push(value);
  if (value.is(ValueKind::date)) return run.push_date_time(to_date_time(value.date()));
  return !value.is(ValueKind::string) || run.push_date_time(parse_date_time(value.text()));
}

bool to_time(Run& run, const Value& value) {
  if (value.is(ValueKind::time)) return run.push(value);
  return !value.is(ValueKind::string) || run.push_time(parse_time(value.text()));
}

bool to_quantity(Run& run, const Value& value) {
  if (value.is(ValueKind::quantity)) return run.push(value);
  if (is_number(value)) return run.push_quantity(quantity_from(value));
  if (value.is(ValueKind::boolean))
    return run.push_quantity(Quantity{.value = Decimal(value.boolean() ? 1 : 0)});
  return !value.is(ValueKind::string) || run.push_quantity(parse_quantity(value.text()));
}

bool to_string_value(Run& run, const Value& value) {
  if (value.is(ValueKind::string)) return run.push(value);
  auto& text = run.scratch();
  return !append_text(value, text) || run.push_copy(text);
}

bool convert_input(Run& run, const Step& step, Conversion conversion) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  return !input.found || conversion(run, input.value);
}

bool try_conversion(Run& run, const Step& step, Conversion conversion) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  const auto mark = run.mark();
  return conversion(run, input.value) && answer(run, mark, run.count_from(mark) != 0);
}

/// toQuantity(unit): what was pushed since `mark` in the unit of the argument.
bool in_unit(Run& run, const Step& step, std::uint32_t mark) {
  if (step.argument_count == 0 || run.count_from(mark) == 0) return true;
  const auto quantity = run.at(mark)->quantity();
  run.drop(mark);
  MaybeText unit;
  if (!argument_text(run, step, 0, unit)) return false;
  if (!unit.found) return true;
  const auto amount = convert(quantity, unit.value);
  return !amount || run.push_quantity(Quantity{.value = *amount, .unit = unit.value});
}

}  // namespace

bool run_iif(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  if (step.input != kFocus && items.size() > 1)
    return run.fail(step, "fhirpath.run.single_expected", {{"name", "iif"}});
  auto frame = run.frame();
  if (step.input != kFocus) {
    frame.focus = run.at(items.mark);
    frame.focus_count = items.size();
  }
  auto truth = Truth::no;
  if (!run.eval_argument_on(step, 0, frame) || !run.truth_from(step, items.begin, truth)) return false;
  const std::size_t chosen = truth == Truth::yes ? 1 : 2;
  if (chosen < step.argument_count && !run.eval_argument_on(step, chosen, frame)) return false;
  run.settle(items.mark, items.begin);
  return true;
}

bool run_to_boolean(Run& run, const Step& step) { return convert_input(run, step, to_boolean); }
bool run_to_integer(Run& run, const Step& step) { return convert_input(run, step, to_integer_value); }
bool run_to_decimal(Run& run, const Step& step) { return convert_input(run, step, to_decimal); }
bool run_to_date(Run& run, const Step& step) { return convert_input(run, step, to_date); }
bool run_to_date_time(Run& run, const Step& step) { return convert_input(run, step, to_date_time_value); }
bool run_to_time(Run& run, const Step& step) { return convert_input(run, step, to_time); }
bool run_to_string(Run& run, const Step& step) { return convert_input(run, step, to_string_value); }

bool run_to_quantity(Run& run, const Step& step) {
  const auto mark = run.mark();
  return convert_input(run, step, to_quantity) && in_unit(run, step, mark);
}

bool run_converts_to_boolean(Run& run, const Step& step) { return try_conversion(run, step, to_boolean); }
bool run_converts_to_integer(Run& run, const Step& step) {
  return try_conversion(run, step, to_integer_value);
}
bool run_converts_to_decimal(Run& run, const Step& step) { return try_conversion(run, step, to_decimal); }
bool run_converts_to_date(Run& run, const Step& step) { return try_conversion(run, step, to_date); }
bool run_converts_to_date_time(Run& run, const Step& step) {
  return try_conversion(run, step, to_date_time_value);
}
bool run_converts_to_time(Run& run, const Step& step) { return try_conversion(run, step, to_time); }
bool run_converts_to_string(Run& run, const Step& step) { return try_conversion(run, step, to_string_value); }

bool run_converts_to_quantity(Run& run, const Step& step) {
  Maybe input;
  if (!input_value(run, step, input)) return false;
  if (!input.found) return true;
  const auto mark = run.mark();
  return to_quantity(run, input.value) && in_unit(run, step, mark) &&
         answer(run, mark, run.count_from(mark) != 0);
}

}  // namespace musubi::fhirpath
