// What a rule does beyond converting one cell: alternatives, absent, default, on_error, split, constants,
// provenance.
#include "fixture.h"

namespace musubi::mapping {
namespace {

using testing::HandCell;
using Findings = std::vector<std::string>;

TEST(FirstNonBlankColumn, WinsAndIsTheOriginOfTheValue) {
  const auto mapping = bound(mapping_with("  patient.sex: { from: [a, b], on_error: review }\n"));
  const auto mapped = map_rows(mapping, {{"男", "女", ""}, {" ", "女", ""}, {"", "", "x"}});
  EXPECT_EQ(mapped.json(0), R"({"patient.sex":"male"})");
  EXPECT_EQ(mapped.json(1), R"({"patient.sex":"female"})");
  const auto& rules = mapping.layout()->rules;
  EXPECT_EQ(rules[mapped.records.values(0)[0].rule()].column_index, 0);
  EXPECT_EQ(rules[mapped.records.values(1)[0].rule()].column_index, 1);
  EXPECT_EQ(rules[mapped.records.values(1)[0].rule()].from, "b");
}

TEST(Origin, NamesRuleLineAndMapping) {
  const auto mapping =
      bound(mapping_with("  report.remarks: { from: c }\n  patient.course: { value: 退院 }\n"));
  const auto& layout = *mapping.layout();
  ASSERT_EQ(layout.rules.size(), 2U);
  EXPECT_EQ(layout.rules[0].rule, "report.remarks");
  EXPECT_EQ(layout.rules[0].line, 7U);
  EXPECT_EQ(layout.rules[0].column_index, 2);
  EXPECT_EQ(layout.rules[1].from, "");
  EXPECT_EQ(layout.rules[1].column_index, -1);
  EXPECT_EQ(layout.mapping, "test/cases");
  EXPECT_EQ(layout.mapping_version, "2020-04-01");
  EXPECT_EQ(layout.mapping_digest.size(), 64U);
  const auto mapped = map_rows(mapping, {{"", "", "text"}});
  EXPECT_EQ(mapped.records.origin(0).row, 1U);
  EXPECT_EQ(mapped.records.origin(0).line, 2U);
  EXPECT_EQ(mapped.records.origin(0).length, 100U);
  EXPECT_EQ(mapped.records.value(0, layout.catalogue->number_of("patient.course")).rule(), 1);
}

TEST(Blank, LeavesAFieldSilent) {
  EXPECT_EQ(map_cell("  report.remarks: { from: a }\n", "").json(), "{}");
  EXPECT_EQ(map_cell("  onset.date: { from: a, on_error: review }\n", "　 ").json(), "{}");
}

TEST(Absent, ListTakesTheUsualReasons) {
  const std::string rule = "  onset.date: { from: a, absent: ['', 不明, 調査中, 非公表, 該当なし, 秘] }\n";
  const std::pair<const char*, const char*> expected[] = {{"", "not_asked"},
                                                          {"不明", "unknown"},
                                                          {"　調査中 ", "under_investigation"},
                                                          {"非公表", "not_disclosed"},
                                                          {"該当なし", "not_applicable"},
                                                          {"秘", "unknown"}};
  for (const auto& [word, reason] : expected)
    EXPECT_EQ(map_cell(rule, word).json(), std::string(R"({"onset.date":{"absent":")") + reason + "\"}}")
        << word;
}

TEST(Absent, MapGivesItsOwnReasons) {
  const std::string rule = "  onset.date: { from: a, absent: { '-': unknown, 無症状: not_applicable } }\n";
  for (const char* dash : {"-", "―", "ー", "－", "−", "--"})
    EXPECT_EQ(map_cell(rule, dash).json(), R"({"onset.date":{"absent":"unknown"}})") << dash;
  EXPECT_EQ(map_cell(rule, "無症状").json(), R"({"onset.date":{"absent":"not_applicable"}})");
}

TEST(Absent, UsualWordsMayBeJoinedByOthers) {
  const std::string rule =
      "  patient.residence.code: { from: a, as: municipality, absent: [usual, { 都内: not_disclosed }] }\n";
  EXPECT_EQ(map_cell(rule, "都内").json(), R"({"patient.residence.code":{"absent":"not_disclosed"}})");
  EXPECT_EQ(map_cell(rule, "調査中").json(),
            R"({"patient.residence.code":{"absent":"under_investigation"}})");
  EXPECT_EQ(map_cell(rule, "").json(), R"({"patient.residence.code":{"absent":"not_asked"}})");
}

TEST(Absent, AloneSendsOtherWordsToReview) {
  const auto mapped = map_cell("  onset.date: { from: a, absent: [不明] }\n", "そのうち");
  EXPECT_EQ(mapped.findings(), Findings{"mapping.value_not_understood onset.date a error"});
}

TEST(Absent, MayBeADateThatStandsForNone) {
  const std::string rule = "  onset.date: { from: a, absent: { 1900-01-01: unknown }, on_error: review }\n";
  EXPECT_EQ(map_cell(rule, "1900-01-01").json(), R"({"onset.date":{"absent":"unknown"}})");
  EXPECT_EQ(map_cell(rule, "2020-04-01").json(), R"({"onset.date":"2020-04-01"})");
}

TEST(Default, StandsInForBlanksAndForWhatIsNotUnderstood) {
  const std::string rule = "  patient.course: { from: a, default: 入院中 }\n";
  EXPECT_EQ(map_cell(rule, "").json(), R"({"patient.course":"in_hospital"})");
  const auto mapped = map_cell(rule, "なぞ");
  EXPECT_EQ(mapped.json(), R"({"patient.course":"in_hospital"})");
  EXPECT_EQ(mapped.findings(), Findings{"mapping.default_taken patient.course a information"});
}

TEST(OnError, ReviewHoldsRejectSendsBackNullWarns) {
  const auto rule = [](const std::string& then) {
    return "  onset.date: { from: a, on_error: " + then + " }\n";
  };
  for (const auto* then : {"review", "reject", "null"})
    EXPECT_EQ(map_cell(rule(then), "x").json(), R"({"onset.date":{"absent":"unreadable"}})") << then;
  EXPECT_EQ(map_cell(rule("review"), "x").findings(),
            Findings{"mapping.value_not_understood onset.date a error"});
  EXPECT_EQ(map_cell(rule("reject"), "x").findings(), Findings{"mapping.value_rejected onset.date a error"});
  EXPECT_EQ(map_cell(rule("null"), "x").findings(),
            Findings{"mapping.value_not_understood onset.date a warning"});
}

TEST(OnError, IsToldOfEveryRowAlsoWhenTheSameWordComesAgain) {
  const auto mapping = bound(mapping_with("  onset.date: { from: a, on_error: review }\n"));
  const auto mapped = map_rows(mapping, {{"x", "", ""}, {"2020-04-01", "", ""}, {"x", "", ""}});
  ASSERT_EQ(mapped.records.findings().size(), 2U);
  EXPECT_EQ(mapped.records.findings()[0].record, 0U);
  EXPECT_EQ(mapped.records.findings()[1].record, 2U);
}

TEST(SameText, InCellsOfDifferentKindIsNotConfused) {
  const auto mapping = bound(mapping_with("  onset.date: { from: a, on_error: review }\n"));
  const auto mapped = map_rows(mapping, {{HandCell("43922", document::CellKind::text), "x", ""},
                                         {HandCell("43922", document::CellKind::number), "x", ""}});
  EXPECT_EQ(mapped.findings().size(), 2U);
}

TEST(LongAndShortTexts, AreRememberedByTheirWholeContent) {
  const auto mapping = bound(mapping_with("  patient.attribute: { from: a, absent: [不明] }\n"));
  std::vector<std::vector<HandCell>> cells;
  for (const std::string text : {"a", "b", "ab", "ba", "abc", "acb", "abcd", "abdc", "abcdefgh", "abcdefgi",
                                 "12345678-middle-12345678", "12345678-muddle-12345678"})
    for (int times = 0; times < 2; ++times) cells.push_back({text, "", ""});
  const auto mapped = map_rows(mapping, cells);
  for (std::size_t row = 0; row < cells.size(); ++row)
    EXPECT_EQ(mapped.json(row), "{\"patient.attribute\":\"" + cells[row][0].text + "\"}");
}

TEST(Split, MakesAListAndLeavesOutWhatIsNotUnderstood) {
  const std::string rule = "  symptom.codes: { from: a, split: ';', absent: usual, on_error: review }\n";
  EXPECT_EQ(map_cell(rule, "発熱; 咳 ;;").json(), R"({"symptom.codes":["fever","cough"]})");
  EXPECT_EQ(map_cell(rule, "不明").json(), R"({"symptom.codes":{"absent":"unknown"}})");
  const auto mapped = map_cell(rule, "発熱;なぞ");
  EXPECT_EQ(mapped.json(), R"({"symptom.codes":["fever"]})");
  EXPECT_EQ(mapped.findings(), Findings{"mapping.value_not_understood symptom.codes a error"});
}

TEST(Constant, FillsEveryRecord) {
  const std::string rules =
      "  report.jurisdiction.code: { value: '270008' }\n  patient.course: { value: 退院 }\n";
  EXPECT_EQ(map_cell(rules, "x").json(),
            R"({"report.jurisdiction.code":"270008","patient.course":"discharged"})");
}

TEST(Boolean, TakesItsOwnWords) {
  const std::string rule =
      "  outcome.discharged: { from: a, true: [退院, 〇], false: [入院中], on_error: review }\n";
  EXPECT_EQ(map_cell(rule, "〇").json(), R"({"outcome.discharged":true})");
  EXPECT_EQ(map_cell(rule, "入院中").json(), R"({"outcome.discharged":false})");
  EXPECT_EQ(map_cell(rule, "1").findings().size(), 1U) << "the usual words no longer hold";
}

TEST(Lookup, WithAPrefectureTellsInsideFromOutside) {
  const std::string rule =
      "  patient.residence.area: { from: a, lookup: residence_area, prefecture: '27', on_error: null }\n";
  EXPECT_EQ(map_cell(rule, "岸和田市").json(), R"({"patient.residence.area":"in_prefecture"})");
  EXPECT_EQ(map_cell(rule, "大阪府外").json(), R"({"patient.residence.area":"out_of_prefecture"})");
  EXPECT_EQ(map_cell(rule, "兵庫県").json(), R"({"patient.residence.area":"out_of_prefecture"})");
  EXPECT_EQ(map_cell(rule, "どこか").findings().size(), 1U);
}

TEST(Municipality, IsLookedUpInItsPrefecture) {
  const auto rule = [](const std::string& prefecture) {
    return "  patient.residence.code: { from: a, as: municipality, prefecture: '" + prefecture +
           "', on_error: review }\n";
  };
  EXPECT_EQ(map_cell(rule("13"), "府中市").json(), R"({"patient.residence.code":"132063"})");
  EXPECT_EQ(map_cell(rule("34"), "府中市").json(), R"({"patient.residence.code":"342084"})");
}

TEST(Text, ThatIsUnchangedIsAViewOfTheCellAndLivesWithTheRecords) {
  const auto mapping =
      bound(mapping_with("  report.remarks: { from: a }\n  patient.attribute: { from: b, absent: usual }\n"));
  model::RecordBatch records(mapping.layout());
  const char* cell = nullptr;
  {
    const auto rows = testing::rows(3, {{" a text of some length ", "another", ""}});
    cell = rows.row(0)[0].data;
    mapping.apply(rows, records);
  }
  const auto text = records.value(0, mapping.layout()->catalogue->number_of("report.remarks")).as_text();
  EXPECT_EQ(text, "a text of some length");
  EXPECT_EQ(text.data(), cell + 1);
}

TEST(Records, OutliveTheMappingThatMadeThem) {
  auto records = [] {
    const auto mapping = bound(
        mapping_with("  patient.course: { value: 退院 }\n  patient.sex: { from: a, on_error: review }\n"));
    return map_rows(mapping, {{"男", "", ""}});
  }();
  EXPECT_EQ(records.json(), R"({"patient.sex":"male","patient.course":"discharged"})");
}

TEST(Values, NeverAppearInFindings) {
  const auto mapped = map_cell("  onset.date: { from: a, on_error: review }\n", "秘密の名前");
  for (const auto& finding : mapped.findings()) EXPECT_EQ(finding.find("秘密"), finding.npos);
}

}  // namespace
}  // namespace musubi::mapping
