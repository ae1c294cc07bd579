#include "compiler.h"

#include <algorithm>
#include <atomic>

#include "lasting.h"
#include "lexer.h"
#include "musubi/base/text.h"
#include "operators.h"
#include "shared_parts.h"

namespace musubi::fhirpath {

Compiler::Compiler(SyntaxTree tree, const CompileOptions& options, std::string_view text)
    : tree_(std::move(tree)), options_(options), plan_(std::make_shared<Plan>()) {
  plan_->text = text;
  plan_->model = options.model;
  plan_->by_row = options.columns.has_value();
}

base::Result<std::shared_ptr<const Plan>> Compiler::run() {
  if (options_.columns) {
    origin_ = StaticType::of(ValueKind::row);
  } else if (options_.model != nullptr && !options_.root_type.empty()) {
    const auto type = options_.model->find(options_.root_type);
    if (type == kNoType) {
      return syntax_error("fhirpath.type.root_unknown", {}, {{"type", std::string(options_.root_type)}});
    }
    origin_ = StaticType::of_node(type, false);
  }
  resource_ = origin_;
  if (options_.model != nullptr && !options_.resource_type.empty())
    resource_ = StaticType::of_node(options_.model->find(options_.resource_type), false);
  MUSUBI_ASSIGN(const auto root, compile(tree_.root, {.focus = origin_}));
  plan_->root = root.step;
  std::ranges::sort(plan_->columns);
  plan_->columns.erase(std::ranges::unique(plan_->columns).begin(), plan_->columns.end());
  static std::atomic<std::uint64_t> plans_made = 0;
  plan_->number = ++plans_made;
  if (options_.family != nullptr) mark_what_is_shared(*plan_, options_.family->numbers());
  mark_what_lasts(*plan_, options_.variables.value_or(std::span<const std::string>()));
  return std::shared_ptr<const Plan>(plan_);
}

Compiler::Result Compiler::compile(SyntaxIndex index, const Scope& scope) {
  const auto& node = tree_[index];
  switch (node.kind) {
    case SyntaxKind::empty: {
      auto step = step_for(node);
      step.run = run_nothing;
      return add(step, StaticType::nothing());
    }
    case SyntaxKind::literal:
      return literal(node);
    case SyntaxKind::quantity:
      return quantity(node);
    case SyntaxKind::this_item:
    case SyntaxKind::index:
    case SyntaxKind::total:
      return special(node, scope);
    case SyntaxKind::variable:
      return variable(node, scope);
    case SyntaxKind::member:
      return member(node, scope);
    case SyntaxKind::function:
      return function(node, scope);
    case SyntaxKind::indexer:
      return indexer(node, scope);
    case SyntaxKind::group:
      return group(node, scope);
    case SyntaxKind::sign:
      return sign(node, scope);
    case SyntaxKind::binary:
      return binary(node, scope);
    default:
      return type_operation(node, scope);
  }
}

Compiler::Result Compiler::compile_input(const SyntaxNode& node, const Scope& scope) {
  if (node.input == kNoSyntax) return Compiled{.step = kFocus, .type = scope.focus};
  return compile(node.input, scope);
}

std::string_view Compiler::kept(std::string_view text) { return plan_->texts.emplace_back(text); }

Step Compiler::step_for(const SyntaxNode& node) {
  Step step;
  step.name = kept(node.text);
  step.at = node.at;
  step.operation = node.operation;
  return step;
}

Compiled Compiler::add(Step step, StaticType type) {
  plan_->steps.push_back(step);
  return {.step = static_cast<StepIndex>(plan_->steps.size() - 1), .type = std::move(type)};
}

void Compiler::set_arguments(Step& step, const std::vector<StepIndex>& arguments) {
  step.first_argument = static_cast<std::uint32_t>(plan_->arguments.size());
  step.argument_count = static_cast<std::uint8_t>(arguments.size());
  plan_->arguments.insert(plan_->arguments.end(), arguments.begin(), arguments.end());
}

Compiler::Result Compiler::special(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto input, compile_input(node, scope));
  auto step = step_for(node);
  step.input = input.step;
  if (node.kind == SyntaxKind::this_item) {
    step.run = run_this;
    return add(step, input.type);
  }
  step.run = node.kind == SyntaxKind::index ? run_index : run_total;
  return add(step,
             node.kind == SyntaxKind::index ? StaticType::of(ValueKind::integer) : StaticType::unknown());
}

