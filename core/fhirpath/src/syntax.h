// The syntax tree of an expression: nodes in one flat array, children before parents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "token.h"

namespace musubi::fhirpath {

using SyntaxIndex = std::uint32_t;
inline constexpr SyntaxIndex kNoSyntax = 0xFFFFFFFF;

enum class SyntaxKind : std::uint8_t {
  empty,      ///< {}
  literal,    ///< see `literal`
  quantity,   ///< text: the number; unit: UCUM code or calendar keyword
  this_item,  ///< $this
  index,      ///< $index
  total,      ///< $total
  variable,   ///< %text
  member,     ///< [input.]text
  function,   ///< [input.]text(arguments)
  indexer,    ///< input[argument]
  group,      ///< (input): what is defined inside stays inside
  sign,       ///< + or - before input
  binary,     ///< input operator argument
  is_type,    ///< input is text
  as_type     ///< input as text
};

enum class Operator : std::uint8_t {
  none,
  plus,
  minus,
  concatenate,
  multiply,
  divide,
  integer_divide,
  modulo,
  unite,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  equal,
  not_equal,
  equivalent,
  not_equivalent,
  in,
  contains,
  logical_and,
  logical_or,
  logical_xor,
  implies
};

std::string_view text_of(Operator operation) noexcept;

struct SyntaxNode {
  SyntaxKind kind = SyntaxKind::empty;
  TokenKind literal = TokenKind::end;  ///< string, integer, decimal, date …; identifier for true and false
  Operator operation = Operator::none;
  bool calendar_unit = false;     ///< of a quantity: the unit is a keyword, not UCUM
  bool delimited = false;         ///< the name was written between backticks or quotes
  SyntaxIndex input = kNoSyntax;  ///< left operand, or what stands before the dot; none: the focus
  std::vector<SyntaxIndex> arguments{};
  std::string text{};  ///< escapes undone
  std::string unit{};
  Position at;  ///< of the token that names it
};

struct SyntaxTree {
  std::vector<SyntaxNode> nodes;
  SyntaxIndex root = kNoSyntax;
  const SyntaxNode& operator[](SyntaxIndex index) const noexcept { return nodes[index]; }
};

/// Errors: fhirpath.syntax.*, fhirpath.limit.depth, fhirpath.limit.length.
base::Result<SyntaxTree> parse(std::string_view text);

/// "System.String" of a node that stands where a type is expected (a name or a chain of names); empty: it is
/// none.
std::string type_name_of(const SyntaxTree& tree, SyntaxIndex node);

}  // namespace musubi::fhirpath
