#include "musubi/fhirpath/quantity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

using namespace musubi::fhirpath;

namespace {

Quantity quantity(std::string_view text) { return parse_quantity(text).value(); }

/// "=", "≠" or "?" (not known).
std::string equality(std::string_view left, std::string_view right) {
  const auto result = equal(quantity(left), quantity(right));
  if (!result) return "?";
  return *result ? "=" : "≠";
}

std::string converted(std::string_view from, std::string_view unit) {
  const auto value = convert(quantity(from), unit);
  return value ? to_text(*value) : "";
}

std::string text_of(const std::optional<Quantity>& value) { return value ? to_text(*value) : ""; }
std::string text_of(const std::optional<QuantityResult>& value) {
  return value ? to_text(value->quantity()) : "";
}

constexpr std::array<std::string_view, 12> kMassConcentrations = {
    "g/L",  "mg/dL", "ug/mL",         "kg/m3", "ng/ul", "g/dl", "[lb_av]/[gal_us]",
    "mg/L", "g%",    "[gr]/[foz_us]", "pg/fL", "t/m3"};

enum Kind { base, defined, arbitrary, affine };

struct Row {
  std::string_view symbol{};
  Kind kind = base;
  bool takes_prefixes = false;
  std::int64_t coefficient = 1;
  int exponent = 0;
  std::string_view unit{};
  int offset_hundredths = 0;
};

constexpr Row kRows[] = {
#include "ucum_units.inc"
};

}  // namespace

TEST(Quantity, EveryUnitOfTheTableIsDefined) {
  for (const Row& row : kRows) {
    EXPECT_TRUE(is_unit(row.symbol)) << row.symbol;
    EXPECT_EQ(is_unit("k" + std::string(row.symbol)), row.takes_prefixes) << row.symbol;
    EXPECT_EQ(converted("1 '1'", row.symbol).empty(),
              !comparable(quantity("1"), {Decimal(), row.symbol, false}));
  }
}

TEST(Quantity, TextOfAQuantity) {
  EXPECT_EQ(to_text(quantity("1.50 'mg'")), "1.50 'mg'");
  EXPECT_EQ(to_text(quantity("4 days")), "4 days");
  EXPECT_EQ(to_text(quantity("1")), "1 '1'");
  EXPECT_EQ(to_text(quantity("-2'cm'")), "-2 'cm'");
  for (const char* text :
       {"", "mg", "1 mg", "1 ''", "1 'mg", "1 '", "1 dayss", "1 'm g'", "1.x 'mg'", "1 "}) {
    EXPECT_FALSE(parse_quantity(text)) << text;
  }
}

TEST(Quantity, UnitsOfTheLaboratoryAreKnown) {
  for (const char* unit : {"10*3/uL",
                           "10*6/uL",
                           "10*9/L",
                           "10*12/L",
                           "/uL",
                           "/[HPF]",
                           "%",
                           "mmol/L",
                           "umol/L",
                           "nmol/L",
                           "pmol/L",
                           "mmol/mol",
                           "mg/dL",
                           "g/dL",
                           "ug/dL",
                           "ng/mL",
                           "pg/mL",
                           "mg/g{creat}",
                           "U/L",
                           "k[IU]/L",
                           "m[IU]/mL",
                           "u[IU]/mL",
                           "[IU]/mL",
                           "meq/L",
                           "mosm/kg",
                           "mm[Hg]",
                           "kPa",
                           "mL/min/{1.73_m2}",
                           "mL/min/1.73.m2",
                           "s",
                           "min",
                           "h",
                           "d",
                           "wk",
                           "mo",
                           "a",
                           "Cel",
                           "[degF]",
                           "kg",
                           "g",
                           "cm",
                           "m2",
                           "kg/m2",
                           "{copies}/mL",
                           "[copies]/mL{x}",
                           "fL",
                           "pg",
                           "mm/h",
                           "L/min",
                           "{score}",
                           "1",
                           "[pH]",
                           "ug{FEU}/mL",
                           "mg/(24.h)",
                           "10*-3",
                           "m/s2",
                           "ukat/L",
                           "[arb'U]/mL",
                           "dB",
                           "[lb_av]",
                           "[in_i]",
                           "[ft_i]",
                           "[oz_av]",
                           "[CFU]/mL",
                           "{ratio}",
                           "mg/kg/d",
                           "ng/mL/h",
                           "kcal",
                           "Bq/kg",
                           "uSv/h",
                           "[iU]/L"}) {
    EXPECT_EQ(is_unit(unit), std::string_view(unit) != "[copies]/mL{x}") << unit;
  }
}

TEST(Quantity, WhatIsNoUnitIsRefused) {
  for (const char* unit : {"",
                           "lbs",
                           "MM",
                           "mg//dL",
                           "mg/",
                           ".mg",
                           "mg dL",
                           "(mg",
                           "mg)",
                           "{mg",
                           "mg}",
                           "[in_i",
                           "m0",
                           "m-",
                           "m+",
                           "m2-3",
                           "k[lb_av]",
                           "kmin",
                           "10+3",
                           "0",
                           "Cel/min",
                           "Cel2",
                           "mg{a{b}}",
                           "mg{é}",
                           "é",
                           "m999",
                           "1234567890123456789012",
                           "((((((((((m))))))))))"}) {
    EXPECT_FALSE(is_unit(unit)) << unit;
  }
}

