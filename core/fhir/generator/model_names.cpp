#include "model_names.h"

#include <algorithm>
#include <array>

namespace musubi::fhir::generator {

namespace {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr auto kKeywords = std::to_array<std::string_view>(
    {"alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
     "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
     "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
     "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
     "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
     "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
     "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
     "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
     "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
     "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
     "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
     "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
     "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
     "xor_eq"});

std::string no_keyword(std::string name) {
  if (std::ranges::binary_search(kKeywords, std::string_view(name))) name += '_';
  return name;
}

/// A capital begins a word after a small letter, or before one: carrierHRF, HRFCode.
std::string snake_case(std::string_view name) {
  std::string result;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool after_small = at > 0 && !is_upper(name[at - 1]) && name[at - 1] != '_';
    const bool before_small = at > 0 && name[at - 1] != '_' && at + 1 < name.size() && is_lower(name[at + 1]);
    if (is_upper(name[at]) && (after_small || before_small)) result += '_';
    result += to_lower(name[at]);
  }
  return result;
}

std::string_view word_for(char sign) {
  switch (sign) {
    case '<':
      return "less";
    case '>':
      return "greater";
    case '=':
      return "equal";
    case '!':
      return "not";
    default:
      return {};
  }
}

/// Each part capitalised.
std::string joined(std::string_view text, char between) {
  std::string result;
  bool begins = true;
  for (const char c : text) {
    if (c != between) result += begins ? to_upper(c) : c;
    begins = c == between;
  }
  return result;
}

}  // namespace

std::string class_name(std::string_view type) { return joined(type, '.'); }

std::string member_name(std::string_view element) { return no_keyword(snake_case(element)); }

std::string enumerator_name(std::string_view code) {
  std::string plain;
  for (const char c : code) {
    const auto word = word_for(c);
    if (!word.empty() && !plain.empty() && plain.back() != '_') plain += '_';
    if (!word.empty())
      plain += word;
    else
      plain += is_lower(c) || is_upper(c) || is_digit(c) ? c : '_';
  }
  if (plain.empty() || is_digit(plain.front())) plain = "code_" + plain;
  return no_keyword(snake_case(plain));
}

std::string enum_name(std::string_view value_set) {
  return joined(value_set.substr(value_set.rfind('/') + 1), '-');
}

}  // namespace musubi::fhir::generator
