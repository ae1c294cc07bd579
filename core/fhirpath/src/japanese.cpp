#include "musubi/fhirpath/japanese.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "musubi/base/codes.h"
#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"

namespace musubi::fhirpath {

namespace {

constexpr std::int16_t kLastYear = 9999;

std::optional<Date> date_of(std::optional<base::PartialDate> partial) noexcept {
  if (!partial || partial->year < 1 || partial->year > kLastYear) return std::nullopt;
  Date date{.year = partial->year};
  if (partial->month == 0) return date;
  date.month = partial->month;
  date.precision = Precision::month;
  if (partial->day == 0) return date;
  date.day = partial->day;
  date.precision = Precision::day;
  return date;
}

base::PartialDate partial_of(Date date) noexcept {
  base::PartialDate partial{.year = date.year};
  if (date.precision >= Precision::month) partial.month = date.month;
  if (date.precision >= Precision::day) partial.day = date.day;
  return partial;
}

/// Full years between days.
std::int64_t years_between(Date birth, Date when) noexcept {
  const bool had_birthday = std::tie(when.month, when.day) >= std::tie(birth.month, birth.day);
  return when.year - birth.year - (had_birthday ? 0 : 1);
}

struct Blank {
  std::size_t begin = std::string_view::npos;
  std::size_t size = 0;
};

/// The first blank of half or full width.
Blank first_blank(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 4> kBlanks = {" ", "\t", "\u3000", "\u00A0"};
  Blank first;
  for (const std::string_view blank : kBlanks) {
    const std::size_t at = text.find(blank);
    if (at < first.begin) first = {at, blank.size()};
  }
  return first;
}

}  // namespace

std::optional<Date> date_of_wareki(std::string_view text) noexcept { return date_of(base::parse_date(text)); }

std::optional<std::string> wareki_of(Date date) {
  std::string text = base::to_wareki(partial_of(date));
  const bool has_era =
      text.front() < '0' || text.front() > '9';  // years before the eras are written in digits
  return has_era ? std::optional(std::move(text)) : std::nullopt;
}

std::string kana(std::string_view text) { return base::to_katakana(text); }
std::string hiragana(std::string_view text) { return base::to_hiragana(text); }
std::string halfwidth(std::string_view text) { return base::fold_width(text); }
std::string fullwidth(std::string_view text) { return base::to_full_width(text); }

std::optional<std::string> phone(std::string_view text) { return base::normalise_phone(text); }
std::optional<std::string> postal(std::string_view text) { return base::normalise_postal_code(text); }

std::optional<std::int64_t> age_at(Date birth, Date when) noexcept {
  const auto youngest = years_between(*high_boundary(birth), *low_boundary(when));
  const auto oldest = years_between(*low_boundary(birth), *high_boundary(when));
  return youngest == oldest && youngest >= 0 ? std::optional(youngest) : std::nullopt;
}

std::optional<std::string> age_band(std::int64_t age) {
  constexpr std::int64_t kOldest = 150;
  constexpr std::int64_t kCentury = 100;
  constexpr std::int64_t kDecade = 10;
  if (age < 0 || age > kOldest) return std::nullopt;
  if (age < kDecade) return "10歳未満";
  if (age >= kCentury) return "100歳以上";
  return std::to_string(age / kDecade * kDecade) + "代";
}

std::optional<Date> date_of_excel(Decimal serial, bool from_1904) noexcept {
  return date_of(base::date_of_serial(to_double(serial), from_1904));
}

std::optional<NameParts> name_parts(std::string_view text) noexcept {
  const std::string_view name = base::trim(text);
  const Blank blank = first_blank(name);
  if (blank.size == 0) return std::nullopt;
  return NameParts{name.substr(0, blank.begin), base::trim(name.substr(blank.begin + blank.size))};
}

}  // namespace musubi::fhirpath
