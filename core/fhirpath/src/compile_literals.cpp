// Literals become constants of the plan.
#include <limits>

#include "compiler.h"
#include "lexer.h"
#include "operators.h"

namespace musubi::fhirpath {

Compiler::Result Compiler::literal(const SyntaxNode& node) {
  switch (node.literal) {
    case TokenKind::integer:
    case TokenKind::long_integer:
    case TokenKind::decimal:
      return number_literal(node);
    case TokenKind::date:
    case TokenKind::date_time:
    case TokenKind::time:
      return moment_literal(node);
    default:
      return text_literal(node);
  }
}

Compiler::Result Compiler::text_literal(const SyntaxNode& node) {
  auto step = step_for(node);
  step.run = run_constant;
  const bool boolean = node.literal == TokenKind::identifier;
  step.constant = boolean ? Value::of_boolean(node.text == "true") : Value::of_text(step.name);
  return add(step, StaticType::of(step.constant.kind()));
}

Compiler::Result Compiler::number_literal(const SyntaxNode& node) {
  auto step = step_for(node);
  step.run = run_constant;
  const auto number = parse_decimal(node.text);
  if (!number) return syntax_error("fhirpath.type.number", node.at, {{"token", node.text}});
  if (node.literal == TokenKind::decimal) {
    step.constant = Value::of(&plan_->decimals.emplace_back(*number));
    return add(step, StaticType::of(ValueKind::decimal));
  }
  const auto integer = to_integer(*number);
  const auto most = node.literal == TokenKind::integer
                        ? std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1
                        : std::numeric_limits<std::int64_t>::max();
  if (!integer || *integer > most)
    return syntax_error("fhirpath.type.number", node.at, {{"token", node.text}});
  step.constant = Value::of_integer(*integer);
  return add(step, StaticType::of(ValueKind::integer));
}

Compiler::Result Compiler::moment_literal(const SyntaxNode& node) {
  auto step = step_for(node);
  step.run = run_constant;
  if (node.literal == TokenKind::date) {
    if (const auto date = parse_date(node.text)) {
      step.constant = Value::of(*date);
      return add(step, StaticType::of(ValueKind::date));
    }
  } else if (node.literal == TokenKind::date_time) {
    if (const auto date_time = parse_date_time_literal(node.text)) {
      step.constant = Value::of(&plan_->date_times.emplace_back(*date_time));
      return add(step, StaticType::of(ValueKind::date_time));
    }
  } else if (const auto time = parse_time(node.text)) {
    step.constant = Value::of(&plan_->times.emplace_back(*time));
    return add(step, StaticType::of(ValueKind::time));
  }
  // A person who writes a mapping has to know of a day that is in no calendar before it is used.
  if (options_.strict) return syntax_error("fhirpath.run.literal", node.at, {{"token", node.text}});
  step.run = run_impossible_literal;
  const auto kind = node.literal == TokenKind::date        ? ValueKind::date
                    : node.literal == TokenKind::date_time ? ValueKind::date_time
                                                           : ValueKind::time;
  return add(step, StaticType::of(kind));
}

Compiler::Result Compiler::quantity(const SyntaxNode& node) {
  const auto number = parse_decimal(node.text);
  if (!number) return syntax_error("fhirpath.type.number", node.at, {{"token", node.text}});
  auto step = step_for(node);
  step.run = run_constant;
  Quantity made{.value = *number, .unit = kept(node.unit), .calendar = node.calendar_unit};
  if (node.calendar_unit) made.unit = calendar_keyword(*calendar_unit(node.unit));
  step.constant = Value::of(&plan_->quantities.emplace_back(made));
  return add(step, StaticType::of(ValueKind::quantity));
}

}  // namespace musubi::fhirpath
