// Faults in files of rules: each gets a code, a place and, where one is near, a suggestion.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "house.h"

namespace musubi::quality {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string described(std::string_view text) {
  const auto loaded = test::load(text);
  return loaded ? "loaded" : base::describe(base::Language::english, loaded.error());
}

std::string code_for(std::string_view text) {
  const auto loaded = test::load(text);
  return loaded ? "loaded" : loaded.error().code();
}

struct Fault {
  const char* expect;
  const char* code;
};

TEST(LoadingRules, RefusesWhatAnExpectationCannotMean) {
  const Fault faults[] = {
      {"{ required: [] }", "quality.fields_needed"},
      {"{ required: report.local_id }", "quality.fields_needed"},
      {"{ required: [report.locale_id] }", "quality.unknown_field_near"},
      {"{ required: [count.date] }", "quality.other_record"},
      {"{ required: [report.local_id], answered: [patient.sex] }", "quality.one_expectation"},
      {"{}", "quality.one_expectation"},
      {"required", "yaml.not_a_map"},
      {"{ requires: [report.local_id] }", "yaml.unknown_key_near"},
      {"{ in_value_set: [onset.date] }", "quality.wrong_type"},
      {"{ not_after: [onset.date] }", "quality.two_fields_needed"},
      {"{ not_after: [onset.date, patient.sex] }", "quality.wrong_type"},
      {"{ not_after: [test.collected_on, stay.to] }", "quality.different_groups"},
      {"{ not_future: [patient.age] }", "quality.wrong_type"},
      {"{ not_before: { fields: [onset.date] } }", "yaml.missing_key"},
      {"{ not_before: { fields: [onset.date], day: 2020-02-30 } }", "yaml.not_a_day"},
      {"{ not_before: { day: 2020-02-20 } }", "yaml.missing_key"},
      {"{ municipality_in_prefecture: [patient.sex, patient.residence.prefecture] }", "quality.wrong_type"},
      {"{ age_matches_birth_date: { age: patient.age, birth_date: patient.birth_date, on: [report.date] } }",
       "yaml.missing_key"},
      {"{ age_matches_birth_date: { age: patient.age, on: [report.date], years: 1 } }", "yaml.missing_key"},
      {"{ age_matches_band: { age: patient.age, band: patient.age_band, bands: { 40s: [49, 40] } } }",
       "quality.bad_band"},
      {"{ age_matches_band: { age: patient.age, band: patient.age_band, bands: { 45s: [40, 49] } } }",
       "quality.unknown_value_near"},
      {"{ age_matches_band: { age: patient.age, band: patient.age_band, bands: [1] } }", "yaml.not_a_map"},
      {"{ weekday_matches_date: [report.published_on, report.published_on] }", "quality.wrong_type"},
      {"{ range: { fields: [patient.age], least: 10, most: 0 } }", "quality.empty_range"},
      {"{ range: { fields: [patient.age], least: low, most: 0 } }", "yaml.not_a_number"},
      {"{ range: { fields: [patient.sex], least: 0, most: 1 } }", "quality.wrong_type"},
      {"{ range: { fields: [patient.age], least: 0, most: 1, mots: 2 } }", "yaml.unknown_key_near"},
      {"{ implies: { field: patient.course, is: [deat], needs: [death.date] } }",
       "quality.unknown_value_near"},
      {"{ implies: { field: patient.course, is: [], needs: [death.date] } }", "quality.codes_needed"},
      {"{ implies: { field: symptom.codes, is: [fever], needs: [death.date] } }", "quality.repeats"},
  };
  for (const auto& [expect, code] : faults) EXPECT_EQ(code_for(test::rule(expect)), code) << expect;
}

TEST(LoadingRules, SaysWhereAndSuggests) {
  EXPECT_THAT(described(test::rule("{ not_after: [onset.date, report.dat] }")),
              AllOf(HasSubstr("rules.yaml:7:39: "), HasSubstr("report.dat"),
                    HasSubstr("Did you mean \"report.date\"?")));
  EXPECT_THAT(described(test::rule("{ not_aftr: [onset.date, report.date] }")),
              AllOf(HasSubstr("rules.yaml:7:15: "), HasSubstr("Did you mean \"not_after\"?")));
  EXPECT_THAT(described(test::rule("{ not_future: [onset.date] }", "eror")),
              AllOf(HasSubstr("rules.yaml:4:15: "), HasSubstr("Did you mean \"error\"?")));
}

TEST(LoadingRules, CountsColumnsInCharacters) {
  EXPECT_THAT(described("record: case\nrules:\n  - { ja: 発病日, code: BAD, severity: error, en: x, expect: "
                        "{ required: [report.local_id] } }\n"),
              HasSubstr("rules.yaml:3:22: "));
}

TEST(LoadingRules, TellsAllFaultsAtOnce) {
  const std::string text = described(test::rule("{ not_after: [onset.dat, report.dat] }", "eror"));
  EXPECT_THAT(text, AllOf(HasSubstr("onset.dat"), HasSubstr("report.dat"), HasSubstr("eror")));
}

TEST(LoadingRules, NeedsBothLanguagesCodeSeverityAndExpectation) {
  EXPECT_THAT(described("record: case\nrules:\n  - { code: case.test }\n"),
              AllOf(HasSubstr("\"ja\" is missing"), HasSubstr("\"en\" is missing"),
                    HasSubstr("\"severity\" is missing"), HasSubstr("\"expect\" is missing")));
  EXPECT_THAT(described(test::rule("") + "    extra: 1\n"), HasSubstr("\"extra\""));
}

TEST(LoadingRules, KeepsCodesUnique) {
  const std::string one = test::rule("{ not_future: [onset.date] }");
  EXPECT_EQ(code_for(one + one.substr(one.find("  - code"))), "quality.repeated_code");
  const test::TemporaryFolder folder;
  folder.write("a.yaml", one);
  folder.write("b.yaml", one);
  const auto loaded = Checks::load(folder.path(), test::catalogue(), test::value_sets());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code(), "quality.repeated_code");
  EXPECT_THAT(loaded.error().place().file, testing::EndsWith("b.yaml"));
}

