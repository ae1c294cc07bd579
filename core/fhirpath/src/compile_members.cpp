// Names: elements of the types that may come, columns of a table, types of the focus.
#include <algorithm>

#include "compiler.h"
#include "lexer.h"
#include "musubi/base/text.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

/// Anything may be below: Resource stands for every resource, Element for every type of element.
bool is_open(const TypeInfo& type) { return type.is_abstract; }

std::string_view nearest_column(std::span<const std::string> columns, std::string_view name) {
  std::string_view nearest;
  auto least = base::characters(name) / 2 + 1;
  for (const auto& column : columns) {
    const auto distance = base::edit_distance(name, column, least);
    if (distance >= least) continue;
    least = distance;
    nearest = column;
  }
  return nearest;
}

}  // namespace

Compiler::Result Compiler::member(const SyntaxNode& node, const Scope& scope) {
  if (node.input == kNoSyntax && options_.model != nullptr && !options_.columns) {
    const auto type = options_.model->find(node.text);
    if (type != kNoType && options_.model->type(type).kind == TypeKind::resource)
      return type_or_member(node, scope, type);
  }
  MUSUBI_ASSIGN(auto input, compile_input(node, scope));
  const bool row = input.type.known && input.type.types == std::vector{TypeChoice{.kind = ValueKind::row}};
  return row ? column(node) : element(node, input);
}

/// "Patient" where the focus is, or may be, a Patient.
Compiler::Result Compiler::type_or_member(const SyntaxNode& node, const Scope& scope, TypeIndex type) {
  auto step = step_for(node);
  step.run = run_type_or_member;
  step.name_hash = hash_of_name(step.name);
  step.type = {.name = step.name, .found = type};
  if (!scope.focus.known) return add(step, StaticType::of_node(type, true));
  StaticType matching{.known = true, .many = scope.focus.many};
  for (const auto choice : scope.focus.types) {
    if (choice.kind != ValueKind::node) continue;
    if (options_.model->is_a(choice.type, type)) matching.add(choice);
    if (options_.model->is_a(type, choice.type)) matching.add({.kind = ValueKind::node, .type = type});
  }
  if (matching.types.empty()) return element(node, {.step = kFocus, .type = scope.focus});
  return add(step, std::move(matching));
}

Compiler::Result Compiler::column(const SyntaxNode& node) {
  const auto columns = *options_.columns;
  const auto found = std::ranges::find(columns, node.text);
  if (found == columns.end()) {
    const auto nearest = nearest_column(columns, node.text);
    return syntax_error(nearest.empty() ? "fhirpath.type.column_unknown" : "fhirpath.type.column_near",
                        node.at, {{"column", node.text}, {"nearest", std::string(nearest)}});
  }
  auto step = step_for(node);
  step.run = run_column;
  step.column = static_cast<std::uint32_t>(found - columns.begin());
  plan_->columns.push_back(step.column);
  return add(step, StaticType::of(ValueKind::string));
}

void Compiler::add_elements(TypeChoice of, std::string_view name, StaticType& found) const {
  if (of.kind != ValueKind::node) return;
  const auto* model = options_.model;
  const auto* element = model->find_element(of.type, name);
  if (element == nullptr) {
    if (is_open(model->type(of.type))) found.known = false;
    return;
  }
  found.many = found.many || element->many;
  const auto types = model->types_of(*element);
  if (types.empty()) found.known = false;
  for (const auto& type : types) found.add({.kind = ValueKind::node, .type = type.type});
}

Compiler::Result Compiler::element(const SyntaxNode& node, const Compiled& input) {
  auto step = step_for(node);
  step.run = run_member;
  step.input = input.step;
  step.name_hash = hash_of_name(step.name);
  if (!input.type.known) {
    if (input.step == kFocus) step.run = run_type_or_member;  // the name of the root of untyped XML
    return add(step, {.ordered = input.type.ordered});
  }
  StaticType found{.known = true, .many = input.type.many, .ordered = input.type.ordered};
  for (const auto choice : input.type.types) add_elements(choice, node.text, found);
  if (found.known && found.types.empty() && !input.type.types.empty())
    return unknown_element(node, input.type);
  return add(step, std::move(found));
}

base::Error Compiler::unknown_element(const SyntaxNode& node, const StaticType& input) const {
  const auto types = names_of(options_.model, input);
  for (const auto choice : input.types) {
    if (choice.kind != ValueKind::node) continue;
    if (const auto written = options_.model->find_in_document(choice.type, node.text);
        written && written->chosen != kNoType) {
      const auto better = std::string(written->element->name) + ".ofType(" +
                          std::string(options_.model->type(written->chosen).name) + ")";
      return syntax_error("fhirpath.type.element_choice", node.at,
                          {{"element", node.text}, {"better", better}});
    }
    if (const auto nearest = options_.model->nearest_element(choice.type, node.text); !nearest.empty()) {
      return syntax_error("fhirpath.type.element_near", node.at,
                          {{"element", node.text}, {"types", types}, {"nearest", std::string(nearest)}});
    }
  }
  return syntax_error("fhirpath.type.element_unknown", node.at, {{"element", node.text}, {"types", types}});
}

}  // namespace musubi::fhirpath