TEST(Quantity, ConversionIsExact) {
  EXPECT_EQ(converted("4.0000 'g'", "mg"), "4000");
  EXPECT_EQ(converted("1 '[in_i]'", "cm"), "2.54");
  EXPECT_EQ(converted("1 '[lb_av]'", "kg"), "0.45359237");
  EXPECT_EQ(converted("1 '[mi_i]'", "m"), "1609.344");
  EXPECT_EQ(converted("1 '[gal_us]'", "L"), "3.785411784");
  EXPECT_EQ(converted("1 '[acr_us]'", "[ft_us]2"), "43560");
  EXPECT_EQ(converted("760 'mm[Hg]'", "kPa"), "101.32472");
  EXPECT_EQ(converted("5 'mmol/L'", "umol/mL"), "5");
  EXPECT_EQ(converted("1 'a'", "d"), "365.25");
  EXPECT_EQ(converted("1 'U'", "nkat"), "16.6666666666666666666666666667");
  EXPECT_EQ(converted("1 'kg.m/s2'", "N"), "1");
  EXPECT_EQ(converted("1 'KiBy'", "By"), "1024");
  EXPECT_EQ(converted("180 'deg'", "rad").substr(0, 17), "3.141592653589793");
  EXPECT_EQ(converted("1 'dag'", "g"), "10");
  EXPECT_EQ(converted("1 'dar'", "m2"), "10");
  EXPECT_EQ(converted("1 'kg'", "m"), "");
  EXPECT_EQ(converted("1 '[iU]'", "[arb'U]"), "");
  EXPECT_EQ(converted("1 'k[iU]/L'", "m[IU]/mL"), "1000");
}

TEST(Quantity, TemperaturesHaveAZeroOfTheirOwn) {
  EXPECT_EQ(converted("37 'Cel'", "K"), "310.15");
  EXPECT_EQ(converted("98.6 '[degF]'", "Cel"), "37");
  EXPECT_EQ(converted("0 'K'", "Cel"), "-273.15");
  EXPECT_EQ(converted("100 'Cel'", "[degF]"), "212");
  EXPECT_EQ(equality("37 'Cel'", "310.15 'K'"), "=");
  EXPECT_EQ(*compare(quantity("100 '[degF]'"), quantity("50 'Cel'")), std::strong_ordering::less);
  EXPECT_EQ(text_of(add(quantity("36.5 'Cel'"), quantity("0.5 'Cel'"))), "37.0 'Cel'");
  EXPECT_FALSE(add(quantity("37 'Cel'"), quantity("1 'K'")));
  EXPECT_FALSE(multiply(quantity("37 'Cel'"), quantity("1 'm'")));
}

TEST(Quantity, Equality) {
  EXPECT_EQ(equality("4.0000 'g'", "4000.0 'mg'"), "=");
  EXPECT_EQ(equality("4 'g'", "4040 'mg'"), "≠");
  EXPECT_EQ(equality("1 'cm'", "1 's'"), "?");
  EXPECT_EQ(equality("1 'cm'", "1 '[s]'"), "?");
  EXPECT_EQ(equality("185 'lbs'", "185.0 'lbs'"), "=");
  EXPECT_EQ(equality("7 days", "1 'wk'"), "=");
  EXPECT_EQ(equality("1 hour", "60 minutes"), "=");
  EXPECT_EQ(equality("1000 milliseconds", "1 's'"), "=");
  EXPECT_EQ(equality("1 year", "1 'a'"), "?");
  EXPECT_EQ(equality("1 month", "1 'mo'"), "?");
  EXPECT_EQ(equality("1 year", "365 days"), "?");
  EXPECT_EQ(equality("1 year", "12 months"), "=");
  EXPECT_EQ(equality("2 years", "2 year"), "=");
  EXPECT_EQ(equality("1 'g'", "1000000000000000000000000000001 'pg'"), "≠");
}

TEST(Quantity, EquivalenceRoundsToTheCoarser) {
  EXPECT_TRUE(equivalent(quantity("4 'g'"), quantity("4040 'mg'")));
  EXPECT_TRUE(equivalent(quantity("4040 'mg'"), quantity("4 'g'")));
  EXPECT_FALSE(equivalent(quantity("4.0 'g'"), quantity("4500 'mg'")));
  EXPECT_TRUE(equivalent(quantity("1 year"), quantity("1 'a'")));
  EXPECT_TRUE(equivalent(quantity("1 month"), quantity("1 'mo'")));
  EXPECT_FALSE(equivalent(quantity("1 'cm'"), quantity("1 's'")));
  EXPECT_TRUE(equivalent(quantity("1.0 '1'"), quantity("1")));
}

