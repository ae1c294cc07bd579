#include "musubi/fhirpath/quantity.h"

#include <algorithm>
#include <array>

#include "amount.h"
#include "ucum.h"

namespace musubi::fhirpath {

namespace {

constexpr std::string_view kOne = "1";

/// By TimeUnit.
constexpr std::array<std::string_view, 8> kKeywords = {"year", "month",  "week",   "day",
                                                       "hour", "minute", "second", "millisecond"};
constexpr std::array<std::string_view, 8> kUcumCodes = {"a", "mo", "wk", "d", "h", "min", "s", "ms"};

std::string_view ucum_code(TimeUnit unit) noexcept { return kUcumCodes[static_cast<std::size_t>(unit)]; }

/// `loosely`: a calendar year is taken for 'a', a month for 'mo', as `~` does.
std::optional<Amount> amount_of(const Quantity& quantity, bool loosely) noexcept {
  constexpr int kMonthsPerYear = 12;
  std::string_view code = quantity.unit;
  if (quantity.calendar) {
    const auto unit = calendar_unit(quantity.unit);
    if (!unit) return std::nullopt;
    if (!loosely && *unit == TimeUnit::year)
      return Amount{quantity.value, ucum::calendar_months(kMonthsPerYear)};
    if (!loosely && *unit == TimeUnit::month) return Amount{quantity.value, ucum::calendar_months(1)};
    code = ucum_code(*unit);
  }
  const auto unit = ucum::parse(code);
  return unit ? std::optional(Amount{quantity.value, *unit}) : std::nullopt;
}

struct Pair {
  Amount left;
  Amount right;
};

/// Both, where they have the same dimension.
std::optional<Pair> pair_of(const Quantity& left, const Quantity& right, bool loosely) noexcept {
  const auto here = amount_of(left, loosely);
  const auto there = here ? amount_of(right, loosely) : std::nullopt;
  if (!there || !(here->unit.dimension == there->unit.dimension)) return std::nullopt;
  return Pair{*here, *there};
}

bool same_unit(const Quantity& left, const Quantity& right) noexcept {
  return left.unit == right.unit && left.calendar == right.calendar;
}

std::optional<Quantity> with_value(const Quantity& quantity, std::optional<Decimal> value) noexcept {
  return value ? std::optional(Quantity{*value, quantity.unit, quantity.calendar}) : std::nullopt;
}

bool is_plain_number(const Quantity& quantity) noexcept {
  return !quantity.calendar && quantity.unit == kOne;
}

bool append_power(UnitText& text, int exponent) noexcept {
  if (exponent == 1) return true;
  char digits[kDecimalText];
  return text.append(write_text(Decimal(exponent), digits));
}

/// Numbers stand in the numerator or denominator as often as their power says; symbols once, with it.
bool append_term(UnitText& text, char joint, const ucum::Term& term) noexcept {
  const bool is_number = term.symbol.find_first_not_of("0123456789") == std::string_view::npos;
  const int power = std::abs(term.exponent);
  for (int i = 0; i < (is_number ? power : 1); ++i) {
    const bool first = text.text().empty() && joint == '.';
    if (!first && !text.append({&joint, 1})) return false;
    if (!text.append(term.symbol)) return false;
  }
  return is_number || append_power(text, power);
}

/// Numerator joined by points, each divisor after a stroke; "1" where nothing is left.
std::optional<UnitText> text_of(const ucum::Terms& terms) noexcept {
  UnitText text;
  bool fits = true;
  for (const ucum::Term& term : terms.items) {
    if (term.exponent > 0) fits = fits && append_term(text, '.', term);
  }
  for (const ucum::Term& term : terms.items) {
    if (term.exponent < 0) fits = fits && append_term(text, '/', term);
  }
  if (text.text().empty()) fits = fits && text.append(kOne);
  return fits ? std::optional(text) : std::nullopt;
}

/// The unit of a product or, with `direction` −1, of a quotient. Calendar durations only with plain numbers.
std::optional<UnitText> combined_unit(const Quantity& left, const Quantity& right, int direction) noexcept {
  const auto code_of = [](const Quantity& quantity) -> std::optional<std::string_view> {
    if (!quantity.calendar) return quantity.unit;
    const auto unit = calendar_unit(quantity.unit);
    return unit && *unit > TimeUnit::month ? std::optional(ucum_code(*unit)) : std::nullopt;
  };
  const auto here = code_of(left);
  const auto there = code_of(right);
  auto terms = here ? ucum::terms_of(*here) : std::nullopt;
  const auto others = there ? ucum::terms_of(*there) : std::nullopt;
  if (!terms || !others) return std::nullopt;
  for (std::size_t i = 0; i < others->count; ++i) {
    if (!terms->add({others->items[i].symbol, others->items[i].exponent * direction})) return std::nullopt;
  }
  const auto text = text_of(*terms);
  return text && is_unit(text->text()) ? text : std::nullopt;
}

std::optional<QuantityResult> combine(const Quantity& left, const Quantity& right,
                                      std::optional<Decimal> value, int direction) noexcept {
  if (!value) return std::nullopt;
  QuantityResult result{.value = *value};
  const bool keeps_left = is_plain_number(right);
  if (keeps_left || (is_plain_number(left) && direction > 0)) {
    const Quantity& kept = keeps_left ? left : right;
    result.calendar = kept.calendar;
    return result.unit.append(kept.unit) ? std::optional(result) : std::nullopt;
  }
  if (same_unit(left, right) && direction < 0) {
    result.unit.append(kOne);
    return result;
  }
  const auto unit = combined_unit(left, right, direction);
  if (!unit) return std::nullopt;
  result.unit = *unit;
  return result;
}

}  // namespace

bool UnitText::append(std::string_view text) noexcept {
  if (size_ + text.size() > kSize) return false;
  std::ranges::copy(text, text_ + size_);
  size_ = static_cast<std::uint8_t>(size_ + text.size());
  return true;
}

std::optional<TimeUnit> calendar_unit(std::string_view keyword) noexcept {
  if (keyword.ends_with('s')) keyword.remove_suffix(1);
  const auto* const found = std::ranges::find(kKeywords, keyword);
  if (found == kKeywords.end()) return std::nullopt;
  return static_cast<TimeUnit>(found - kKeywords.begin());
}

std::string_view calendar_keyword(TimeUnit unit) noexcept {
  return kKeywords[static_cast<std::size_t>(unit)];
}

bool is_unit(std::string_view ucum) noexcept { return ucum::parse(ucum).has_value(); }

bool comparable(const Quantity& left, const Quantity& right) noexcept {
  return pair_of(left, right, false).has_value();
}

std::optional<Decimal> convert(const Quantity& quantity, std::string_view unit) noexcept {
  const auto pair = pair_of(quantity, {Decimal(), unit, false}, false);
  return pair ? value_in(pair->left, pair->right.unit) : std::nullopt;
}

std::optional<std::strong_ordering> compare(const Quantity& left, const Quantity& right) noexcept {
  if (same_unit(left, right)) return compare(left.value, right.value);
  const auto pair = pair_of(left, right, false);
  return pair ? compare(pair->left, pair->right) : std::nullopt;
}

std::optional<bool> equal(const Quantity& left, const Quantity& right) noexcept {
  const auto order = compare(left, right);
  return order ? std::optional(std::is_eq(*order)) : std::nullopt;
}

bool equivalent(const Quantity& left, const Quantity& right) noexcept {
  if (same_unit(left, right)) return equivalent(left.value, right.value);
  const auto pair = pair_of(left, right, true);
  const auto granularity = pair ? compare_granularity(pair->left, pair->right) : std::nullopt;
  if (!granularity) return false;
  const bool left_is_coarser = std::is_gt(*granularity);
  const Amount& coarse = left_is_coarser ? pair->left : pair->right;
  const auto other = value_in(left_is_coarser ? pair->right : pair->left, coarse.unit);
  if (!other) return false;
  const Decimal plain = normalised(coarse.value);
  return round(*other, plain.scale()) == std::optional(plain);
}

std::optional<Quantity> add(const Quantity& left, const Quantity& right) noexcept {
  if (same_unit(left, right)) return with_value(left, add(left.value, right.value));
  const auto pair = pair_of(left, right, false);
  if (!pair || pair->left.unit.offset_hundredths != 0 || pair->right.unit.offset_hundredths != 0)
    return std::nullopt;
  const auto sizes = compare_sizes(pair->left.unit, pair->right.unit);
  if (!sizes) return std::nullopt;
  const bool in_right = std::is_gt(*sizes);
  const auto moved =
      in_right ? value_in(pair->left, pair->right.unit) : value_in(pair->right, pair->left.unit);
  if (!moved) return std::nullopt;
  return in_right ? with_value(right, add(*moved, right.value)) : with_value(left, add(left.value, *moved));
}

std::optional<Quantity> subtract(const Quantity& left, const Quantity& right) noexcept {
  return add(left, {negate(right.value), right.unit, right.calendar});
}

std::optional<QuantityResult> multiply(const Quantity& left, const Quantity& right) noexcept {
  return combine(left, right, multiply(left.value, right.value), +1);
}

std::optional<QuantityResult> divide(const Quantity& left, const Quantity& right) noexcept {
  return combine(left, right, divide(left.value, right.value), -1);
}

std::optional<TimeUnit> time_unit(const Quantity& quantity) noexcept {
  if (const auto keyword = calendar_unit(quantity.unit)) return keyword;
  if (quantity.calendar) return std::nullopt;
  const auto* const found = std::ranges::find(kUcumCodes, quantity.unit);
  if (found == kUcumCodes.end()) return std::nullopt;
  const auto unit = static_cast<TimeUnit>(found - kUcumCodes.begin());
  return unit > TimeUnit::month ? std::optional(unit) : std::nullopt;
}

std::optional<Quantity> low_boundary(const Quantity& quantity, int precision) noexcept {
  return with_value(quantity, low_boundary(quantity.value, precision));
}

std::optional<Quantity> high_boundary(const Quantity& quantity, int precision) noexcept {
  return with_value(quantity, high_boundary(quantity.value, precision));
}

}  // namespace musubi::fhirpath
