// The FHIRPath of a mapping: compiled over the columns of a scope, its mistakes shown in the mapping file.
#include "musubi/base/messages.h"
#include "rule.h"
#include "scalar_place.h"

namespace musubi::mapping {

void add_mistake(const base::Error& error, const Located& text, Compilation& compilation) {
  auto mark = text.mark;
  if (error.place().line != 0 && mark.file < compilation.files.size())
    mark = place_within(compilation.files[mark.file], text, error.place().line, error.place().column);
  mark.length = 0;
  compilation.problems.add(error.at(compilation.problems.place(mark)));
}

std::optional<fhirpath::Expression> compile_expression(const Located& text, const Scope& scope,
                                                       Compilation& compilation) {
  auto compiled = fhirpath::Expression::compile(
      text.text, {.columns = std::span<const std::string>(scope.names), .strict = true});
  if (compiled.has_value()) return std::move(*compiled);
  add_mistake(compiled.error(), text, compilation);
  return std::nullopt;
}

std::vector<std::string> names_read(const fhirpath::Expression& expression, const Scope& scope) {
  std::vector<std::string> names;
  for (const auto column : expression.columns()) names.push_back(scope.columns[column].name);
  return names;
}

std::optional<Condition> compile_condition(const Located& text, const Scope& scope,
                                           Compilation& compilation) {
  auto expression = compile_expression(text, scope, compilation);
  if (!expression) return std::nullopt;
  auto reads = names_read(*expression, scope);
  return Condition{std::move(*expression), std::move(reads)};
}

std::vector<Verdict> compile_verdicts(const Scope& scope, Compilation& compilation) {
  std::vector<Verdict> verdicts;
  for (const auto& spec : compilation.spec.verdicts) {
    if (base::find_message(spec.code.text) != nullptr)
      compilation.problems.error(spec.code.mark, "mapping.code_taken", {{"word", spec.code.text}});
    if (auto when = compile_condition(spec.when, scope, compilation))
      verdicts.push_back({std::move(*when), spec.code.text, spec.rejects});
  }
  return verdicts;
}

}  // namespace musubi::mapping
