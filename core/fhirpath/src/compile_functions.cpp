// Calls: the table of functions says what input and arguments must be and what comes out.
#include <re2/re2.h>

#include <algorithm>

#include "compiler.h"
#include "lexer.h"
#include "patterns.h"

namespace musubi::fhirpath {
namespace {

constexpr int kDeepestTypedRepetition = 1;

std::string counts_of(const FunctionEntry& entry) {
  if (entry.most == kAnyNumber) return std::to_string(entry.least) + "…";
  if (entry.least == entry.most) return std::to_string(entry.least);
  return std::to_string(entry.least) + "–" + std::to_string(entry.most);
}

bool takes_pattern(std::string_view name) {
  return name == "matches" || name == "matchesFull" || name == "replaceMatches";
}

std::optional<ValueKind> kind_of(Shape shape) {
  switch (shape) {
    case Shape::boolean:
      return ValueKind::boolean;
    case Shape::text:
      return ValueKind::string;
    case Shape::integer:
      return ValueKind::integer;
    case Shape::number:
      return ValueKind::decimal;
    case Shape::quantity:
      return ValueKind::quantity;
    case Shape::date:
      return ValueKind::date;
    case Shape::date_time:
      return ValueKind::date_time;
    case Shape::time:
      return ValueKind::time;
    default:
      return std::nullopt;
  }
}

}  // namespace

Compiler::Result Compiler::function(const SyntaxNode& node, const Scope& scope) {
  const auto* entry = find_function(node.text);
  if (entry == nullptr) {
    const auto nearest = nearest_function(node.text);
    return syntax_error(nearest.empty() ? "fhirpath.type.function_unknown" : "fhirpath.type.function_near",
                        node.at, {{"function", node.text}, {"nearest", std::string(nearest)}});
  }
  MUSUBI_ASSIGN(const auto input, compile_input(node, scope));
  MUSUBI_TRY(check_call(node, *entry, input.type));
  auto step = step_for(node);
  step.run = entry->run;
  step.input = input.step;
  std::vector<StepIndex> steps;
  std::vector<StaticType> types;
  for (std::size_t index = 0; index < node.arguments.size(); ++index) {
    const auto shape = argument_shape(*entry, index);
    if (shape == Shape::type) {
      auto name = type_name_of(tree_, node.arguments[index]);
      if (name.empty())
        return syntax_error("fhirpath.type.type_name_expected", node.at, {{"name", node.text}});
      step.type = named_type(name);
      continue;
    }
    MUSUBI_ASSIGN(auto compiled, argument(node, index, shape, scope, input.type));
    steps.push_back(compiled.step);
    types.push_back(std::move(compiled.type));
  }
  set_arguments(step, steps);
  MUSUBI_TRY(take_pattern(node, step));
  return add(step, result_type(*entry, input.type, types, step.type));
}

base::Status Compiler::check_call(const SyntaxNode& node, const FunctionEntry& entry,
                                  const StaticType& input) const {
  const auto count = node.arguments.size();
  if (count < entry.least || count > entry.most) {
    return syntax_error(
        "fhirpath.type.argument_count", node.at,
        {{"name", node.text}, {"expected", counts_of(entry)}, {"found", std::to_string(count)}});
  }
  if (!may_fit(options_.model, input, entry.input)) {
    return syntax_error("fhirpath.type.input", node.at,
                        {{"name", node.text}, {"types", names_of(options_.model, input)}});
  }
  if (options_.strict && entry.input == Shape::ordered && !input.ordered) {
    return syntax_error("fhirpath.type.unordered", node.at, {{"name", node.text}});
  }
  return {};
}

Compiler::Result Compiler::argument(const SyntaxNode& node, std::size_t index, Shape shape,
                                    const Scope& scope, const StaticType& input) {
  auto inner = scope;
  switch (shape) {
    case Shape::criterion:
    case Shape::projection:
    case Shape::total:
      inner.focus = input;
      inner.focus.many = false;
      break;
    case Shape::repetition:
      return repetition(node.arguments[index], scope, input);
    case Shape::whole:
    case Shape::boolean_strictly:
      inner.focus = input;
      break;
    default:
      break;
  }
  MUSUBI_ASSIGN(auto compiled, compile(node.arguments[index], inner));
  if (!may_fit(options_.model, compiled.type, shape)) {
    return syntax_error("fhirpath.type.argument", tree_[node.arguments[index]].at,
                        {{"name", node.text}, {"types", names_of(options_.model, compiled.type)}});
  }
  return compiled;
}

/// What the projection yields is projected in turn: once more with the types that come out. Deeper nesting
/// would double the work each time and is not typed.
Compiler::Result Compiler::repetition(SyntaxIndex argument, const Scope& scope, const StaticType& input) {
  auto inner = scope;
  ++inner.repetitions;
  inner.focus = scope.repetitions < kDeepestTypedRepetition ? input : StaticType::unknown();
  inner.focus.many = false;
  MUSUBI_ASSIGN(auto first, compile(argument, inner));
  if (!inner.focus.known) return first;
  inner.focus.add(first.type);
  return compile(argument, inner);
}

base::Status Compiler::take_pattern(const SyntaxNode& node, Step& step) {
  if (!takes_pattern(node.text)) return {};
  const auto& pattern = tree_[node.arguments.front()];
  const std::size_t without_flags = node.text == "replaceMatches" ? 2 : 1;
  if (pattern.kind != SyntaxKind::literal || pattern.literal != TokenKind::string) return {};
  if (node.arguments.size() > without_flags) return {};
  auto compiled = compile_pattern(pattern.text);
  if (!compiled) return syntax_error("fhirpath.type.pattern", pattern.at, {{"name", node.text}});
  step.pattern = plan_->patterns.emplace_back(std::move(compiled)).get();
  return {};
}

StaticType Compiler::result_type(const FunctionEntry& entry, const StaticType& input,
                                 const std::vector<StaticType>& arguments, const NamedType& named) const {
  if (const auto kind = kind_of(entry.result)) return StaticType::of(*kind);
  auto type = StaticType::unknown();
  switch (entry.result) {
    case Shape::same:
      return input;
    case Shape::one:
      type = input;
      break;
    case Shape::both:
      type = input;
      type.add(arguments.front());
      type.many = true;
      return type;
    case Shape::projection:
      type = arguments.front();
      type.many = true;
      return type;
    case Shape::branches:
    case Shape::arguments: {
      const std::size_t begin = entry.result == Shape::branches ? 1 : 0;
      type = StaticType::nothing();
      for (std::size_t index = begin; index < arguments.size(); ++index) type.add(arguments[index]);
      return type;
    }
    case Shape::named:
      return type_of(named, true);
    case Shape::system:
      if (!input.known || input.types.size() != 1) return {.many = false};
      type = StaticType::of(system_kind_of(options_.model, input.types.front()));
      return type.types.front().kind == ValueKind::node ? StaticType::nothing() : type;
    case Shape::texts:
      type = StaticType::of(ValueKind::string);
      type.many = true;
      return type;
    case Shape::extension:
      return options_.model == nullptr ? type : StaticType::of_node(options_.model->find("Extension"), true);
    case Shape::unordered:
      type.ordered = false;
      return type;
    default:
      return type;
  }
  type.many = false;
  return type;
}

}  // namespace musubi::fhirpath