Compiler::Result Compiler::variable(const SyntaxNode& node, const Scope&) {
  if (options_.variables && !is_reserved_variable(node.text) &&
      std::ranges::find(*options_.variables, node.text) == options_.variables->end())
    return syntax_error("fhirpath.type.variable_unknown", node.at, {{"name", node.text}});
  auto step = step_for(node);
  step.run = run_variable;
  if (node.text == "context") return add(step, origin_);
  const bool resource = (node.text == "resource" || node.text == "rootResource") && !options_.columns;
  return add(step, resource ? resource_ : StaticType::unknown());
}

Compiler::Result Compiler::indexer(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto input, compile_input(node, scope));
  MUSUBI_ASSIGN(const auto index, compile(node.arguments.front(), scope));
  if (!may_fit(options_.model, index.type, Shape::integer)) {
    return syntax_error("fhirpath.type.argument", node.at,
                        {{"name", "[ ]"}, {"types", names_of(options_.model, index.type)}});
  }
  if (options_.strict && !input.type.ordered)
    return syntax_error("fhirpath.type.unordered", node.at, {{"name", "[ ]"}});
  auto step = step_for(node);
  step.run = run_indexer;
  step.input = input.step;
  set_arguments(step, {index.step});
  auto type = input.type;
  type.many = false;
  return add(step, std::move(type));
}

Compiler::Result Compiler::sign(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto input, compile_input(node, scope));
  auto step = step_for(node);
  step.run = run_sign;
  step.input = input.step;
  return add(step, input.type);
}

Compiler::Result Compiler::binary(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto left, compile(node.input, scope));
  MUSUBI_ASSIGN(const auto right, compile(node.arguments.front(), scope));
  auto typed = type_of_operation(options_.model, node.operation, left.type, right.type);
  if (!typed.possible) {
    return syntax_error("fhirpath.type.operands", node.at,
                        {{"name", node.text},
                         {"left", names_of(options_.model, left.type)},
                         {"right", names_of(options_.model, right.type)}});
  }
  auto step = step_for(node);
  step.run = handler_of(node.operation);
  step.input = left.step;
  set_arguments(step, {right.step});
  return add(step, std::move(typed.result));
}

NamedType Compiler::named_type(const std::string& name) {
  NamedType named;
  const auto dot = name.find('.');
  const auto first = name.substr(0, dot);
  const bool qualified = dot != std::string::npos && (first == "System" || first == "FHIR");
  const auto all = kept(name);
  named.type_namespace = qualified ? all.substr(0, dot) : std::string_view();
  named.name = qualified ? all.substr(dot + 1) : all;
  const auto* model = options_.model;
  if (model == nullptr) return named;
  if (named.type_namespace == "System") {
    named.found = model->find_system(named.name);
  } else {
    named.found = qualified ? model->find(named.name) : model->find_qualified(named.name);
  }
  return named;
}

StaticType Compiler::type_of(const NamedType& named, bool many) const {
  if (named.found == kNoType) return {.many = many};
  auto type = StaticType::of_node(named.found, many);
  if (named.found < options_.model->system_types)
    type.types = {{.kind = system_kind_of(options_.model, type.types.front())}};
  return type;
}

Compiler::Result Compiler::type_operation(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto input, compile_input(node, scope));
  auto step = step_for(node);
  step.name = kept(node.kind == SyntaxKind::is_type ? "is" : "as");
  step.run = node.kind == SyntaxKind::is_type ? run_is : run_as;
  step.input = input.step;
  step.type = named_type(node.text);
  return add(step, node.kind == SyntaxKind::is_type ? StaticType::of(ValueKind::boolean)
                                                    : type_of(step.type, false));
}

Compiler::Result Compiler::group(const SyntaxNode& node, const Scope& scope) {
  MUSUBI_ASSIGN(const auto inside, compile(node.input, scope));
  auto step = step_for(node);
  step.run = run_group;
  step.input = inside.step;
  return add(step, inside.type);
}

}  // namespace musubi::fhirpath
