#include "encoded_words.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <tuple>
#include <vector>

#include "musubi/base/shown_text.h"
#include "musubi/base/text.h"
#include "transfer_encoding.h"

namespace musubi::intake {
namespace {

std::string small(std::string_view text) {
  std::string letters(text);
  for (char& each : letters)
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  return letters;
}

/// What mailers of Windows call ISO-2022-JP.
std::string library_name(std::string_view encoding) {
  auto name = small(encoding);
  if (name == "cp50220" || name == "cp50221" || name == "iso-2022-jp-ms") return "iso-2022-jp";
  return name == "x-sjis" || name == "cp932" || name == "ms932" ? "shift_jis" : name;
}

struct EncodedWord {
  std::string_view encoding{};
  std::string bytes{};
  std::size_t length = 0;  ///< of the whole
};

/// =?encoding*language?B or Q?text?= at the beginning of `text`.
std::optional<EncodedWord> encoded_word(std::string_view text) {
  constexpr std::size_t kLongest = 2000;  // the RFC says 75; mailers do not
  text = text.substr(0, kLongest);
  if (!text.starts_with("=?")) return std::nullopt;
  const auto encoding_end = text.find('?', 2);
  if (encoding_end == text.npos || text.size() < encoding_end + 3 || text[encoding_end + 2] != '?')
    return std::nullopt;
  const auto end = text.find("?=", encoding_end + 3);
  if (end == text.npos) return std::nullopt;
  const auto content = text.substr(encoding_end + 3, end - encoding_end - 3);
  const char kind = text[encoding_end + 1];
  auto bytes = kind == 'B' || kind == 'b'   ? decoded_base64(content)
               : kind == 'Q' || kind == 'q' ? decoded_q(content)
                                            : std::nullopt;
  if (!bytes) return std::nullopt;
  auto encoding = text.substr(2, encoding_end - 2);
  return EncodedWord{encoding.substr(0, encoding.find('*')), std::move(*bytes), end + 2};
}

std::size_t blanks_at(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

/// The words that begin `text`, taken from it, decoded.
std::string take_encoded_words(std::string_view& text) {
  std::string decoded, bytes, encoding;
  const auto flush = [&] {
    const auto converted = to_utf8(bytes, encoding);
    decoded += converted ? *converted : guessed_utf8(bytes);
    bytes.clear();
  };
  for (auto word = encoded_word(text); word; word = encoded_word(text)) {
    const auto name = small(word->encoding);
    if (!bytes.empty() && name != encoding) flush();
    encoding = name;
    bytes += word->bytes;
    text.remove_prefix(word->length);
    const auto blanks = blanks_at(text);  // between two words they are no part of the text
    if (!encoded_word(text.substr(blanks))) break;
    text.remove_prefix(blanks);
  }
  flush();
  return decoded;
}

/// A parameter as written: of name*1*="…" the name, the 1, and that its text is in percent form.
struct Piece {
  std::string name{};
  unsigned number = 0;
  bool percent = false;
  std::string text{};
};

std::string take_quoted(std::string_view& text) {
  std::string inner;
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
    inner += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return inner;
}

std::string take_until(std::string_view& text, std::string_view ends) {
  const auto end = std::min(text.find_first_of(ends), text.size());
  std::string taken(base::trim(text.substr(0, end)));
  text.remove_prefix(end);
  return taken;
}

Piece named(std::string_view name, std::string text) {
  Piece piece{.name = small(name), .text = std::move(text)};
  if (piece.name.ends_with('*')) {
    piece.percent = true;
    piece.name.pop_back();
  }
  if (const auto star = piece.name.find('*'); star != piece.name.npos) {
    std::from_chars(piece.name.data() + star + 1, piece.name.data() + piece.name.size(), piece.number);
    piece.name.resize(star);
  }
  return piece;
}

std::vector<Piece> pieces_of(std::string_view text) {
  constexpr std::size_t kMost = 200;
  std::vector<Piece> pieces;
  while (!text.empty() && pieces.size() < kMost) {
    text.remove_prefix(1);  // the semicolon
    const auto name = take_until(text, "=;");
    if (!text.starts_with('=')) continue;
    text.remove_prefix(1);
    text.remove_prefix(blanks_at(text));
    auto value = text.starts_with('"') ? take_quoted(text) : take_until(text, ";");
    take_until(text, ";");
    pieces.push_back(named(name, std::move(value)));
  }
  std::ranges::stable_sort(pieces, {}, [](const Piece& piece) { return std::tie(piece.name, piece.number); });
  return pieces;
}

/// encoding'language'text, percent signs decoded already.
std::string in_named_encoding(const std::string& text) {
  const auto first = text.find('\'');
  const auto second = first == text.npos ? first : text.find('\'', first + 1);
  if (second == text.npos) return guessed_utf8(text);
  const auto bytes = std::string_view(text).substr(second + 1);
  const auto converted = to_utf8(bytes, std::string_view(text).substr(0, first));
  return converted ? *converted : guessed_utf8(bytes);
}

}  // namespace

std::optional<std::string> to_utf8(std::string_view bytes, std::string_view encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(library_name(encoding).c_str(), &status), &ucnv_close);
  if (U_FAILURE(status) || encoding.empty()) return std::nullopt;
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  text.findAndReplace(icu::UnicodeString(u'\x1A'),
                      icu::UnicodeString(u'\xFFFD'));  // the library's other substitute
  std::string utf8;
  return text.toUTF8String(utf8);
}

std::string guessed_utf8(std::string_view bytes) {
  if (bytes.find('\x1b') != bytes.npos)
    if (auto text = to_utf8(bytes, "iso-2022-jp")) return *text;
  if (!base::malformed_utf8_at(bytes)) return std::string(bytes);
  auto text = to_utf8(bytes, "shift_jis");
  return text ? *text : base::as_utf8(std::string(bytes));
}

std::string decoded_words(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    const auto begin = std::min(text.find("=?"), text.size());
    decoded += guessed_utf8(text.substr(0, begin));
    text.remove_prefix(begin);
    if (text.empty()) break;
    if (encoded_word(text)) {
      decoded += take_encoded_words(text);
    } else {
      decoded += text.substr(0, 2);
      text.remove_prefix(2);
    }
  }
  return decoded;
}

std::string FieldValue::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

FieldValue field_value(std::string_view text) {
  FieldValue field{.value = small(take_until(text, ";"))};
  std::map<std::string, bool> is_percent;
  for (auto& piece : pieces_of(text)) {
    auto& parameter = field.parameters[piece.name];
    is_percent[piece.name] |= piece.percent;
    parameter += piece.percent ? decoded_percent(piece.text) : piece.text;
  }
  for (auto& [name, value] : field.parameters)
    value = is_percent[name] ? in_named_encoding(value) : decoded_words(value);
  return field;
}

}  // namespace musubi::intake