TEST(LoadingRules, RefusesFilesThatAreNone) {
  EXPECT_EQ(code_for("record: case\nrules: 7\n"), "quality.no_rules");
  EXPECT_EQ(code_for("record: cases\nrules: []\n"), "yaml.unknown_word_near");
  EXPECT_EQ(code_for("- a\n"), "yaml.not_a_map");
  EXPECT_EQ(code_for(""), "yaml.empty_file");
  EXPECT_EQ(code_for("record: [case\n"), "yaml.bracket_not_closed");
  EXPECT_EQ(code_for("record: \x93\x8C\n"), "yaml.not_utf8");
  EXPECT_EQ(code_for("record: case\nrecord: case\nrules: []\n"), "yaml.repeated_key");
}

TEST(LoadingRules, NeedsAFolderWithFiles) {
  const test::TemporaryFolder folder;
  const auto empty = Checks::load(folder.path(), test::catalogue(), test::value_sets());
  ASSERT_TRUE(empty.has_error());
  EXPECT_EQ(empty.error().code(), "quality.no_files");
  const auto missing = Checks::load(folder.path() / "none", test::catalogue(), test::value_sets());
  ASSERT_TRUE(missing.has_error());
  EXPECT_EQ(missing.error().code(), "file.not_found");
}

TEST(LoadingRules, TakesAFileWithoutRules) { EXPECT_EQ(code_for("record: case\nrules: []\n"), "loaded"); }

TEST(LoadingRules, AnExceptionIsABooleanFieldOfTheSameRecord) {
  const auto with = [](const std::string& exception) {
    return code_for(
        "record: case\nrules:\n  - code: case.a\n    severity: error\n    expect: { required: "
        "[onset.date] }\n    unless: " +
        exception + "\n    ja: あ\n    en: a\n");
  };
  EXPECT_EQ(with("confirmation.withdrawn"), "loaded");
  EXPECT_EQ(with("patient.sex"), "quality.wrong_type");
  EXPECT_EQ(with("confirmation.withdrawm"), "quality.unknown_field_near");
  EXPECT_EQ(with("count.date"), "quality.other_record");
}

}  // namespace
}  // namespace musubi::quality
