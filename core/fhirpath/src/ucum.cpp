#include "ucum.h"

#include <algorithm>

#include "ucum_factor.h"

namespace musubi::fhirpath::ucum {

namespace {

enum class Kind : std::uint8_t { base, defined, arbitrary, affine };

struct Row {
  std::string_view symbol{};
  Kind kind = Kind::base;
  bool takes_prefixes = false;
  std::int64_t coefficient = 1;
  int exponent = 0;
  std::string_view unit{};
  std::int32_t offset_hundredths = 0;
};

constexpr auto kUnits = [] {
  using enum Kind;
  return std::to_array<Row>({
#include "ucum_units.inc"
  });
}();
static_assert(std::ranges::is_sorted(kUnits, {}, &Row::symbol));

constexpr std::array<std::string_view, 7> kBaseSymbols = {"m", "s", "g", "rad", "K", "C", "cd"};

struct Prefix {
  std::string_view symbol{};
  int exponent = 0;             ///< of ten
  std::int64_t multiplier = 1;  ///< of the binary ones
};

/// Longer ones first, so that "dam" is ten metres.
constexpr auto kPrefixes = std::to_array<Prefix>({{"da", 1},
                                                  {"Ki", 0, 1LL << 10U},
                                                  {"Mi", 0, 1LL << 20U},
                                                  {"Gi", 0, 1LL << 30U},
                                                  {"Ti", 0, 1LL << 40U},
                                                  {"Y", 24},
                                                  {"Z", 21},
                                                  {"E", 18},
                                                  {"P", 15},
                                                  {"T", 12},
                                                  {"G", 9},
                                                  {"M", 6},
                                                  {"k", 3},
                                                  {"h", 2},
                                                  {"d", -1},
                                                  {"c", -2},
                                                  {"m", -3},
                                                  {"u", -6},
                                                  {"n", -9},
                                                  {"p", -12},
                                                  {"f", -15},
                                                  {"a", -18},
                                                  {"z", -21},
                                                  {"y", -24}});

const Row* find_row(std::string_view symbol) noexcept {
  const auto* const found = std::ranges::lower_bound(kUnits, symbol, {}, &Row::symbol);
  return found != kUnits.end() && found->symbol == symbol ? found : nullptr;
}

std::optional<Unit> unit_of(const Row& row) noexcept {
  if (row.kind == Kind::base) {
    Unit unit;
    unit.dimension.powers[static_cast<std::size_t>(std::ranges::find(kBaseSymbols, row.symbol) -
                                                   kBaseSymbols.begin())] = 1;
    return unit;
  }
  if (row.kind == Kind::arbitrary) {
    Unit unit;
    unit.dimension.arbitrary = static_cast<std::uint16_t>(&row - kUnits.data() + 1);
    unit.dimension.arbitrary_power = 1;
    return unit;
  }
  const auto whole = parse(row.unit);
  auto unit = whole ? multiply({.factor = make_factor(row.coefficient, row.exponent)}, *whole) : std::nullopt;
  if (unit) unit->offset_hundredths = row.offset_hundredths;
  return unit;
}

/// A symbol as it is or with a prefix.
std::optional<Unit> unit_named(std::string_view symbol) noexcept {
  if (const Row* row = find_row(symbol)) return unit_of(*row);
  for (const Prefix& prefix : kPrefixes) {
    if (!symbol.starts_with(prefix.symbol)) continue;
    const Row* row = find_row(symbol.substr(prefix.symbol.size()));
    if (row == nullptr || !row->takes_prefixes) continue;
    const auto unit = unit_of(*row);
    const Unit multiple{.factor = make_factor(prefix.multiplier, prefix.exponent)};
    return unit ? multiply(multiple, *unit) : std::nullopt;
  }
  return std::nullopt;
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The length of the unit symbol at the front: up to a digit, a sign or an operator; brackets are taken
/// whole.
std::size_t symbol_length(std::string_view text) noexcept {
  constexpr std::string_view kEnds = "0123456789+-./(){}";
  std::size_t at = 0;
  while (at < text.size() && kEnds.find(text[at]) == std::string_view::npos) {
    if (text[at] != '[') {
      ++at;
      continue;
    }
    const std::size_t closing = text.find(']', at);
    if (closing == std::string_view::npos) return 0;
    at = closing + 1;
  }
  return at;
}

constexpr std::size_t kLongestExpression = 200;
constexpr int kDeepest = 8;

/// Recursive descent over the grammar of UCUM (section 2.4): terms joined by . and /, brackets, powers,
/// annotations.
class Parser {
 public:
  Parser(std::string_view text, Terms* terms) noexcept : rest_(text), terms_(terms) {}

  std::optional<Unit> parse_all() noexcept {
    const auto unit = rest_.size() <= kLongestExpression ? expression(1) : std::nullopt;
    if (!unit || !rest_.empty()) return std::nullopt;
    const bool has_offset = affine_.offset_hundredths != 0;
    if (!has_offset) return unit;
    return components_ == 1 && terms_ == nullptr ? std::optional(affine_) : std::nullopt;
  }

 private:
  bool take(char sign) noexcept {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// `direction`: −1 within what is divided by; for the list of terms only.
  std::optional<Unit> expression(int direction) noexcept {
    std::optional<Unit> total = Unit{};
    int sign = take('/') ? -1 : 1;
    for (;;) {
      const auto next = component(direction * sign);
      const auto powered = next ? power(*next, sign) : std::nullopt;
      total = powered ? multiply(*total, *powered) : std::nullopt;
      if (!total) return std::nullopt;
      if (take('.')) {
        sign = 1;
      } else if (take('/')) {
        sign = -1;
      } else {
        return total;
      }
    }
  }

  std::optional<Unit> component(int direction) noexcept {
    ++components_;
    if (rest_.starts_with('{')) return annotation() ? std::optional(Unit{}) : std::nullopt;
    auto unit = take('(') ? in_brackets(direction) : simple(direction);
    if (rest_.starts_with('{') && !annotation()) return std::nullopt;
    return unit;
  }

  std::optional<Unit> in_brackets(int direction) noexcept {
    if (++depth_ > kDeepest) return std::nullopt;
    const auto unit = expression(direction);
    --depth_;
    return take(')') ? unit : std::nullopt;
  }

  /// {…}: printable ASCII, without meaning.
  bool annotation() noexcept {
    const std::size_t closing = rest_.find('}');
    if (closing == std::string_view::npos) return false;
    const std::string_view inside = rest_.substr(1, closing - 1);
    rest_.remove_prefix(closing + 1);
    return std::ranges::all_of(inside, [](char c) { return c >= '!' && c <= '~' && c != '{'; });
  }

  std::optional<Unit> simple(int direction) noexcept {
    const bool ten = rest_.starts_with("10*") || rest_.starts_with("10^");
    if (!ten && !rest_.empty() && is_digit(rest_.front())) return number(direction);
    const std::string_view symbol = rest_.substr(0, ten ? 3 : symbol_length(rest_));
    rest_.remove_prefix(symbol.size());
    const auto unit = unit_named(symbol);
    const auto exponent = take_exponent();
    if (!unit || !exponent || !note({symbol, *exponent * direction})) return std::nullopt;
    if (unit->offset_hundredths != 0) {
      affine_ = *unit;
      if (*exponent != 1) ++components_;
    }
    return power(*unit, *exponent);
  }

  /// A plain positive integer.
  std::optional<Unit> number(int direction) noexcept {
    constexpr std::size_t kLongest = 18;
    std::int64_t value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && is_digit(rest_[digits]); ++digits) {
      if (digits >= kLongest) return std::nullopt;
      value = value * 10 + (rest_[digits] - '0');
    }
    const std::string_view written = rest_.substr(0, digits);
    rest_.remove_prefix(digits);
    if (value == 0 || (value != 1 && !note({written, direction}))) return std::nullopt;
    return Unit{.factor = make_factor(value, 0)};
  }

  /// 1 where none is written; nullopt: a sign without digits, or zero, or more than two digits.
  std::optional<int> take_exponent() noexcept {
    const bool negative = rest_.starts_with('-');
    const bool is_signed = take('+') || take('-');
    std::size_t digits = 0;
    int value = 0;
    for (; digits < rest_.size() && is_digit(rest_[digits]) && digits < 3; ++digits) {
      value = value * 10 + (rest_[digits] - '0');
    }
    rest_.remove_prefix(digits);
    if (digits == 0) return is_signed ? std::nullopt : std::optional(1);
    if (value == 0 || digits > 2) return std::nullopt;
    return negative ? -value : value;
  }

  bool note(Term term) noexcept { return terms_ == nullptr || terms_->add(term); }

  std::string_view rest_;
  Terms* terms_;
  Unit affine_{};
  int components_ = 0;
  int depth_ = 0;
};

}  // namespace

bool Terms::add(Term term) noexcept {
  const auto end = items.begin() + static_cast<std::ptrdiff_t>(count);
  const auto found =
      std::find_if(items.begin(), end, [&](const Term& other) { return other.symbol == term.symbol; });
  if (found != end) {
    found->exponent += term.exponent;
    return true;
  }
  if (count == kMost) return false;
  items[count++] = term;
  return true;
}

std::optional<Unit> parse(std::string_view expression) noexcept {
  return Parser(expression, nullptr).parse_all();
}

std::optional<Terms> terms_of(std::string_view expression) noexcept {
  Terms terms;
  return Parser(expression, &terms).parse_all() ? std::optional(terms) : std::nullopt;
}

}  // namespace musubi::fhirpath::ucum
