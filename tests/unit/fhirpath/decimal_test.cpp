#include "musubi/fhirpath/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <fstream>
#include <limits>

using namespace musubi::fhirpath;

namespace {

Decimal number(std::string_view text) { return parse_decimal(text).value(); }

bool smaller(Decimal left, Decimal right) { return compare(left, right) < 0; }

std::string text_of(std::optional<Decimal> value) { return value ? to_text(*value) : ""; }

/// Any decimal; small ones and long ones are both frequent.
rc::Gen<Decimal> any_decimal() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange<std::int64_t>(0, 1'000'000),
                     rc::gen::inRange(0, 3), rc::gen::inRange(0, 29)),
      [](const std::tuple<std::int64_t, std::int64_t, int, int>& parts) {
        const auto [high, low, size, scale] = parts;
        constexpr std::array<std::int64_t, 3> kFactors = {0, 1, 1'000'000'000'000};
        const auto factor = kFactors[static_cast<std::size_t>(size)];
        return Decimal::of(Decimal::Coefficient{high} * factor + low, scale).value();
      });
}

std::optional<Decimal> apply(std::string_view operation, Decimal left, Decimal right) {
  if (operation == "+") return add(left, right);
  if (operation == "-") return subtract(left, right);
  if (operation == "*") return multiply(left, right);
  if (operation == "/") return divide(left, right);
  if (operation == "div") return integer_divide(left, right);
  if (operation == "mod") return modulo(left, right);
  if (operation == "sqrt") return square_root(left);
  if (operation == "ln") return natural_logarithm(left);
  if (operation == "log") return logarithm(left, right);
  if (operation == "exp") return exponential(left);
  return power(left, right);
}

std::array<std::string, 4> columns(const std::string& line) {
  std::array<std::string, 4> cells;
  std::size_t begin = 0;
  for (std::string& cell : cells) {
    const std::size_t comma = std::min(line.find(',', begin), line.size());
    cell = line.substr(begin, comma - begin);
    begin = std::min(comma + 1, line.size());
  }
  return cells;
}

}  // namespace

TEST(Decimal, KeepsHowItWasWritten) {
  for (const char* text : {"0", "1.50", "-0.3", "0.00", "123456789012345678901234567890.12345678", "1.58700",
                           "99999999999999999999999999999999999999"}) {
    EXPECT_EQ(to_text(number(text)), text);
  }
  EXPECT_EQ(to_text(number("+007.10")), "7.10");
  EXPECT_EQ(to_text(number("-0.0")), "0.0");
  EXPECT_EQ(number("1.58700").scale(), 5);
}

