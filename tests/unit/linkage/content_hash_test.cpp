#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

#include "musubi/linkage/linkage.h"

namespace musubi::linkage {
namespace {

using model::AbsentReason;
using model::FieldNumber;
using model::Value;

/// Three fields and a group of two.
const std::vector<FieldHash> kFields = {
    {hash_of_id("patient.sex")},
    {hash_of_id("onset.date")},
    {hash_of_id("report.note")},
    {hash_of_id("contact"), {hash_of_id("contact.date"), hash_of_id("contact.place")}}};

base::ContentHash hash(const std::vector<FieldNumber>& slots, const std::vector<Value>& values) {
  return content_hash(kFields, slots, values);
}
base::ContentHash hash(const Value& value) { return hash({0}, {value}); }

// The numbers were worked out by a second implementation, in Python.
TEST(ContentHash, is_stored_and_so_must_never_change) {
  const std::vector<Value> inner = {Value::date({2020, 4, 1}), Value::text("屋形船")};
  const std::vector<Value> items = {Value::list(inner)};
  const auto now =
      hash({0, 1, 2, 3}, {Value::code("female"), Value::absent(AbsentReason::under_investigation),
                          Value::text("長い備考が八バイトを超えて続く"), Value::list(items)});
  EXPECT_EQ(now.high, std::uint64_t{0x6D689BF240B6634B}) << std::hex << now.high;
  EXPECT_EQ(now.low, std::uint64_t{0xE166C30F7C624A00}) << std::hex << now.low;
  EXPECT_EQ(hash_of_id("patient.sex"), std::uint64_t{0x29790141193E7264})
      << std::hex << hash_of_id("patient.sex");
}

TEST(ContentHash, tells_values_of_every_kind_apart) {
  const std::vector<Value> ones = {Value::integer(1)}, two_ones = {Value::integer(1), Value::integer(1)};
  const std::vector<Value> values = {Value::text(""),
                                     Value::text("1"),
                                     Value::code("1"),
                                     Value::integer(1),
                                     Value::integer(-1),
                                     Value::integer(0),
                                     Value::boolean(true),
                                     Value::boolean(false),
                                     Value::decimal({1, 0}),
                                     Value::decimal({10, 1}),
                                     Value::date({2020, 4, 1}),
                                     Value::date({2020, 4, 0}),
                                     Value::date({0, 4, 1}),
                                     Value::integer(20200401),
                                     Value::age({1, false}),
                                     Value::age({1, true}),
                                     Value::moment({1, 540}),
                                     Value::moment({1, 0}),
                                     Value::moment({1, -540}),
                                     Value::absent(AbsentReason::unknown),
                                     Value::absent(AbsentReason::not_asked),
                                     Value::absent(AbsentReason::not_disclosed),
                                     Value::list({}),
                                     Value::list(ones),
                                     Value::list(two_ones)};
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (const auto& value : values) {
    const auto each = hash(value);
    EXPECT_TRUE(seen.emplace(each.high, each.low).second);
  }
}

TEST(ContentHash, silence_counts_as_nothing_but_absence_does_not) {
  const auto said = hash({0}, {Value::code("male")});
  EXPECT_EQ(hash({0, 1}, {Value::code("male"), Value()}), said);
  EXPECT_NE(hash({0, 1}, {Value::code("male"), Value::absent(AbsentReason::not_asked)}), said);
  EXPECT_EQ(hash({}, {}), hash({1}, {Value()}));
}

TEST(ContentHash, does_not_see_which_rule_made_a_value) {
  auto value = Value::code("male");
  const auto before = hash(value);
  value.set_rule(77);
  EXPECT_EQ(hash(value), before);
}

TEST(ContentHash, does_not_depend_on_where_the_text_lies) {
  const std::string text = "東京都新宿区";
  const std::string elsewhere = "x" + text;
  EXPECT_EQ(hash(Value::text(text)), hash(Value::text(std::string_view(elsewhere).substr(1))));
}

TEST(ContentHash, depends_on_the_field_and_not_on_its_number_or_order) {
  const std::vector<FieldHash> renumbered = {kFields[2], kFields[1], kFields[3], kFields[0]};
  const std::vector<Value> values = {Value::code("male"), Value::date({2020, 4, 1})};
  const std::vector<Value> swapped = {values[1], values[0]};
  const std::vector<FieldNumber> before = {0, 1}, after = {1, 3};
  EXPECT_EQ(content_hash(kFields, before, values), content_hash(renumbered, after, swapped));
  EXPECT_NE(content_hash(kFields, before, values), content_hash(kFields, before, swapped));
}

TEST(ContentHash, exchanged_texts_and_moved_boundaries_are_seen) {
  EXPECT_NE(hash({0, 2}, {Value::text("ab"), Value::text("c")}),
            hash({0, 2}, {Value::text("a"), Value::text("bc")}));
  EXPECT_NE(hash({0, 2}, {Value::text("a"), Value::text("b")}),
            hash({0, 2}, {Value::text("b"), Value::text("a")}));
  EXPECT_NE(hash(Value::text("a")), hash(Value::text(std::string_view("a\0", 2))));
}

TEST(ContentHash, items_of_lists_have_an_order_and_members_of_groups_have_names) {
  const std::vector<Value> up = {Value::integer(1), Value::integer(2)}, down = {up[1], up[0]};
  EXPECT_NE(hash({1}, {Value::list(up)}), hash({1}, {Value::list(down)}));

  const std::vector<Value> item = {Value::date({2020, 4, 1}), Value::text("a")};
  const std::vector<Value> grown = {Value::text("a"), Value(), Value::date({2020, 4, 1})};
  const std::vector<Value> items = {Value::list(item)}, grown_items = {Value::list(grown)};
  auto fields = kFields;
  const auto before =
      content_hash(fields, std::vector<FieldNumber>{3}, std::vector<Value>{Value::list(items)});
  fields[3].members = {hash_of_id("contact.place"), hash_of_id("contact.new"), hash_of_id("contact.date")};
  EXPECT_EQ(content_hash(fields, std::vector<FieldNumber>{3}, std::vector<Value>{Value::list(grown_items)}),
            before)
      << "a newer catalogue with more members says the same";
}

TEST(ContentHash, every_length_of_text_is_its_own) {
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (std::size_t length = 0; length <= 70; ++length) {
    for (const char fill : {'\0', 'a'}) {
      const std::string text(length, fill);
      const auto each = hash(Value::text(text));
      EXPECT_EQ(seen.emplace(each.high, each.low).second, length > 0 || fill == '\0');
    }
  }
}

TEST(ContentHash, half_of_the_bits_turn_when_one_does) {
  std::string text = "2020-04-01 東京都";
  const auto before = hash(Value::text(text));
  double turned = 0;
  const auto bits = text.size() * 8;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    const auto after = hash(Value::text(text));
    const auto high = std::popcount(before.high ^ after.high), low = std::popcount(before.low ^ after.low);
    EXPECT_GT(high, 10);
    EXPECT_GT(low, 10);
    turned += high + low;
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
  }
  EXPECT_NEAR(turned / static_cast<double>(bits), 64, 2);
}

TEST(ContentHash, neighbouring_records_do_not_collide_in_either_lane) {
  std::vector<std::uint64_t> high, low;
  for (int day = 0; day < 400; ++day) {
    for (int age = 0; age < 250; ++age) {
      const auto each =
          hash({0, 1, 2}, {Value::integer(age), Value::integer(day), Value::code(age % 2 ? "f" : "m")});
      high.push_back(each.high);
      low.push_back(each.low);
    }
  }
  for (auto* lane : {&high, &low}) {
    std::sort(lane->begin(), lane->end());
    EXPECT_EQ(std::adjacent_find(lane->begin(), lane->end()), lane->end());
  }
}

}  // namespace
}  // namespace musubi::linkage
