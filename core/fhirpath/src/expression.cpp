#include "musubi/fhirpath/expression.h"

#include <re2/re2.h>

#include "compiler.h"
#include "lexer.h"

namespace musubi::fhirpath {

base::Result<Expression> Expression::compile(std::string_view text, const CompileOptions& options) {
  MUSUBI_ASSIGN(auto tree, parse(text));
  auto chosen = options;
  if (text.find("defineVariable") != text.npos) chosen.variables.reset(), chosen.family = nullptr;
  MUSUBI_ASSIGN(auto plan, Compiler(std::move(tree), chosen, text).run());
  return Expression(std::move(plan));
}

const std::string& Expression::text() const noexcept { return plan_->text; }
std::span<const std::uint32_t> Expression::columns() const noexcept { return plan_->columns; }

std::string quoted_name(std::string_view name) {
  if (is_plain_identifier(name)) return std::string(name);
  std::string made = "`";
  for (const char each : name) {
    if (each == '`' || each == '\\') made += '\\';
    made += each;
  }
  return made += '`';
}

base::Result<std::string> portable_form(std::string_view text) {
  MUSUBI_TRY(parse(text));
  MUSUBI_ASSIGN(const auto tokens, tokens_of(text));
  std::string made;
  std::size_t done = 0;
  for (const auto& token : tokens) {
    const auto name = token.kind == TokenKind::variable ? token.whole.substr(1) : token.whole;
    const bool named =
        token.kind == TokenKind::identifier || (token.kind == TokenKind::variable && name == token.text);
    if (!named || is_portable_identifier(name)) continue;
    const auto begin = token.at.offset + token.whole.size() - name.size();
    made.append(text.substr(done, begin - done)).append("`").append(name).append("`");
    done = begin + name.size();
  }
  return made.append(text.substr(done));
}

}  // namespace musubi::fhirpath