TEST(Decimal, RefusesWhatIsNoDecimal) {
  for (const char* text :
       {"", "-", ".5", "1.", "1.2.3", " 1", "1 ", "0x1", "1e3", "１", "--1", "+-1", "1_000",
        "999999999999999999999999999999999999999", "0.00000000000000000000000000001"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

TEST(Decimal, FhirAllowsAnExponent) {
  EXPECT_EQ(text_of(parse_fhir_decimal("1.2e-3")), "0.0012");
  EXPECT_EQ(text_of(parse_fhir_decimal("1.50E1")), "15.0");
  EXPECT_EQ(text_of(parse_fhir_decimal("-3e+4")), "-30000");
  for (const char* text : {"1e", "1e+", "1e+-2", "1e99", "1e-29", "1e99999999999", "e1", "1e1.0", "1e1 "}) {
    EXPECT_FALSE(parse_fhir_decimal(text)) << text;
  }
}

TEST(Decimal, AgreesWithAnotherImplementation) {
  std::ifstream file(MUSUBI_PROJECT_FOLDER "/tests/unit/fhirpath/decimal_cases.csv");
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto [operation, left, right, expected] = columns(line);
    const Decimal second = right.empty() ? Decimal() : number(right);
    EXPECT_EQ(text_of(apply(operation, number(left), second)), expected) << line;
    ++cases;
  }
  EXPECT_GT(cases, 500);
}

TEST(Decimal, EquivalenceRoundsToTheLessPrecise) {
  const Decimal quotient = divide(number("1.2"), number("1.8")).value();
  EXPECT_TRUE(equivalent(quotient, number("0.67")));
  EXPECT_FALSE(equivalent(quotient, number("0.6")));
  EXPECT_TRUE(equivalent(number("1.10"), number("1.1")));
  EXPECT_TRUE(equivalent(number("4.04"), number("4.0")));
  EXPECT_FALSE(equivalent(number("4.6"), number("4")));
}

TEST(Decimal, Rounding) {
  EXPECT_EQ(text_of(round(number("3.14159"), 3)), "3.142");
  EXPECT_EQ(text_of(round(number("-2.5"), 0)), "-3");
  EXPECT_EQ(text_of(round(number("1.5"), 4)), "1.5");
  EXPECT_FALSE(round(number("1.5"), -1));
  EXPECT_EQ(to_text(ceiling(number("-1.1"))), "-1");
  EXPECT_EQ(to_text(ceiling(number("1.1"))), "2");
  EXPECT_EQ(to_text(floor(number("-1.1"))), "-2");
  EXPECT_EQ(to_text(truncate(number("-1.56"))), "-1");
  EXPECT_EQ(to_integer(number("3.00")), 3);
  EXPECT_FALSE(to_integer(number("3.01")));
  EXPECT_FALSE(to_integer(number("9223372036854775808")));
  EXPECT_EQ(to_integer(number("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
}

TEST(Decimal, WhatDoesNotExistOrDoesNotFitIsEmpty) {
  EXPECT_FALSE(divide(1, 0));
  EXPECT_FALSE(modulo(1, 0));
  EXPECT_FALSE(integer_divide(1, 0));
  EXPECT_FALSE(square_root(-1));
  EXPECT_FALSE(natural_logarithm(0));
  EXPECT_FALSE(logarithm(10, 1));
  EXPECT_FALSE(power(-1, number("0.5")));
  EXPECT_FALSE(power(0, -1));
  EXPECT_FALSE(power(10, 38));
  EXPECT_FALSE(power(2, number("99999999999999999999999999999999999999")));
  EXPECT_FALSE(exponential(1000));
  EXPECT_FALSE(multiply(number("99999999999999999999999999999999999999"), 2));
  EXPECT_FALSE(add(number("99999999999999999999999999999999999999"), 1));
}

TEST(Decimal, ExactResultsAreExact) {
  EXPECT_EQ(text_of(square_root(81)), "9");
  EXPECT_EQ(text_of(logarithm(16, 2)), "4");
  EXPECT_EQ(text_of(logarithm(number("100.0"), number("10.0"))), "2");
  EXPECT_EQ(text_of(power(2, 100)), "1267650600228229401496703205376");
  EXPECT_EQ(text_of(power(-2, 3)), "-8");
  EXPECT_EQ(text_of(power(number("2.5"), 2)), "6.25");
  EXPECT_EQ(text_of(exponential(0)), "1");
  EXPECT_EQ(text_of(natural_logarithm(1)), "0");
}

TEST(Decimal, Boundaries) {
  EXPECT_EQ(text_of(low_boundary(number("1.587"))), "1.58650000");
  EXPECT_EQ(text_of(low_boundary(number("1.587"), 2)), "1.58");
  EXPECT_EQ(text_of(low_boundary(number("-1.587"), 0)), "-2");
  EXPECT_EQ(text_of(high_boundary(number("12.587"), 2)), "12.59");
  EXPECT_EQ(text_of(high_boundary(number("-1.587"), 2)), "-1.58");
  EXPECT_EQ(text_of(high_boundary(number("12.500"), 4)), "12.5005");
  EXPECT_EQ(text_of(low_boundary(1, 0)), "0");
  EXPECT_EQ(text_of(high_boundary(1, 0)), "2");
  EXPECT_FALSE(high_boundary(1, -1));
  EXPECT_FALSE(low_boundary(1, 29));
}

RC_GTEST_PROP(Decimal, TextIsReadBackAsTheSame, ()) {
  const Decimal value = *any_decimal();
  const auto again = parse_decimal(to_text(value));
  RC_ASSERT(again && again->coefficient() == value.coefficient() && again->scale() == value.scale());
}

RC_GTEST_PROP(Decimal, WhatIsAddedCanBeTakenAway, ()) {
  const Decimal left = *any_decimal();
  const Decimal right = *any_decimal();
  const auto total = add(left, right);
  RC_PRE(total && total->scale() == std::max(left.scale(), right.scale()));  // nothing was rounded
  RC_ASSERT(subtract(*total, right) == std::optional(left));
  RC_ASSERT(add(right, left) == total);
}

RC_GTEST_PROP(Decimal, DivisionWithRemainder, ()) {
  const Decimal left = *any_decimal();
  const Decimal right = *any_decimal();
  const auto quotient = integer_divide(left, right);
  const auto rest = modulo(left, right);
  RC_PRE(quotient && rest);
  RC_ASSERT(smaller(absolute(*rest), absolute(right)));
  RC_ASSERT(rest->is_zero() || rest->is_negative() == left.is_negative());
  const auto product = multiply(*quotient, right);
  RC_PRE(product && product->scale() == right.scale());
  RC_ASSERT(add(*product, *rest) == std::optional(left));
}

RC_GTEST_PROP(Decimal, OrderIsTotalAndFitsTheHash, ()) {
  const Decimal left = *any_decimal();
  const Decimal right = *any_decimal();
  RC_ASSERT(smaller(left, right) == (!smaller(right, left) && !(left == right)));
  RC_ASSERT(normalised(left) == left);
  RC_ASSERT(hash_of(normalised(left)) == hash_of(left));
}

RC_GTEST_PROP(Decimal, BoundariesEncloseTheValue, ()) {
  const Decimal value = *any_decimal();
  const int precision = *rc::gen::inRange(0, 29);
  const auto low = low_boundary(value, precision);
  const auto high = high_boundary(value, precision);
  RC_PRE(low && high);
  RC_ASSERT(low->scale() == precision && high->scale() == precision);
  RC_ASSERT(smaller(*low, value) && smaller(value, *high));
}

RC_GTEST_PROP(Decimal, RootSquaredIsNear, ()) {
  const Decimal value = absolute(*any_decimal());
  const Decimal root = square_root(value).value();
  const auto square = multiply(root, root);
  RC_PRE(square.has_value());
  const Decimal difference = absolute(subtract(*square, value).value());
  const auto allowed = multiply(add(root, 1).value(), number("0.000000000000000000001"));
  RC_ASSERT(!smaller(allowed.value(), difference));
}
