// Expression text into tokens. Stops at the first character that cannot be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "token.h"

namespace musubi::fhirpath {

/// All tokens, ended by one of kind `end`; views into `text`. Errors: fhirpath.syntax.*
base::Result<std::vector<Token>> tokens_of(std::string_view text);

/// What is between the quotes of a string or a delimited identifier, with its escapes undone. Errors:
/// fhirpath.syntax.escape
base::Result<std::string> unescaped(const Token& token);

/// May stand without backticks in an expression of ours: Unicode letters, digits and _, no digit first.
bool is_plain_identifier(std::string_view name) noexcept;
/// May stand without backticks in any FHIRPath engine: ASCII only.
bool is_portable_identifier(std::string_view name) noexcept;

/// An error at a position of the expression.
base::Error syntax_error(std::string_view code, Position at,
                         std::initializer_list<base::MessageArgument> arguments = {});

}  // namespace musubi::fhirpath
