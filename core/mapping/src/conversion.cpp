#include "conversion.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "musubi/base/codes.h"
#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"
#include "number_text.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using document::CellKind;
using model::Value;

constexpr double kFirstSerial = 1, kLastSerial = 2'958'465;  // 9999-12-31

template <class Parsed, class Make>
Value value_or_silent(const Parsed& parsed, Make make) {
  return parsed ? make(*parsed) : Value{};
}

std::optional<base::PartialDate> serial_date(std::string_view text) {
  const auto serial = real_number(text);
  if (!serial || *serial < kFirstSerial || *serial > kLastSerial) return std::nullopt;
  return base::date_of_serial(*serial, false);
}

std::optional<base::PartialDate> date_of(std::string_view text) {
  if (const auto clean = base::parse_iso_date(text)) return clean;
  return base::parse_date(text);
}

Value identifier_value(std::string_view text, CellKind kind, TextKeeper& keeper) {
  if (kind == CellKind::number)
    if (const auto number = whole_number(text)) {
      const auto digits = std::to_string(*number);
      return Value::text(digits == text ? text : keeper(digits));
    }
  const auto plain = folded(text, keeper.buffer);
  return Value::text(plain.data() == text.data() ? plain : keeper(plain));
}

Value kana_value(std::string_view text, TextKeeper& keeper) {
  const auto kana = base::to_katakana(text);
  if (!base::is_katakana(kana)) return {};
  return Value::text(kana == text ? text : keeper(kana));
}

Value looked_up(const model::ValueSet& set, std::string_view word) {
  const auto meaning = set.look_up(word);
  if (meaning.found != nullptr) return Value::code(meaning.found->code);
  return meaning.absent == model::AbsentReason::none ? Value{} : Value::absent(meaning.absent);
}

/// The name of a place, where a value set tells inside from outside of a prefecture.
Value inside_or_outside(const Conversion& conversion, std::string_view place) {
  const auto code = conversion.municipalities->find(place, conversion.prefecture);
  if (code.empty()) return {};
  return looked_up(*conversion.value_set, code.starts_with(conversion.prefecture) ? "県内" : "県外");
}

/// By the code of another system, or a word for it, to what that code is here.
Value translated(const Conversion& conversion, std::string_view word) {
  const auto meaning =
      conversion.map_source == nullptr ? model::Lookup{} : conversion.map_source->look_up(word);
  if (meaning.absent != model::AbsentReason::none) return Value::absent(meaning.absent);
  const auto* mapped =
      conversion.concept_map->find(meaning.found == nullptr ? word : std::string_view(meaning.found->code));
  return mapped == nullptr ? Value{} : Value::code(mapped->target);
}

/// A number in a sheet may read "40.0".
Value lookup_value(const Conversion& conversion, std::string_view word, CellKind kind) {
  const auto& set = *conversion.value_set;
  if (conversion.concept_map != nullptr) return translated(conversion, word);
  if (const auto value = looked_up(set, word); !value.silent()) return value;
  if (is_dashes(word)) return looked_up(set, "-");
  if (!conversion.prefecture.empty()) return inside_or_outside(conversion, word);
  if (kind != CellKind::number) return {};
  const auto number = whole_number(word);
  return number ? looked_up(set, std::to_string(*number)) : Value{};
}

/// Sheets write 36.6 as 36.600000000000001: fifteen digits are what they mean.
Value decimal_value(std::string_view text, CellKind kind) {
  constexpr std::size_t kMeantLength = 16;
  const auto real = kind == CellKind::number && text.size() > kMeantLength ? real_number(text) : std::nullopt;
  if (!real) return value_or_silent(decimal_number(text), Value::decimal);
  std::array<char, 32> written{};
  const auto result =
      std::to_chars(written.data(), written.data() + written.size(), *real, std::chars_format::general, 15);
  return value_or_silent(
      decimal_number({written.data(), static_cast<std::size_t>(result.ptr - written.data())}),
      Value::decimal);
}

Value boolean_value(const Conversion& conversion, std::string_view word) {
  if (std::ranges::find(conversion.truths, word) != conversion.truths.end()) return Value::boolean(true);
  if (std::ranges::find(conversion.falsehoods, word) != conversion.falsehoods.end())
    return Value::boolean(false);
  return {};
}

Value kept_text(const std::optional<std::string>& text, TextKeeper& keeper) {
  return text ? Value::text(keeper(*text)) : Value{};
}

Value municipality_code_value(std::string_view text, TextKeeper& keeper) {
  const auto code = base::repair_municipality_code(text);
  return code.valid() ? Value::code(keeper(code.text())) : Value{};
}

Value municipality_value(const Conversion& conversion, std::string_view name, TextKeeper& keeper) {
  const auto code = conversion.municipalities->find(name, conversion.prefecture);
  return code.empty() ? municipality_code_value(name, keeper) : Value::code(code);
}

/// Conversions of text with its width folded.
Value folded_value(const Conversion& conversion, std::string_view text, CellKind kind, TextKeeper& keeper) {
  switch (conversion.operation) {
    case Operation::lookup:
      return lookup_value(conversion, text, kind);
    case Operation::time:
      return value_or_silent(moment(text), Value::moment);
    case Operation::integer:
      return value_or_silent(whole_number(text), Value::integer);
    case Operation::decimal:
      return decimal_value(text, kind);
    case Operation::boolean:
      return boolean_value(conversion, text);
    case Operation::age:
      return value_or_silent(age(text), Value::age);
    case Operation::municipality:
      return municipality_value(conversion, text, keeper);
    default:
      return municipality_code_value(text, keeper);
  }
}

}  // namespace

Value convert(const Conversion& conversion, std::string_view text, CellKind kind, TextKeeper& keeper) {
  switch (conversion.operation) {
    case Operation::text:
      return Value::text(text);
    case Operation::identifier:
      return identifier_value(text, kind, keeper);
    case Operation::kana:
      return kana_value(text, keeper);
    case Operation::phone:
      return kept_text(base::normalise_phone(text), keeper);
    case Operation::postal_code:
      return kept_text(base::normalise_postal_code(text), keeper);
    case Operation::date:
      return value_or_silent(date_of(text), Value::date);
    case Operation::serial_date:
      if (const auto date = date_of(text)) return Value::date(*date);
      return value_or_silent(serial_date(folded(text, keeper.buffer)), Value::date);
    default:
      return folded_value(conversion, folded(text, keeper.buffer), kind, keeper);
  }
}

std::vector<std::string> usual_truths() {
  return {"1", "true", "TRUE", "True", "yes", "Yes", "YES", "はい", "有", "あり", "有り", "該当", "○", "〇"};
}
std::vector<std::string> usual_falsehoods() {
  return {"0", "false", "FALSE", "False", "no", "No", "NO", "いいえ", "無", "なし", "無し", "非該当", "×"};
}

}  // namespace musubi::mapping
