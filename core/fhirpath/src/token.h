// Tokens of FHIRPath (normative 2.0, appendix "grammar"). Texts are views into the expression.
#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::fhirpath {

/// Where a token begins: line and column from 1, column in characters; offset in bytes from 0.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t offset = 0;
};

enum class TokenKind : std::uint8_t {
  end,
  identifier,            ///< also keywords: which they are depends on where they stand
  delimited_identifier,  ///< `…`; text is what is between the backticks, escapes not yet undone
  string,                ///< '…'; text as above
  integer,
  decimal,
  long_integer,  ///< 12L; text without the L
  date,          ///< @2020-04; text without the @
  date_time,     ///< @2020-04T…; text without the @
  time,          ///< @T10:30; text without the @T
  symbol,        ///< operators and brackets
  this_item,
  index,
  total,
  variable  ///< %name, %`name`, %'name'; text is the name, escapes not yet undone
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;   ///< see TokenKind
  std::string_view whole;  ///< as written, for messages
  Position at;

  bool is(std::string_view wanted) const noexcept {
    return (kind == TokenKind::symbol || kind == TokenKind::identifier) && text == wanted;
  }
};

}  // namespace musubi::fhirpath
