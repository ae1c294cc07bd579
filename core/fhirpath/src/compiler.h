// Syntax tree → plan, with the types checked on the way.
#pragma once

#include <memory>

#include "musubi/base/result.h"
#include "plan.h"
#include "static_type.h"
#include "syntax.h"

namespace musubi::fhirpath {

/// Where a part of the expression stands.
struct Scope {
  StaticType focus{};
  bool is_origin = true;  ///< the focus is what the whole expression is evaluated on
  int repetitions = 0;    ///< repeat() around it
};

struct Compiled {
  StepIndex step = kFocus;
  StaticType type{};
};

/// One use.
class Compiler {
 public:
  Compiler(SyntaxTree tree, const CompileOptions& options, std::string_view text);
  base::Result<std::shared_ptr<const Plan>> run();

 private:
  using Result = base::Result<Compiled>;

  Result compile(SyntaxIndex index, const Scope& scope);
  Result compile_input(const SyntaxNode& node, const Scope& scope);

  Result literal(const SyntaxNode& node);
  Result text_literal(const SyntaxNode& node);
  Result number_literal(const SyntaxNode& node);
  Result moment_literal(const SyntaxNode& node);
  Result quantity(const SyntaxNode& node);
  Result special(const SyntaxNode& node, const Scope& scope);
  Result variable(const SyntaxNode& node, const Scope& scope);
  Result member(const SyntaxNode& node, const Scope& scope);
  Result column(const SyntaxNode& node);
  Result element(const SyntaxNode& node, const Compiled& input);
  Result type_or_member(const SyntaxNode& node, const Scope& scope, TypeIndex type);
  Result indexer(const SyntaxNode& node, const Scope& scope);
  Result sign(const SyntaxNode& node, const Scope& scope);
  Result binary(const SyntaxNode& node, const Scope& scope);
  Result type_operation(const SyntaxNode& node, const Scope& scope);
  Result group(const SyntaxNode& node, const Scope& scope);
  Result function(const SyntaxNode& node, const Scope& scope);

  base::Status check_call(const SyntaxNode& node, const FunctionEntry& entry, const StaticType& input) const;
  Result argument(const SyntaxNode& node, std::size_t index, Shape shape, const Scope& scope,
                  const StaticType& input);
  Result repetition(SyntaxIndex argument, const Scope& scope, const StaticType& input);
  base::Status take_pattern(const SyntaxNode& node, Step& step);
  StaticType result_type(const FunctionEntry& entry, const StaticType& input,
                         const std::vector<StaticType>& arguments, const NamedType& named) const;

  void add_elements(TypeChoice of, std::string_view name, StaticType& found) const;
  base::Error unknown_element(const SyntaxNode& node, const StaticType& input) const;
  NamedType named_type(const std::string& name);
  StaticType type_of(const NamedType& named, bool many) const;
  Compiled add(Step step, StaticType type);
  Step step_for(const SyntaxNode& node);
  std::string_view kept(std::string_view text);
  void set_arguments(Step& step, const std::vector<StepIndex>& arguments);

  SyntaxTree tree_;
  CompileOptions options_;
  std::shared_ptr<Plan> plan_;
  StaticType origin_;
  StaticType resource_;  ///< of %resource
};

}  // namespace musubi::fhirpath
