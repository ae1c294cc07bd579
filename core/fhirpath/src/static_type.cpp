#include "static_type.h"

#include <algorithm>

#include "system_kinds.h"

namespace musubi::fhirpath {
namespace {

bool is_number(ValueKind kind) { return kind == ValueKind::integer || kind == ValueKind::decimal; }
bool is_amount(ValueKind kind) { return is_number(kind) || kind == ValueKind::quantity; }
bool is_moment(ValueKind kind) {
  return kind == ValueKind::date || kind == ValueKind::date_time || kind == ValueKind::time;
}

/// What `left operation right` yields; node: it is not defined.
ValueKind arithmetic_kind(Operator operation, ValueKind left, ValueKind right) {
  if (is_number(left) && is_number(right)) {
    const bool integers = left == ValueKind::integer && right == ValueKind::integer;
    if (operation == Operator::integer_divide) return ValueKind::integer;
    return integers && operation != Operator::divide ? ValueKind::integer : ValueKind::decimal;
  }
  const bool sum = operation == Operator::plus || operation == Operator::minus;
  const bool whole = operation == Operator::integer_divide || operation == Operator::modulo;
  if (is_amount(left) && is_amount(right)) return whole ? ValueKind::node : ValueKind::quantity;
  if (sum && is_moment(left) && right == ValueKind::quantity) return left;
  if (operation == Operator::plus && left == ValueKind::string && right == ValueKind::string) return left;
  return ValueKind::node;
}

std::string_view name_of(const TypeTable* model, TypeChoice choice) {
  if (choice.kind == ValueKind::node) return model->type(choice.type).name;
  return choice.kind == ValueKind::row ? "row" : system_name_of(choice.kind);
}

bool have_order(ValueKind left, ValueKind right) {
  if (is_amount(left) && is_amount(right)) return true;
  const bool days = left != ValueKind::time && right != ValueKind::time;
  if (is_moment(left) && is_moment(right)) return days || left == right;
  return left == right && left == ValueKind::string;
}

bool is_order(Operator operation) {
  return operation >= Operator::less && operation <= Operator::greater_or_equal;
}

bool is_arithmetic(Operator operation) {
  switch (operation) {
    case Operator::plus:
    case Operator::minus:
    case Operator::multiply:
    case Operator::divide:
    case Operator::integer_divide:
    case Operator::modulo:
      return true;
    default:
      return false;
  }
}

OperationType type_of_arithmetic(const TypeTable* model, Operator operation, const StaticType& left,
                                 const StaticType& right) {
  OperationType answer{.result = {.known = true, .many = false}};
  if (left.says_nothing() || right.says_nothing()) return {.result = {.many = false}};
  for (const auto ours : left.types) {
    for (const auto theirs : right.types) {
      const auto kind =
          arithmetic_kind(operation, system_kind_of(model, ours), system_kind_of(model, theirs));
      if (kind != ValueKind::node) answer.result.add(TypeChoice{.kind = kind});
    }
  }
  answer.possible = !answer.result.types.empty();
  return answer;
}

bool may_be_ordered(const TypeTable* model, const StaticType& left, const StaticType& right) {
  if (left.says_nothing() || right.says_nothing()) return true;
  return std::ranges::any_of(left.types, [&](TypeChoice ours) {
    return std::ranges::any_of(right.types, [&](TypeChoice theirs) {
      return have_order(system_kind_of(model, ours), system_kind_of(model, theirs));
    });
  });
}

}  // namespace

void StaticType::add(TypeChoice choice) {
  if (std::ranges::find(types, choice) == types.end()) types.push_back(choice);
}

void StaticType::add(const StaticType& other) {
  known = known && other.known;
  ordered = ordered && other.ordered;
  for (const auto choice : other.types) add(choice);
}

ValueKind system_kind_of(const TypeTable* model, TypeChoice choice) noexcept {
  if (choice.kind != ValueKind::node) return choice.kind;
  const auto system = choice.type < model->system_types ? choice.type : model->type(choice.type).system_type;
  return system == kNoType ? ValueKind::node : system_kind_named(model->type(system).name);
}

bool fits(const TypeTable* model, TypeChoice choice, Shape shape) noexcept {
  const auto kind = system_kind_of(model, choice);
  switch (shape) {
    case Shape::boolean:
    case Shape::boolean_strictly:
      return kind == ValueKind::boolean;
    case Shape::text:
    case Shape::texts:
      return kind == ValueKind::string;
    case Shape::integer:
      return kind == ValueKind::integer;
    case Shape::number:
      return is_number(kind);
    case Shape::quantity:
    case Shape::amount:
      return is_amount(kind);
    case Shape::date:
      return kind == ValueKind::date;
    case Shape::date_time:
      return kind == ValueKind::date_time;
    case Shape::time:
      return kind == ValueKind::time;
    case Shape::moment:
      return is_moment(kind);
    default:
      return true;
  }
}

bool may_fit(const TypeTable* model, const StaticType& type, Shape shape) noexcept {
  return type.says_nothing() ||
         std::ranges::any_of(type.types, [&](TypeChoice each) { return fits(model, each, shape); });
}

std::string names_of(const TypeTable* model, const StaticType& type) {
  constexpr std::size_t kEnough = 4;
  std::string names;
  for (std::size_t index = 0; index < std::min(kEnough, type.types.size()); ++index) {
    const auto each = type.types[index];
    if (index != 0) names += " | ";
    names += name_of(model, each);
  }
  if (type.types.size() > kEnough) names += " | …";
  return names;
}

OperationType type_of_operation(const TypeTable* model, Operator operation, const StaticType& left,
                                const StaticType& right) {
  if (is_arithmetic(operation)) return type_of_arithmetic(model, operation, left, right);
  if (operation == Operator::concatenate) return {.result = StaticType::of(ValueKind::string)};
  if (operation == Operator::unite) {
    auto both = left;
    both.add(right);
    both.many = true;
    return {.result = std::move(both)};
  }
  const bool possible = !is_order(operation) || may_be_ordered(model, left, right);
  return {.possible = possible, .result = StaticType::of(ValueKind::boolean)};
}

}  // namespace musubi::fhirpath
