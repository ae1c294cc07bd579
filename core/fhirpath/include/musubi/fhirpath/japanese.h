// Japanese functions of the expression language on plain values. All of them answer nullopt (the empty
// collection) where the text is not what they read: a mapping then says what happens (absent, on_error). None
// refuses with an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/fhirpath/decimal.h"
#include "musubi/fhirpath/temporal.h"

namespace musubi::fhirpath {

/// wareki(): a date as it is written in Japan (令和2年4月1日, R2.4.1, 2020/4/1, full width too) → Date, as
/// precise as it is written. nullopt: not a date, no year, or outside its era (平成32年).
std::optional<Date> date_of_wareki(std::string_view text) noexcept;
/// toWareki(): "令和2年4月1日", "令和2年4月", "令和2年". nullopt: before 1868-10-23.
std::optional<std::string> wareki_of(Date date);

/// kana(): ひらがな and half-width katakana → カタカナ. Everything else stays.
std::string kana(std::string_view text);
/// hiragana(): カタカナ, also of half width → ひらがな.
std::string hiragana(std::string_view text);
/// halfwidth(): full-width letters, digits, signs and blanks → ASCII; katakana goes to full width, as is
/// usual in records.
std::string halfwidth(std::string_view text);
/// fullwidth(): ASCII and half-width katakana → full width.
std::string fullwidth(std::string_view text);

/// phone(): digits only, domestic form 0…; nullopt: no phone number.
std::optional<std::string> phone(std::string_view text);
/// postal(): seven digits, "1638001"; nullopt: not seven digits.
std::optional<std::string> postal(std::string_view text);

/// ageAt(): full years at `when`; who was born on 29 February is a year older on 1 March of a common year.
/// nullopt: `when` is before `birth`, or one of them is known too roughly to tell.
std::optional<std::int64_t> age_at(Date birth, Date when) noexcept;
/// ageBand(): "10歳未満", "10代" … "90代", "100歳以上": words of the value set age_band. nullopt: below 0 or
/// over 150.
std::optional<std::string> age_band(std::int64_t age);

/// excelDate(): day `serial` of a spreadsheet counted from 1900 or from 1904. A time of day in the fraction
/// is dropped. nullopt: outside what spreadsheets can show.
std::optional<Date> date_of_excel(Decimal serial, bool from_1904 = false) noexcept;

/// nameParts(): 姓 and 名 of a name with one or more blanks (half or full width) between.
struct NameParts {
  std::string_view family{};
  std::string_view given{};  ///< all that follows the first blank, trimmed
};
/// Refers to `text`. nullopt: empty, or no blank in it (where the family name ends is then not known).
std::optional<NameParts> name_parts(std::string_view text) noexcept;

}  // namespace musubi::fhirpath
