// A mapping meets a real header: names as they are written, drift, columns it cannot do without.
#include <gmock/gmock.h>

#include "fixture.h"

namespace musubi::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using Columns = std::vector<std::string>;

const char* const kList =
    "mapping: test/list\nversion: 2020-04-01\nreads: csv\nrecord: case\nlocal_id: report.local_id\n"
    "columns: [No, 公表_年月日, 患者_年代, 退院, 備考]\noptional: [退院・解除, 国籍]\nrequired: [No, 退院]\n"
    "fields:\n"
    "  report.local_id: { from: No }\n"
    "  report.published_on: { from: 公表_年月日, on_error: review }\n"
    "  patient.age_band: { from: 患者_年代, on_error: review }\n"
    "  patient.course: { from: [退院, 退院・解除], on_error: review }\n"
    "  patient.nationality: { from: 国籍 }\n"
    "  report.remarks: { from: 備考 }\n";

Drift drift_of(const Columns& columns) { return bound(kList, columns).drift(); }

TEST(Header, IsMatchedWhateverItsWidthBlanksAndLineBreaks) {
  const auto mapping = bound(kList, {"ＮＯ", " 公表_年月日", "患者_年\n代", "退　院", "備 考"});
  EXPECT_TRUE(mapping.drift().empty());
  const auto mapped = map_rows(mapping, {{"7", "2020-04-01", "40代", "退院", "text"}}, 5);
  EXPECT_EQ(mapped.json(),
            R"({"report.local_id":"7","report.published_on":"2020-04-01","report.remarks":"text",)"
            R"("patient.age_band":"40s","patient.course":"discharged"})");
}

TEST(Header, InAnotherOrderReadsTheSame) {
  const auto mapping = bound(kList, {"備考", "退院", "No", "患者_年代", "公表_年月日"});
  EXPECT_TRUE(mapping.drift().empty());
  EXPECT_EQ(
      map_rows(mapping, {{"", "", "7", "", ""}}, 5).json(),
      R"({"report.local_id":"7","patient.age_band":{"absent":"not_asked"},"patient.course":{"absent":"not_asked"}})");
}

TEST(Drift, IsNoneForOptionalColumnsAndAlternatives) {
  EXPECT_TRUE(drift_of({"No", "公表_年月日", "患者_年代", "退院・解除", "備考", "国籍"}).empty());
}

TEST(Drift, NamesMissingAndUnknownColumns) {
  const auto drift = drift_of({"No", "公表_年月日", "退院", "備考", "振興局"});
  EXPECT_THAT(drift.missing, ElementsAre("患者_年代"));
  EXPECT_THAT(drift.unknown, ElementsAre("振興局"));
}

TEST(Drift, RecognisesRenames) {
  const auto by_prefix = drift_of({"No", "公表_年月日", "年代", "退院", "備考"});
  EXPECT_THAT(by_prefix.renamed, ElementsAre(Pair("患者_年代", "年代")));
  EXPECT_THAT(by_prefix.missing, IsEmpty());
  EXPECT_THAT(by_prefix.unknown, IsEmpty());
  const auto by_spelling = drift_of({"No", "公表年月日", "患者_年代", "退院", "備考（その他）"});
  EXPECT_THAT(by_spelling.renamed,
              ElementsAre(Pair("公表_年月日", "公表年月日"), Pair("備考", "備考（その他）")));
}

TEST(Drift, NumbersColumnsWithoutNameAndRepeatedOnes) {
  const auto drift = drift_of({"No", "公表_年月日", "患者_年代", "退院", "備考", "", "備考"});
  EXPECT_THAT(drift.unknown, ElementsAre("[6]", "備考 [7]"));
}

TEST(Drift, RecognisesANewNameOfTwoCharacters) {
  const auto drift = drift_of({"No", "公表_年月", "患者_年令", "退院", "備考"});
  EXPECT_THAT(drift.renamed, ElementsAre(Pair("公表_年月日", "公表_年月"), Pair("患者_年代", "患者_年令")));
  const auto refused = parsed(kList)->bind(Columns{"No", "公表_年月日", "患者_年代", "入院", "備考"});
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "mapping.column_missing") << "to leave a hospital is not to enter one";
}

TEST(Drift, ShowsNoNameThatMayBeACellOfARecord) {
  const auto drift = drift_of(
      {"No", "公表_年月日", "患者_年代", "退院", "備考", "山田太郎 090-1234-5678", "備考 2020-04-20 渋谷"});
  EXPECT_THAT(drift.unknown, ElementsAre("[6]", "[7]"));
}

