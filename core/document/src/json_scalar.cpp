#include "musubi/document/json_scalar.h"

#include <charconv>
#include <cstdint>

namespace musubi::document {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Four hexadecimal digits at the start of `text`.
std::optional<std::uint32_t> hexadecimal(std::string_view text) {
  std::uint32_t value = 0;
  if (text.size() < 4) return std::nullopt;
  const auto done = std::from_chars(text.data(), text.data() + 4, value, 16);
  if (done.ec != std::errc() || done.ptr != text.data() + 4) return std::nullopt;
  return value;
}

char* append_utf8(std::uint32_t code, char* to) {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return to;
}

char simple_escape(char letter) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const auto at = kEscapes.find(letter);
  return at == kEscapes.npos ? '\0' : kMeanings[at];
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 0;  ///< of its escapes, from behind the first 'u'
  JsonStringFault fault = JsonStringFault::none;
};

/// `text` begins behind "\u".
CodePoint code_point(std::string_view text) {
  const auto first = hexadecimal(text);
  if (!first) return {.fault = JsonStringFault::bad_escape};
  if (*first == 0) return {.fault = JsonStringFault::nul};
  if (*first < 0xD800 || *first > 0xDFFF) return {.value = *first, .length = 4};
  const bool paired = *first < 0xDC00 && text.substr(4, 2) == "\\u";
  const auto second = paired ? hexadecimal(text.substr(6)) : std::nullopt;
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return {.fault = JsonStringFault::lone_surrogate};
  return {.value = 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), .length = 10};
}

JsonString unescape(std::string_view inner, TextArena& texts) {
  char* const begin = texts.reserve(inner.size());
  char* to = begin;
  while (!inner.empty()) {
    const auto plain = inner.substr(0, inner.find('\\'));
    if (!plain.empty()) std::memcpy(to, plain.data(), plain.size());
    to += plain.size();
    inner.remove_prefix(plain.size());
    if (inner.empty()) break;
    if (inner.size() > 1 && inner[1] == 'u') {
      const auto code = code_point(inner.substr(2));
      if (code.fault != JsonStringFault::none) return {.text = {}, .fault = code.fault};
      to = append_utf8(code.value, to);
      inner.remove_prefix(2 + code.length);
    } else {
      const char meant = inner.size() > 1 ? simple_escape(inner[1]) : '\0';
      if (meant == '\0') return {.text = {}, .fault = JsonStringFault::bad_escape};
      *to++ = meant;
      inner.remove_prefix(2);
    }
  }
  return {.text = texts.keep(static_cast<std::size_t>(to - begin))};
}

void skip_digits(std::string_view& text) {
  while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
}

bool skip_some_digits(std::string_view& text) {
  const auto before = text.size();
  skip_digits(text);
  return text.size() < before;
}

/// The grammar of RFC 8259; `integer` tells whether there is neither fraction nor exponent.
bool matches_number(std::string_view text, bool& integer) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!skip_some_digits(text)) {
    return false;
  }
  integer = text.empty();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_some_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!skip_some_digits(text)) return false;
  }
  return text.empty();
}

/// Numbers as people write them fit without being reckoned out.
bool fits_by_length(std::string_view text, bool integer) {
  constexpr std::size_t kIntegerDigits = 18, kDecimalDigits = 32;
  return integer ? text.size() <= kIntegerDigits
                 : text.size() <= kDecimalDigits && text.find_first_of("eE") == text.npos;
}

template <class Number>
bool fits(std::string_view text) {
  Number number{};
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

}  // namespace

JsonString read_json_string(std::string_view token, TextArena& texts) {
  const auto inner = token.substr(1, token.size() - 2);
  if (inner.find('\\') == inner.npos) return {.text = inner};
  return unescape(inner, texts);
}

JsonNumberFault check_json_number(std::string_view token) {
  bool integer = false;
  if (!matches_number(token, integer)) return JsonNumberFault::not_a_number;
  if (fits_by_length(token, integer)) return JsonNumberFault::none;
  const bool in_range = integer ? fits<std::int64_t>(token) : fits<double>(token);
  return in_range ? JsonNumberFault::none : JsonNumberFault::out_of_range;
}

}  // namespace musubi::document
