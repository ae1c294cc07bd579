#include "lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "characters.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

using base::Error;

bool is_digit(char character) { return character >= '0' && character <= '9'; }
bool is_blank(char character) {
  return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

bool begins_identifier(UChar32 code) { return code == '_' || u_hasBinaryProperty(code, UCHAR_ID_START) != 0; }
bool continues_identifier(UChar32 code) {
  return code == '_' || u_hasBinaryProperty(code, UCHAR_ID_CONTINUE) != 0;
}

/// Bytes of the identifier that begins at `at`; 0 when none does.
std::size_t identifier_length(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (at + length < text.size()) {
    const auto next = character_at(text, at + length);
    if (!(length == 0 ? begins_identifier(next.code) : continues_identifier(next.code))) break;
    length += next.bytes;
  }
  return length;
}

/// What FHIRPath has for a sign of other languages, of spreadsheets or of full width; empty: nothing.
std::string written_in_fhirpath(const std::string& sign) {
  static const std::map<std::string_view, std::string_view> kOthers = {
      {"==", "="}, {"&&", "and"}, {"||", "or"}, {"<>", "!="}, {"\"", "'"},
      {"「", "'"}, {"」", "'"},   {"“", "'"},   {"”", "'"},   {"‘", "'"},
      {"’", "'"},  {"、", ","},   {"≧", ">="},  {"≦", "<="},  {"≠", "!="}};
  if (const auto other = kOthers.find(sign); other != kOthers.end()) return std::string(other->second);
  auto narrow = base::fold_width(sign);
  return narrow != sign && narrow.size() == 1 ? narrow : std::string();
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  base::Result<std::vector<Token>> run() {
    for (;;) {
      MUSUBI_TRY(skip_blanks());
      MUSUBI_TRY(next());
      if (tokens_.back().kind == TokenKind::end) return std::move(tokens_);
      if (tokens_.size() > kMostTokens) {
        return syntax_error("fhirpath.limit.length", here_, {{"limit", std::to_string(kMostTokens)}});
      }
    }
  }

 private:
  static constexpr std::size_t kMostTokens = 20000;

  char peek(std::size_t ahead = 0) const {
    const auto at = here_.offset + ahead;
    return at < text_.size() ? text_[at] : '\0';
  }
  std::string_view rest() const { return text_.substr(here_.offset); }

  void advance(std::size_t bytes) {
    for (const auto end = here_.offset + bytes; here_.offset < end; ++here_.offset) {
      const auto byte = static_cast<unsigned char>(text_[here_.offset]);
      if (byte == '\n') {
        ++here_.line;
        here_.column = 1;
      } else if ((byte & 0xC0U) != 0x80U) {
        ++here_.column;
      }
    }
  }

  base::Status skip_blanks() {
    for (;;) {
      if (is_blank(peek())) {
        advance(1);
      } else if (rest().starts_with("//")) {
        advance(std::min(rest().find('\n'), rest().size()));
      } else if (rest().starts_with("/*")) {
        const auto end = rest().find("*/", 2);
        if (end == std::string_view::npos) return syntax_error("fhirpath.syntax.comment_open", here_);
        advance(end + 2);
      } else {
        return {};
      }
    }
  }

  base::Status next() {
    if (here_.offset >= text_.size()) return add(TokenKind::end, 0, {});
    const char first = peek();
    if (is_digit(first)) return number();
    if (first == '\'') return quoted(TokenKind::string, '\'', 0);
    if (first == '`') return quoted(TokenKind::delimited_identifier, '`', 0);
    if (first == '@') return date_or_time();
    if (first == '$') return special();
    if (first == '%') return variable();
    if (const auto length = identifier_length(text_, here_.offset); length > 0) {
      return add(TokenKind::identifier, length, rest().substr(0, length));
    }
    return symbol();
  }

  base::Status add(TokenKind kind, std::size_t length, std::string_view text) {
    tokens_.push_back({.kind = kind, .text = text, .whole = rest().substr(0, length), .at = here_});
    advance(length);
    return {};
  }

  std::size_t digits(std::size_t from) const {
    std::size_t count = 0;
    while (is_digit(peek(from + count))) ++count;
    return count;
  }

  base::Status number() {
    auto length = digits(0);
    if (peek(length) == 'L' && !continues_identifier(static_cast<unsigned char>(peek(length + 1)))) {
      return add(TokenKind::long_integer, length + 1, rest().substr(0, length));
    }
    const bool fraction = peek(length) == '.' && is_digit(peek(length + 1));
    if (fraction) length += 1 + digits(length + 1);
    return add(fraction ? TokenKind::decimal : TokenKind::integer, length, rest().substr(0, length));
  }

  /// `before`: bytes in front of the opening quote that belong to the token.
  base::Status quoted(TokenKind kind, char quote, std::size_t before) {
    auto length = before + 1;
    while (here_.offset + length < text_.size() && peek(length) != quote)
      length += peek(length) == '\\' ? 2 : 1;
    if (here_.offset + length >= text_.size()) {
      return syntax_error("fhirpath.syntax.quote_open", here_, {{"quote", std::string(1, quote)}});
    }
    return add(kind, length + 1, rest().substr(before + 1, length - before - 1));
  }

  base::Status special() {
    constexpr std::array kSpecials = {std::pair{std::string_view("this"), TokenKind::this_item},
                                      std::pair{std::string_view("index"), TokenKind::index},
                                      std::pair{std::string_view("total"), TokenKind::total}};
    const auto length = identifier_length(text_, here_.offset + 1);
    const auto name = rest().substr(1, length);
    for (const auto& [word, kind] : kSpecials) {
      if (name == word) return add(kind, length + 1, name);
    }
    return syntax_error("fhirpath.syntax.special", here_,
                        {{"token", std::string(rest().substr(0, length + 1))}});
  }

  base::Status variable() {
    if (peek(1) == '`' || peek(1) == '\'') return quoted(TokenKind::variable, peek(1), 1);
    const auto length = identifier_length(text_, here_.offset + 1);
    if (length == 0) return syntax_error("fhirpath.syntax.name_expected", here_, {{"token", "%"}});
    return add(TokenKind::variable, length + 1, rest().substr(1, length));
  }

  /// Bytes of "hh:mm:ss.fff" from `from`, as much of it as there is.
  std::size_t time_length(std::size_t from) const {
    if (digits(from) < 2) return 0;
    std::size_t length = 2;
    for (int part = 0; part < 2 && peek(from + length) == ':' && digits(from + length + 1) >= 2; ++part) {
      length += 3;
    }
    if (length == 8 && peek(from + length) == '.' && is_digit(peek(from + length + 1))) {
      length += 1 + digits(from + length + 1);
    }
    return length;
  }

  std::size_t zone_length(std::size_t from) const {
    if (peek(from) == 'Z') return 1;
    const bool sign = peek(from) == '+' || peek(from) == '-';
    return sign && digits(from + 1) == 2 && peek(from + 3) == ':' && digits(from + 4) == 2 ? 6 : 0;
  }

  base::Status date_or_time() {
    if (peek(1) == 'T') return time();
    if (digits(1) != 4) return malformed_date();
    std::size_t length = 5;
    for (int part = 0; part < 2 && peek(length) == '-' && digits(length + 1) == 2; ++part) length += 3;
    if (peek(length) != 'T') return add(TokenKind::date, length, rest().substr(1, length - 1));
    ++length;
    length += time_length(length);
    length += zone_length(length);
    return add(TokenKind::date_time, length, rest().substr(1, length - 1));
  }

  base::Status time() {
    const auto bare = time_length(2);
    if (bare == 0) return malformed_date();
    const auto length = 2 + bare + zone_length(2 + bare);
    return add(TokenKind::time, length, rest().substr(2, length - 2));
  }

  base::Error malformed_date() const {
    auto length = std::size_t{1};
    while (is_digit(peek(length)) || peek(length) == '-' || peek(length) == ':' || peek(length) == 'T')
      ++length;
    return syntax_error("fhirpath.syntax.date", here_, {{"token", std::string(rest().substr(0, length))}});
  }

  base::Status symbol() {
    constexpr std::array<std::string_view, 4> kPairs = {"<=", ">=", "!=", "!~"};
    for (const auto pair : kPairs) {
      if (rest().starts_with(pair)) return add(TokenKind::symbol, 2, rest().substr(0, 2));
    }
    for (const std::string pair : {"==", "&&", "||", "<>"}) {
      if (rest().starts_with(pair))
        return syntax_error("fhirpath.syntax.written_so", here_,
                            {{"token", pair}, {"better", written_in_fhirpath(pair)}});
    }
    constexpr std::string_view kSingles = "()[]{}.,+-*/&|<>=~";
    if (kSingles.find(peek()) != kSingles.npos) return add(TokenKind::symbol, 1, rest().substr(0, 1));
    const std::string bad(rest().substr(0, character_at(text_, here_.offset).bytes));
    if (const auto better = written_in_fhirpath(bad); !better.empty())
      return syntax_error("fhirpath.syntax.written_so", here_, {{"token", bad}, {"better", better}});
    return syntax_error("fhirpath.syntax.character", here_, {{"token", bad}});
  }

  std::string_view text_;
  Position here_;
  std::vector<Token> tokens_;
};

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
  if (digits.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char digit : digits.substr(0, 4)) {
    const auto at = std::string_view("0123456789abcdef").find(static_cast<char>(digit | 0x20));
    if (at == std::string_view::npos || (at >= 10) != (digit > '9')) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(at);
  }
  return value;
}