TEST(Quantity, Arithmetic) {
  EXPECT_EQ(text_of(add(quantity("3 'm'"), quantity("3 'cm'"))), "303 'cm'");
  EXPECT_EQ(text_of(subtract(quantity("3 'cm'"), quantity("1 'mm'"))), "29 'mm'");
  EXPECT_EQ(text_of(add(quantity("1 day"), quantity("12 hours"))), "36 hours");
  EXPECT_FALSE(add(quantity("1 'm'"), quantity("1 's'")));
  EXPECT_EQ(text_of(multiply(quantity("12 'cm'"), quantity("3 'cm'"))), "36 'cm2'");
  EXPECT_EQ(text_of(multiply(quantity("2.0 'cm'"), quantity("2.0 'm'"))), "4.00 'cm.m'");
  EXPECT_EQ(text_of(divide(quantity("12 'cm2'"), quantity("3 'cm'"))), "4 'cm'");
  EXPECT_EQ(text_of(divide(quantity("4.0 'g'"), quantity("2.0 'm'"))), "2 'g/m'");
  EXPECT_EQ(text_of(divide(quantity("1.0 'm'"), quantity("1.0 'm'"))), "1 '1'");
  EXPECT_EQ(text_of(divide(quantity("6"), quantity("2 'min'"))), "3 '/min'");
  EXPECT_EQ(text_of(divide(quantity("6 'mg/dL'"), quantity("2 'mg/kg'"))), "3 'kg/dL'");
  EXPECT_EQ(text_of(multiply(quantity("2 years"), quantity("3"))), "6 years");
  EXPECT_EQ(text_of(multiply(quantity("2 days"), quantity("3 'mg/d'"))), "6 'mg'");
  EXPECT_FALSE(multiply(quantity("2 years"), quantity("3 'm'")));
  EXPECT_FALSE(divide(quantity("1 'm'"), quantity("0 's'")));
  const auto product = multiply(quantity("2.0 'cm'"), quantity("2.0 'm'"));
  EXPECT_EQ(equal(product->quantity(), quantity("0.040 'm2'")), true);
}

TEST(Quantity, TimeUnitsOfDates) {
  EXPECT_EQ(time_unit(quantity("1 month")), TimeUnit::month);
  EXPECT_EQ(time_unit(quantity("1 'month'")), TimeUnit::month);
  EXPECT_EQ(time_unit(quantity("1 'wk'")), TimeUnit::week);
  EXPECT_FALSE(time_unit(quantity("1 'mo'")));
  EXPECT_FALSE(time_unit(quantity("1 'a'")));
  EXPECT_FALSE(time_unit(quantity("1 'cm'")));
}

RC_GTEST_PROP(Quantity, ConversionThereAndBack, ()) {
  const auto from = *rc::gen::elementOf(kMassConcentrations);
  const auto to = *rc::gen::elementOf(kMassConcentrations);
  const Decimal value = Decimal::of(*rc::gen::inRange<std::int64_t>(1, 1'000'000'000), 3).value();
  const auto there = convert({value, from, false}, to);
  RC_ASSERT(there.has_value());
  const auto back = convert({*there, to, false}, from);
  RC_ASSERT(back.has_value());
  RC_ASSERT(round(*back, 12) == round(value, 12));
  RC_ASSERT(compare(Quantity{value, from, false}, Quantity{value, from, false}) ==
            std::strong_ordering::equal);
}

RC_GTEST_PROP(Quantity, OrderIsThatOfTheConvertedValues, ()) {
  const auto left_unit = *rc::gen::elementOf(kMassConcentrations);
  const auto right_unit = *rc::gen::elementOf(kMassConcentrations);
  const Quantity left{Decimal(*rc::gen::inRange<std::int64_t>(-1000, 1000)), left_unit, false};
  const Quantity right{Decimal(*rc::gen::inRange<std::int64_t>(-1000, 1000)), right_unit, false};
  const auto order = compare(left, right);
  const auto here = convert(left, "ug/L");
  const auto there = convert(right, "ug/L");
  RC_ASSERT(order && here && there);
  const bool nearly_same = round(*here, 15) == round(*there, 15);
  RC_ASSERT(nearly_same || *order == compare(*here, *there));
}

RC_GTEST_PROP(Quantity, ProductsDivideBack, ()) {
  const auto left_unit = *rc::gen::elementOf(kMassConcentrations);
  const auto right_unit = *rc::gen::elementOf(kMassConcentrations);
  const Quantity left{Decimal(*rc::gen::inRange<std::int64_t>(1, 1000)), left_unit, false};
  const Quantity right{Decimal(*rc::gen::inRange<std::int64_t>(1, 1000)), right_unit, false};
  const auto product = multiply(left, right);
  RC_ASSERT(product.has_value());
  const auto quotient = divide(product->quantity(), right);
  RC_ASSERT(quotient.has_value());
  RC_ASSERT(equal(quotient->quantity(), left) == std::optional(true));
}
