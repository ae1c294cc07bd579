// + - * / div mod & and signs: FHIRPath 2.0, section 6.6.
#include <limits>
#include <utility>

#include "comparing.h"
#include "operators.h"
#include "run.h"

namespace musubi::fhirpath {
namespace {

bool fits_integer(std::int64_t value) {
  return value >= std::numeric_limits<std::int32_t>::min() &&
         value <= std::numeric_limits<std::int32_t>::max();
}

/// An Integer of FHIRPath; untyped data may hold larger ones, which are counted with as Decimals.
bool is_small(const Value& value) { return value.is(ValueKind::integer) && fits_integer(value.integer()); }

/// Overflow yields nothing.
bool push_small(Run& run, std::int64_t value) { return !fits_integer(value) || run.push_integer(value); }

/// An Integer where it is one: -2147483648 is the sign before a number that is none yet.
bool push_large(Run& run, Decimal value) {
  const auto integer = to_integer(value);
  return integer && fits_integer(*integer) ? run.push_integer(*integer) : run.push_decimal(value);
}

bool eval_both(Run& run, const Step& step, Value& left, bool& has_left, Value& right, bool& has_right) {
  const auto* outer = run.bindings();
  const auto mark = run.mark();
  if (!run.eval_input(step) || !run.only_value(step, mark, left, has_left)) return false;
  run.bindings() = outer;
  return run.eval_argument(step, 0) && run.only_value(step, mark, right, has_right);
}

bool wrong_types(Run& run, const Step& step) {
  return run.fail(step, "fhirpath.run.operands", {{"name", std::string(step.name)}});
}

bool integer_operation(Run& run, const Step& step, std::int64_t left, std::int64_t right) {
  switch (step.operation) {
    case Operator::plus:
      return push_small(run, left + right);
    case Operator::minus:
      return push_small(run, left - right);
    case Operator::multiply:
      return push_small(run, left * right);
    case Operator::integer_divide:
      return right == 0 || push_small(run, left / right);
    case Operator::modulo:
      return right == 0 || push_small(run, left % right);
    default:
      return run.push_decimal(divide(Decimal(left), Decimal(right)));
  }
}

bool decimal_operation(Run& run, const Step& step, Decimal left, Decimal right) {
  switch (step.operation) {
    case Operator::plus:
      return run.push_decimal(add(left, right));
    case Operator::minus:
      return run.push_decimal(subtract(left, right));
    case Operator::multiply:
      return run.push_decimal(multiply(left, right));
    case Operator::modulo:
      return run.push_decimal(modulo(left, right));
    case Operator::integer_divide: {
      const auto quotient = integer_divide(left, right);
      const auto integer = quotient ? to_integer(*quotient) : std::nullopt;
      return !integer || push_small(run, *integer);
    }
    default:
      return run.push_decimal(divide(left, right));
  }
}

bool push_made_quantity(Run& run, const std::optional<QuantityResult>& made) {
  if (!made) return true;
  const auto unit = run.keep_text(made->unit.text());
  return unit && run.push_quantity(
                     Quantity{.value = made->value, .unit = *unit, .calendar = made->quantity().calendar});
}

bool quantity_operation(Run& run, const Step& step, const Quantity& left, const Quantity& right) {
  switch (step.operation) {
    case Operator::plus:
      return run.push_quantity(add(left, right));
    case Operator::minus:
      return run.push_quantity(subtract(left, right));
    case Operator::multiply:
      return push_made_quantity(run, multiply(left, right));
    case Operator::divide:
      return push_made_quantity(run, divide(left, right));
    default:
      return wrong_types(run, step);
  }
}

bool moment_operation(Run& run, const Step& step, const Value& moment, const Quantity& amount) {
  if (step.operation != Operator::plus && step.operation != Operator::minus) return wrong_types(run, step);
  const auto unit = time_unit(amount);
  if (!unit) return run.fail(step, "fhirpath.run.time_unit");
  const auto count = step.operation == Operator::minus ? negate(amount.value) : amount.value;
  if (moment.is(ValueKind::date_time)) return run.push_date_time(add(moment.date_time(), count, *unit));
  if (moment.is(ValueKind::time)) return run.push_time(add(moment.time(), count, *unit));
  const auto date = add(moment.date(), count, *unit);
  return !date || run.push(Value::of(*date));
}

bool is_moment(const Value& value) {
  return value.is(ValueKind::date) || value.is(ValueKind::date_time) || value.is(ValueKind::time);
}
bool is_amount(const Value& value) { return is_number(value) || value.is(ValueKind::quantity); }

bool join_texts(Run& run, std::string_view left, std::string_view right) {
  auto& text = run.scratch();
  text.append(left).append(right);
  return run.push_copy(text);
}

}  // namespace

bool run_arithmetic(Run& run, const Step& step) {
  Value left, right;
  bool has_left = false, has_right = false;
  if (!eval_both(run, step, left, has_left, right, has_right)) return false;
  if (!has_left || !has_right) return true;
  if (is_small(left) && is_small(right)) {
    return integer_operation(run, step, left.integer(), right.integer());
  }
  if (is_number(left) && is_number(right))
    return decimal_operation(run, step, decimal_of(left), decimal_of(right));
  if (is_amount(left) && is_amount(right)) {
    return quantity_operation(run, step, quantity_from(left), quantity_from(right));
  }
  if (is_moment(left) && right.is(ValueKind::quantity))
    return moment_operation(run, step, left, right.quantity());
  if (step.operation == Operator::plus && left.is(ValueKind::string) && right.is(ValueKind::string)) {
    return join_texts(run, left.text(), right.text());
  }
  return wrong_types(run, step);
}

bool run_concatenate(Run& run, const Step& step) {
  Value left = Value::of_text(""), right = Value::of_text("");
  bool has_left = false, has_right = false;
  if (!eval_both(run, step, left, has_left, right, has_right)) return false;
  if (!left.is(ValueKind::string) || !right.is(ValueKind::string)) return wrong_types(run, step);
  return join_texts(run, left.text(), right.text());
}

bool run_sign(Run& run, const Step& step) {
  const auto mark = run.mark();
  Value value;
  bool found = false;
  if (!run.eval_input(step) || !run.only_value(step, mark, value, found)) return false;
  if (!found) return true;
  if (!is_amount(value))
    return run.fail(step, "fhirpath.run.number_expected", {{"name", std::string(step.name)}});
  if (step.operation == Operator::plus) return run.push(value);
  if (is_small(value)) return push_small(run, -value.integer());
  if (value.is(ValueKind::integer)) return push_large(run, negate(decimal_of(value)));
  if (value.is(ValueKind::decimal)) return run.push_decimal(negate(value.decimal()));
  auto quantity = value.quantity();
  quantity.value = negate(quantity.value);
  return run.push_quantity(quantity);
}

}  // namespace musubi::fhirpath