TEST(Bind, KeepsThePlanOfTheColumnsThatWereBoundLast) {
  const auto mapping = parsed(kList);
  const Columns columns{"No", "公表_年月日", "患者_年代", "退院", "備考"};
  const auto without_age = [&] { return *mapping->bind(Columns{"No", "公表_年月日", "退院", "備考"}); };
  const auto first = *mapping->bind(columns);
  EXPECT_EQ(mapping->bind(columns)->layout(), first.layout());
  EXPECT_NE(without_age().layout(), first.layout());
  EXPECT_LT(without_age().layout()->slots.size(), first.layout()->slots.size());
  EXPECT_EQ(mapping->bind(columns)->layout()->slots.size(), first.layout()->slots.size());
  EXPECT_TRUE(mapping->bind(Columns{"備考"}).has_error());
  EXPECT_TRUE(mapping->bind(Columns{"備考"}).has_error()) << "what cannot be bound is not kept";
}

TEST(MissingColumn, LeavesItsFieldOutOfTheLayout) {
  const auto mapping = bound(kList, {"No", "公表_年月日", "退院", "備考"});
  EXPECT_EQ(mapping.layout()->slot(mapping.layout()->catalogue->number_of("patient.age_band")), -1);
}

TEST(RequiredColumn, ThatIsMissingIsAnErrorWithASuggestion) {
  const auto result = parsed(kList)->bind(Columns{"番号", "公表_年月日", "患者_年代", "退院日", "備考"});
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().kind(), base::ErrorKind::bad_input);
  const auto text = base::describe(base::Language::japanese, result.error());
  EXPECT_THAT(text, HasSubstr("欠かせない列「No」"));
  EXPECT_THAT(text, HasSubstr("列「退院日」に名前が変わったのなら"));
}

TEST(RequiredColumn, ThatIsBlankHoldsTheRecord) {
  const auto mapping = bound(kList, {"No", "公表_年月日", "患者_年代", "退院", "備考"});
  const auto mapped = map_rows(mapping, {{"", "2020-04-01", "", "", ""}}, 5);
  ASSERT_EQ(mapped.findings().size(), 1U) << "the value set of patient.course knows what a blank is";
  EXPECT_EQ(mapped.findings()[0], "mapping.required_missing report.local_id No error");
}

TEST(UnnamedColumn, CanBeRead) {
  const std::string yaml =
      "mapping: test/days\nversion: 2020-04-01\nreads: xlsx\nrecord: published_count\ncolumns: ['', 件数]\n"
      "fields:\n  count.date: { from: '', as: serial_date, on_error: review }\n";
  const auto mapping = bound(yaml, {"", "件数"});
  EXPECT_TRUE(mapping.drift().empty());
  EXPECT_EQ(map_rows(mapping, {{"43922", "1"}}, 2).json(), R"({"count.date":"2020-04-01"})");
}

TEST(IgnoredLayout, IsNotBoundAndSaysWhy) {
  const auto mapping = parsed(
      "mapping: test/pivot\nversion: 2020-04-01\nreads: xlsx\nsheet: 集計\ncolumns: [行ラベル]\n"
      "ignore: mapping.part_is_summary\n");
  EXPECT_EQ(mapping->head().ignored_because, "mapping.part_is_summary");
  EXPECT_EQ(mapping->head().sheet, "集計");
  const auto result = mapping->bind(Columns{"行ラベル"});
  ASSERT_TRUE(result.has_error());
  EXPECT_EQ(result.error().code(), "mapping.layout_ignored");
}

TEST(Head, IsWhatTheFileSays) {
  const auto head =
      parsed(mapping_with("  report.local_id: { from: a }\n  onset.date: { from: b, on_error: null }\n",
                          "jurisdiction: '10006'\nlocal_id: report.local_id\nas_of: c\n"
                          "event_date: onset.date\nencoding: cp932\nheader_rows: 2\nitems: data.list\n"
                          "required: [a]\noptional: [d]\n"))
          ->head();
  EXPECT_EQ(head.id, "test/cases");
  EXPECT_EQ(head.record, model::RecordKind::case_report);
  EXPECT_EQ(head.jurisdiction, "010006");
  EXPECT_EQ(head.local_id_field, "report.local_id");
  EXPECT_EQ(head.as_of_column, "c");
  EXPECT_EQ(head.event_date_field, "onset.date");
  EXPECT_EQ(head.encoding, document::Encoding::cp932);
  EXPECT_EQ(head.header_rows, 2U);
  EXPECT_EQ(head.items, "data.list");
  EXPECT_THAT(head.columns, ElementsAre("a", "b", "c"));
  EXPECT_THAT(head.required_columns, ElementsAre("a"));
  EXPECT_THAT(head.optional_columns, ElementsAre("d"));
}

}  // namespace
}  // namespace musubi::mapping
