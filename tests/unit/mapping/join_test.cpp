// Local ids put together from columns and canonical fields.
#include "fixture.h"

namespace musubi::mapping {
namespace {

std::string counts(const std::string& join) {
  return "mapping: test/counts\nversion: 2020-04-01\nreads: csv\nrecord: published_count\nlocal_id: "
         "count.local_id\n"
         "columns: [日付, 地域, 区分]\nfields:\n  count.local_id: " +
         join +
         "\n  count.date: { from: 日付, on_error: review }\n  count.category: { from: 区分, on_error: review "
         "}\n"
         "  count.area.prefecture: { value: 東京都 }\n";
}

std::string id_of(const Mapped& mapped, std::size_t record) {
  const auto& value =
      mapped.records.value(record, mapped.records.layout().catalogue->number_of("count.local_id"));
  return value.present() ? std::string(value.as_text()) : "(none)";
}

BoundMapping bound_counts(const std::string& join,
                          std::vector<std::string> columns = {"日付", "地域", "区分"}) {
  return bound(counts(join), columns);
}

TEST(Join, TakesCanonicalTextOfFieldsSoThatSpellingsOfADayAgree) {
  const auto mapping = bound_counts("{ join: [count.category, 地域, count.date] }");
  const auto mapped =
      map_rows(mapping, {{"2020/4/1", "１区", "市区町村"}, {"令和2年4月1日", "1区", "市町村"}});
  EXPECT_EQ(id_of(mapped, 0), "municipality/1区/2020-04-01");
  EXPECT_EQ(id_of(mapped, 1), id_of(mapped, 0));
}

TEST(Join, HasPrefixAndSeparator) {
  const auto mapping = bound_counts("{ join: [地域, count.date], prefix: 'daily:', separator: '+' }");
  EXPECT_EQ(id_of(map_rows(mapping, {{"2020-04-01", "a", ""}}), 0), "daily:a+2020-04-01");
}

TEST(Join, KeepsThePlaceOfBlankParts) {
  const auto mapping = bound_counts("{ join: [count.category, 地域, count.date] }");
  EXPECT_EQ(id_of(map_rows(mapping, {{"2020-04-01", "", "都外"}}), 0), "out_of_prefecture//2020-04-01");
}

TEST(Join, OfNothingButConstantsNamesNothingAndHoldsTheRecord) {
  const auto mapping = bound_counts("{ join: [count.area.prefecture, count.date] }");
  const auto mapped = map_rows(mapping, {{"", "a", "都外"}});
  EXPECT_EQ(id_of(mapped, 0), "(none)");
  ASSERT_EQ(mapped.findings().size(), 1U);
  EXPECT_EQ(mapped.findings()[0],
            "mapping.required_missing count.local_id count.area.prefecture + count.date error");
}

TEST(Join, NeedsDatesInFullAndPartsThatAreUnderstood) {
  const auto mapping = bound_counts("{ join: [count.category, count.date] }");
  const auto mapped =
      map_rows(mapping, {{"4月1日", "a", "都外"}, {"2020-04-01", "a", "なぞ"}, {"", "a", "都外"}});
  for (const std::size_t record : {0U, 1U, 2U}) EXPECT_EQ(id_of(mapped, record), "(none)") << record;
}

TEST(Join, CannotDoWithoutAColumnNorAFieldsColumn) {
  const auto by_column = parsed(counts("{ join: [地域, count.date] }"));
  EXPECT_TRUE(by_column->bind(std::vector<std::string>{"日付", "区分"}).has_error());
  const auto missing = by_column->bind(std::vector<std::string>{"地域", "区分"});
  ASSERT_TRUE(missing.has_error());
  EXPECT_EQ(missing.error().place().field, "日付");
}

}  // namespace
}  // namespace musubi::mapping
