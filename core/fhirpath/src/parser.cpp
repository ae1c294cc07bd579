// Precedence climbing over the tokens. Levels and their order: FHIRPath 2.0, "Operator Precedence".
#include <algorithm>
#include <array>
#include <optional>

#include "lexer.h"
#include "musubi/fhirpath/quantity.h"
#include "syntax.h"

namespace musubi::fhirpath {
namespace {

constexpr std::size_t kMostBytes = 64U << 10;
constexpr int kDeepestNesting = 128;  ///< brackets and signs within one another
constexpr int kDeepestTree = 400;     ///< of nodes: a.b.c is three deep

struct BinaryOperator {
  std::string_view text;
  Operator operation;
  int level;  ///< higher binds tighter
};

constexpr int kTypeLevel = 8;
constexpr int kSignLevel = 11;
constexpr std::array kBinaryOperators = {
    BinaryOperator{"implies", Operator::implies, 1},
    BinaryOperator{"or", Operator::logical_or, 2},
    BinaryOperator{"xor", Operator::logical_xor, 2},
    BinaryOperator{"and", Operator::logical_and, 3},
    BinaryOperator{"in", Operator::in, 4},
    BinaryOperator{"contains", Operator::contains, 4},
    BinaryOperator{"=", Operator::equal, 5},
    BinaryOperator{"~", Operator::equivalent, 5},
    BinaryOperator{"!=", Operator::not_equal, 5},
    BinaryOperator{"!~", Operator::not_equivalent, 5},
    BinaryOperator{"<", Operator::less, 6},
    BinaryOperator{"<=", Operator::less_or_equal, 6},
    BinaryOperator{">", Operator::greater, 6},
    BinaryOperator{">=", Operator::greater_or_equal, 6},
    BinaryOperator{"|", Operator::unite, 7},
    BinaryOperator{"+", Operator::plus, 9},
    BinaryOperator{"-", Operator::minus, 9},
    BinaryOperator{"&", Operator::concatenate, 9},
    BinaryOperator{"*", Operator::multiply, 10},
    BinaryOperator{"/", Operator::divide, 10},
    BinaryOperator{"div", Operator::integer_divide, 10},
    BinaryOperator{"mod", Operator::modulo, 10},
};

const BinaryOperator* binary_operator(const Token& token) {
  for (const auto& each : kBinaryOperators) {
    if (token.is(each.text)) return &each;
  }
  return nullptr;
}

/// Words that are operators or literals and so cannot begin a term as a name.
bool is_reserved(std::string_view word) {
  constexpr std::array<std::string_view, 9> kWords = {"and", "or",   "xor",   "implies", "div",
                                                      "mod", "true", "false", ""};
  return std::ranges::find(kWords, word) != kWords.end();
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  base::Result<SyntaxTree> run() {
    MUSUBI_ASSIGN(tree_.root, expression(0));
    if (here().kind != TokenKind::end) return unexpected("fhirpath.syntax.operator_expected");
    return std::move(tree_);
  }

 private:
  using Parsed = base::Result<SyntaxIndex>;

  const Token& here() const { return tokens_[next_]; }
  const Token& take() { return tokens_[next_++]; }
  bool accept(std::string_view symbol) {
    if (here().kind != TokenKind::symbol || here().text != symbol) return false;
    ++next_;
    return true;
  }

  base::Error unexpected(std::string_view code) const {
    if (here().kind == TokenKind::end) return syntax_error("fhirpath.syntax.ends_early", here().at);
    return syntax_error(code, here().at, {{"token", std::string(here().whole)}});
  }
  base::Status expect(std::string_view symbol) {
    if (accept(symbol)) return {};
    const auto found = here().kind == TokenKind::end ? std::string() : std::string(here().whole);
    return syntax_error(found.empty() ? "fhirpath.syntax.not_closed" : "fhirpath.syntax.expected", here().at,
                        {{"token", found}, {"expected", std::string(symbol)}});
  }

  Parsed add(SyntaxNode node) {
    int depth = node.input == kNoSyntax ? 0 : depths_[node.input];
    for (const auto argument : node.arguments) depth = std::max(depth, depths_[argument]);
    if (depth >= kDeepestTree) return too_deep(node.at, kDeepestTree);
    tree_.nodes.push_back(std::move(node));
    depths_.push_back(depth + 1);
    return static_cast<SyntaxIndex>(tree_.nodes.size() - 1);
  }

  static base::Error too_deep(Position at, int limit) {
    return syntax_error("fhirpath.limit.depth", at, {{"limit", std::to_string(limit)}});
  }

  /// Everything whose operators bind at least as tightly as `level`.
  Parsed expression(int level) {
    if (nesting_ >= kDeepestNesting) return too_deep(here().at, kDeepestNesting);
    ++nesting_;
    auto parsed = operators(level);
    --nesting_;
    return parsed;
  }

  Parsed operators(int level) {
    MUSUBI_ASSIGN(auto left, operand());
    for (;;) {
      const auto token = here();
      if (token.kind == TokenKind::identifier && (token.text == "is" || token.text == "as")) {
        if (kTypeLevel < level) return left;
        MUSUBI_ASSIGN(left, type_operation(left));
        continue;
      }
      const auto* found = binary_operator(token);
      if (found == nullptr || found->level < level) return left;
      ++next_;
      MUSUBI_ASSIGN(const auto right, expression(found->level + 1));
      MUSUBI_ASSIGN(left, add({.kind = SyntaxKind::binary,
                               .operation = found->operation,
                               .input = left,
                               .arguments = {right},
                               .text = std::string(found->text),
                               .at = token.at}));
    }
  }

  Parsed type_operation(SyntaxIndex left) {
    const auto& token = take();
    const auto kind = token.text == "is" ? SyntaxKind::is_type : SyntaxKind::as_type;
    MUSUBI_ASSIGN(auto name, type_specifier());
    return add({.kind = kind, .input = left, .text = std::move(name), .at = token.at});
  }

  base::Result<std::string> type_specifier() {
    MUSUBI_ASSIGN(auto name, type_part());
    while (here().is(".") && here().kind == TokenKind::symbol) {
      if (is_call_ahead()) break;
      ++next_;
      MUSUBI_ASSIGN(const auto part, type_part());
      name += "." + part;
    }
    return name;
  }

  /// Whether ".name(" follows: then the type has ended and a function of the whole begins.
  bool is_call_ahead() const {
    return next_ + 2 < tokens_.size() && tokens_[next_ + 2].kind == TokenKind::symbol &&
           tokens_[next_ + 2].text == "(";
  }

  base::Result<std::string> type_part() {
    if (!is_name(here())) return unexpected("fhirpath.syntax.type_expected");
    return unescaped(take());
  }

  static bool is_name(const Token& token) {
    return token.kind == TokenKind::identifier || token.kind == TokenKind::delimited_identifier;
  }

  /// A term with its signs, members, calls and indexers.
  Parsed operand() {
    if (here().kind == TokenKind::symbol && (here().text == "+" || here().text == "-"))
      return signed_operand();
    MUSUBI_ASSIGN(auto node, term());
    return invocations(node);
  }

  Parsed signed_operand() {
    const auto& token = take();
    MUSUBI_ASSIGN(const auto of, expression(kSignLevel));
    const auto operation = token.text == "-" ? Operator::minus : Operator::plus;
    return add({.kind = SyntaxKind::sign,
                .operation = operation,
                .input = of,
                .text = std::string(token.text),
                .at = token.at});
  }

  Parsed invocations(SyntaxIndex node) {
    for (;;) {
      const auto at = here().at;
      if (accept(".")) {
        MUSUBI_ASSIGN(node, invocation(node));
      } else if (accept("[")) {
        MUSUBI_ASSIGN(const auto index, expression(0));
        MUSUBI_TRY(expect("]"));
        MUSUBI_ASSIGN(
            node,
            add({.kind = SyntaxKind::indexer, .input = node, .arguments = {index}, .text = "[", .at = at}));
      } else {
        return node;
      }
    }
  }

  /// After a dot, or at the start of a term (input is none).
  Parsed invocation(SyntaxIndex input) {
    switch (here().kind) {
      case TokenKind::this_item:
        return special(SyntaxKind::this_item, input);
      case TokenKind::index:
        return special(SyntaxKind::index, input);
      case TokenKind::total:
        return special(SyntaxKind::total, input);
      default:
        break;
    }
    if (!is_name(here())) return unexpected("fhirpath.syntax.name_expected");
    const auto& token = take();
    MUSUBI_ASSIGN(auto name, unescaped(token));
    if (token.kind == TokenKind::identifier && accept("(")) return call(input, token, std::move(name));
    const bool delimited = token.kind == TokenKind::delimited_identifier;
    return add({.kind = SyntaxKind::member,
                .delimited = delimited,
                .input = input,
                .text = std::move(name),
                .at = token.at});
  }

  Parsed special(SyntaxKind kind, SyntaxIndex input) {
    const auto& token = take();
    return add({.kind = kind, .input = input, .text = std::string(token.whole), .at = token.at});
  }

  Parsed call(SyntaxIndex input, const Token& token, std::string name) {
    SyntaxNode node{.kind = SyntaxKind::function, .input = input, .text = std::move(name), .at = token.at};
    if (!accept(")")) {
      do {
        MUSUBI_ASSIGN(const auto argument, expression(0));
        node.arguments.push_back(argument);
      } while (accept(","));
      MUSUBI_TRY(expect(")"));
    }
    return add(std::move(node));
  }

  Parsed term() {
    const auto token = here();
    switch (token.kind) {
      case TokenKind::integer:
      case TokenKind::decimal:
        return number();
      case TokenKind::string:
      case TokenKind::date:
      case TokenKind::date_time:
      case TokenKind::time:
      case TokenKind::long_integer:
        return literal();
      case TokenKind::variable:
        return variable();
      case TokenKind::symbol:
        return bracketed();
      case TokenKind::end:
        return unexpected("fhirpath.syntax.ends_early");
      default:
        break;
    }
    if (token.is("true") || token.is("false")) return literal();
    if (token.kind == TokenKind::identifier && is_reserved(token.text)) {
      return unexpected("fhirpath.syntax.expression_expected");
    }
    return invocation(kNoSyntax);
  }

  Parsed bracketed() {
    const auto at = here().at;
    if (accept("(")) {
      MUSUBI_ASSIGN(const auto inside, expression(0));
      MUSUBI_TRY(expect(")"));
      return add({.kind = SyntaxKind::group, .input = inside, .text = "(", .at = at});
    }
    if (!accept("{")) return unexpected("fhirpath.syntax.expression_expected");
    MUSUBI_TRY(expect("}"));
    return add({.kind = SyntaxKind::empty, .text = "{", .at = at});
  }

  Parsed literal() {
    const auto& token = take();
    MUSUBI_ASSIGN(auto text, token.kind == TokenKind::string
                                 ? unescaped(token)
                                 : base::Result<std::string>(std::string(token.text)));
    return add({.kind = SyntaxKind::literal, .literal = token.kind, .text = std::move(text), .at = token.at});
  }

  Parsed variable() {
    const auto& token = take();
    MUSUBI_ASSIGN(auto name, unescaped(token));
    return add({.kind = SyntaxKind::variable, .text = std::move(name), .at = token.at});
  }

  /// A number, or with a unit after it a quantity.
  Parsed number() {
    const auto& token = take();
    SyntaxNode node{
        .kind = SyntaxKind::literal, .literal = token.kind, .text = std::string(token.text), .at = token.at};
    if (here().kind == TokenKind::string) {
      MUSUBI_ASSIGN(node.unit, unescaped(take()));
      node.kind = SyntaxKind::quantity;
    } else if (here().kind == TokenKind::identifier && calendar_unit(here().text)) {
      node.unit = std::string(take().text);
      node.kind = SyntaxKind::quantity;
      node.calendar_unit = true;
    }
    return add(std::move(node));
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int nesting_ = 0;
  SyntaxTree tree_;
  std::vector<int> depths_;
};

}  // namespace

std::string_view text_of(Operator operation) noexcept {
  for (const auto& each : kBinaryOperators) {
    if (each.operation == operation) return each.text;
  }
  return {};
}

base::Result<SyntaxTree> parse(std::string_view text) {
  if (text.size() > kMostBytes) {
    return syntax_error("fhirpath.limit.length", {}, {{"limit", std::to_string(kMostBytes)}});
  }
  MUSUBI_ASSIGN(auto tokens, tokens_of(text));
  return Parser(std::move(tokens)).run();
}

std::string type_name_of(const SyntaxTree& tree, SyntaxIndex index) {
  const auto& node = tree[index];
  if (node.kind != SyntaxKind::member) return {};
  if (node.input == kNoSyntax) return node.text;
  const auto before = type_name_of(tree, node.input);
  return before.empty() ? before : before + "." + node.text;
}

}  // namespace musubi::fhirpath