/// Undoes the escape after the backslash at the front of `rest`; returns the bytes taken, 0 when it is none.
std::size_t undo_escape(std::string_view rest, std::string& into) {
  constexpr std::string_view kNames = "rntf", kMeanings = "\r\n\t\f", kThemselves = "'\"`\\/";
  const char name = rest.size() > 1 ? rest[1] : '\0';
  if (const auto at = kNames.find(name); at != kNames.npos) return into += kMeanings[at], 2;
  if (kThemselves.find(name) != kThemselves.npos) return into += name, 2;
  if (name != 'u') return 0;
  const auto first = hexadecimal(rest.substr(2));
  if (!first) return 0;
  if (!U_IS_SURROGATE(*first)) return append_character(into, *first), 6;
  if (!U16_IS_LEAD(*first) || !rest.substr(6).starts_with("\\u")) return 0;
  const auto second = hexadecimal(rest.substr(8));
  if (!second || !U16_IS_TRAIL(*second)) return 0;
  return append_character(into, static_cast<std::uint32_t>(U16_GET_SUPPLEMENTARY(*first, *second))), 12;
}

}  // namespace

base::Error syntax_error(std::string_view code, Position at,
                         std::initializer_list<base::MessageArgument> arguments) {
  return Error(base::ErrorKind::bad_configuration, code, arguments)
      .at({.line = at.line, .column = at.column});
}

base::Result<std::vector<Token>> tokens_of(std::string_view text) {
  if (base::malformed_utf8_at(text)) return syntax_error("fhirpath.syntax.encoding", {});
  return Lexer(text).run();
}

base::Result<std::string> unescaped(const Token& token) {
  std::string into;
  into.reserve(token.text.size());
  for (std::size_t at = 0; at < token.text.size();) {
    if (token.text[at] != '\\') {
      into += token.text[at++];
      continue;
    }
    const auto taken = undo_escape(token.text.substr(at), into);
    if (taken == 0) {
      return syntax_error("fhirpath.syntax.escape", token.at,
                          {{"token", std::string(token.text.substr(at, 2))}});
    }
    at += taken;
  }
  return into;
}

bool is_plain_identifier(std::string_view name) noexcept {
  return !name.empty() && identifier_length(name, 0) == name.size();
}

bool is_portable_identifier(std::string_view name) noexcept {
  for (const char character : name) {
    if (static_cast<unsigned char>(character) >= 0x80) return false;
  }
  return is_plain_identifier(name);
}

}  // namespace musubi::fhirpath
