#include "musubi/model/value.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <type_traits>

#include "musubi/model/finding.h"

namespace musubi::model {
namespace {

TEST(Value, IsSilentUntilSomethingIsSaid) {
  const Value value;
  EXPECT_TRUE(value.silent());
  EXPECT_FALSE(value.present());
  EXPECT_FALSE(value.is_absent());
  EXPECT_EQ(to_text(value), "");
  static_assert(std::is_trivially_copyable_v<Value>);
}

TEST(Value, AbsentKeepsItsReason) {
  for (const auto reason :
       {AbsentReason::not_asked, AbsentReason::unknown, AbsentReason::under_investigation,
        AbsentReason::not_disclosed, AbsentReason::not_applicable, AbsentReason::unreadable}) {
    const auto value = Value::absent(reason);
    EXPECT_TRUE(value.is_absent());
    EXPECT_FALSE(value.present());
    EXPECT_EQ(value.absent_reason(), reason);
    EXPECT_EQ(absent_reason_named(name_of(reason)), reason);
  }
  EXPECT_EQ(absent_reason_named("perhaps"), std::nullopt);
  EXPECT_EQ(Value::text("x").absent_reason(), AbsentReason::none);
}

TEST(Value, SilentAndAbsentAreNotTheSame) {
  EXPECT_NE(Value(), Value::absent(AbsentReason::not_asked));
  EXPECT_NE(Value::absent(AbsentReason::unknown), Value::absent(AbsentReason::not_disclosed));
}

TEST(ToText, Numbers) {
  EXPECT_EQ(to_text(Value::integer(-12)), "-12");
  EXPECT_EQ(to_text(Value::integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(to_text(Value::boolean(true)), "true");
  EXPECT_EQ(to_text(Value::boolean(false)), "false");
}

TEST(ToText, DecimalsKeepEveryDigit) {
  EXPECT_EQ(to_text(Decimal{365, 1}), "36.5");
  EXPECT_EQ(to_text(Decimal{3650, 2}), "36.50");
  EXPECT_EQ(to_text(Decimal{5, 3}), "0.005");
  EXPECT_EQ(to_text(Decimal{-5, 1}), "-0.5");
  EXPECT_EQ(to_text(Decimal{0, 2}), "0.00");
  EXPECT_EQ(to_text(Decimal{97, 0}), "97");
  EXPECT_EQ(to_text(Decimal{std::numeric_limits<std::int64_t>::min(), 2}), "-92233720368547758.08");
}

TEST(ToText, DatesAsFarAsTheyAreKnown) {
  EXPECT_EQ(to_text(Value::date({2020, 4, 1})), "2020-04-01");
  EXPECT_EQ(to_text(Value::date({2020, 4, 0})), "2020-04");
  EXPECT_EQ(to_text(Value::date({2020, 0, 0})), "2020");
  EXPECT_EQ(to_text(Value::date({0, 2, 25})), "--02-25");
  EXPECT_EQ(Value::date({0, 2, 25}).as_date(), (PartialDate{0, 2, 25}));
}

TEST(ToText, AgesInYearsOrMonths) {
  EXPECT_EQ(to_text(Value::age({40, false})), "40");
  EXPECT_EQ(to_text(Value::age({11, true})), "11 months");
  EXPECT_TRUE(Value::age({11, true}).as_age().months);
  EXPECT_NE(Value::age({11, true}), Value::age({11, false}));
}

TEST(ToText, MomentsKeepTheirZone) {
  constexpr std::int64_t kMicroseconds = 1587341700000000;  // 2020-04-20T00:15:00Z
  EXPECT_EQ(to_text(Value::moment({kMicroseconds, 540})), "2020-04-20T09:15:00+09:00");
  EXPECT_EQ(to_text(Value::moment({kMicroseconds, 0})), "2020-04-20T00:15:00+00:00");
  EXPECT_EQ(to_text(Value::moment({kMicroseconds + 1500, -570})), "2020-04-19T14:45:00.001500-09:30");
  EXPECT_EQ(to_text(Value::moment({-1, 540})), "1970-01-01T08:59:59.999999+09:00");
}

TEST(ToText, ListsAreJoined) {
  const std::array items{Value::code("fever"), Value::code("cough")};
  EXPECT_EQ(to_text(Value::list(items)), "fever;cough");
  EXPECT_EQ(to_text(Value::list({})), "");
}

TEST(Equality, ComparesContentAndNotTheRule) {
  auto one = Value::text("東京"), other = Value::text(std::string_view("東京都").substr(0, 6));
  other.set_rule(7);
  EXPECT_EQ(one, other);
  EXPECT_EQ(other.rule(), 7);
  EXPECT_NE(Value::text("male"), Value::code("male"));
  EXPECT_NE(Value::text("a"), Value::text("b"));
}

TEST(Equality, GoesIntoLists) {
  const std::array a{Value::integer(1), Value::integer(2)}, b{Value::integer(1), Value::integer(2)};
  const std::array c{Value::integer(1)};
  EXPECT_EQ(Value::list(a), Value::list(b));
  EXPECT_NE(Value::list(a), Value::list(c));
}

TEST(Equality, OfMomentsCountsTheZone) {
  EXPECT_EQ(Value::moment({5, 540}), Value::moment({5, 540}));
  EXPECT_NE(Value::moment({5, 540}), Value::moment({5, 0}));
  EXPECT_EQ(Value::moment({5, -570}).as_moment().offset_minutes, -570);
}

TEST(Severity, HasANameEach) {
  EXPECT_EQ(name_of(Severity::information), "information");
  EXPECT_EQ(name_of(Severity::warning), "warning");
  EXPECT_EQ(name_of(Severity::error), "error");
}

}  // namespace
}  // namespace musubi::model
