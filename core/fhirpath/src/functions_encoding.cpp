// encode(), decode(), escape(), unescape().
#include <array>

#include "calls.h"
#include "functions.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kHex = "0123456789abcdef";

void encode_base64(std::string_view text, std::string_view alphabet, std::string& into) {
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const auto group = text.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t index = 0; index < 3; ++index) {
      bits = bits << 8U | (index < group.size() ? static_cast<unsigned char>(group[index]) : 0U);
    }
    for (std::size_t index = 0; index < 4; ++index) {
      into += index <= group.size() ? alphabet[bits >> (18 - 6 * index) & 63U] : '=';
    }
  }
}

bool decode_base64(std::string_view text, std::string_view alphabet, std::string& into) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char each : text) {
    const auto digit = alphabet.find(each);
    if (digit == alphabet.npos) return false;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    into += static_cast<char>(bits >> static_cast<unsigned>(count) & 255U);
  }
  return count < 6;
}

void encode_hex(std::string_view text, std::string& into) {
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    into += kHex[byte >> 4U];
    into += kHex[byte & 15U];
  }
}

bool decode_hex(std::string_view text, std::string& into) {
  if (text.size() % 2 != 0) return false;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const auto high = kHex.find(static_cast<char>(text[at] | 0x20)),
               low = kHex.find(static_cast<char>(text[at + 1] | 0x20));
    if (high == kHex.npos || low == kHex.npos) return false;
    into += static_cast<char>(high << 4U | low);
  }
  return true;
}

bool encode_as(std::string_view format, std::string_view text, std::string& into) {
  if (format == "hex") return encode_hex(text, into), true;
  if (format == "base64") return encode_base64(text, kBase64, into), true;
  return format == "urlbase64" && (encode_base64(text, kUrlBase64, into), true);
}

bool decode_as(std::string_view format, std::string_view text, std::string& into) {
  if (format == "hex") return decode_hex(text, into);
  if (format == "base64") return decode_base64(text, kBase64, into);
  return format == "urlbase64" && decode_base64(text, kUrlBase64, into);
}

struct Escape {
  char character;
  std::string_view text;
};
constexpr std::array kHtml = {Escape{'&', "&amp;"}, Escape{'<', "&lt;"}, Escape{'>', "&gt;"},
                              Escape{'"', "&quot;"}, Escape{'\'', "&#39;"}};
constexpr std::array kJson = {Escape{'"', "\\\""}, Escape{'\\', "\\\\"}, Escape{'\n', "\\n"},
                              Escape{'\r', "\\r"}, Escape{'\t', "\\t"},  Escape{'\f', "\\f"},
                              Escape{'\b', "\\b"}, Escape{'/', "\\/"}};

template <class Table>
void escape_with(const Table& table, std::string_view text, std::string& into) {
  for (const char each : text) {
    std::string_view as;
    for (const auto& escape : table) {
      if (escape.character == each && each != '/') as = escape.text;
    }
    if (as.empty()) {
      into += each;
    } else {
      into += as;
    }
  }
}

template <class Table>
void unescape_with(const Table& table, std::string_view text, std::string& into) {
  while (!text.empty()) {
    std::size_t taken = 1;
    char character = text.front();
    for (const auto& escape : table) {
      if (text.starts_with(escape.text)) {
        taken = escape.text.size();
        character = escape.character;
      }
    }
    into += character;
    text.remove_prefix(taken);
  }
}

bool escape_as(std::string_view target, std::string_view text, std::string& into) {
  if (target == "html") return escape_with(kHtml, text, into), true;
  return target == "json" && (escape_with(kJson, text, into), true);
}

bool unescape_as(std::string_view target, std::string_view text, std::string& into) {
  if (target == "html") return unescape_with(kHtml, text, into), true;
  return target == "json" && (unescape_with(kJson, text, into), true);
}

using Coding = bool (*)(std::string_view, std::string_view, std::string&);

/// Nothing where the format is unknown, or the text is not of it or not UTF-8 afterwards.
bool push_coded(Run& run, const Step& step, Coding coding) {
  MaybeText input, format;
  if (!input_text(run, step, input) || !argument_text(run, step, 0, format)) return false;
  if (!input.found || !format.found) return true;
  auto& text = run.scratch();
  if (!coding(format.value, input.value, text) || base::malformed_utf8_at(text)) return true;
  return run.push_copy(text);
}

}  // namespace

bool run_encode(Run& run, const Step& step) { return push_coded(run, step, encode_as); }
bool run_decode(Run& run, const Step& step) { return push_coded(run, step, decode_as); }
bool run_escape(Run& run, const Step& step) { return push_coded(run, step, escape_as); }
bool run_unescape(Run& run, const Step& step) { return push_coded(run, step, unescape_as); }

}  // namespace musubi::fhirpath
