#include "musubi/mapping/difference.h"

#include <gmock/gmock.h>

#include "fixture.h"
#include "temporary_folder.h"

namespace musubi::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "changed fields.patient.sex/on_error: review -> null @7>7" of each.
std::vector<std::string> told(const std::vector<Change>& changes) {
  std::vector<std::string> lines;
  for (const auto& each : changes) {
    std::string path;
    for (const auto& key : each.path) path += (path.empty() ? "" : "/") + key;
    lines.push_back(std::string(name_of(each.kind)) + " " + path + ": " + each.before + " -> " + each.after +
                    " @" + std::to_string(each.line_before) + ">" + std::to_string(each.line_after));
  }
  return lines;
}

constexpr const char* kBefore =
    "mapping: test/cases\n"
    "columns: [a, b]\n"
    "fields:\n"
    "  patient.sex: { from: a, lookup: sex, on_error: review }\n"
    "  onset.date: { from: b, as: date, on_error: review }\n";

TEST(Difference, comments_and_layout_do_not_count) {
  const std::string after =
      "# a comment\nmapping: 'test/cases'\ncolumns:\n  - a\n  - b\nfields:\n" +
      std::string("  patient.sex:\n    from: a\n    lookup: sex\n    on_error: review\n") +
      "  onset.date: { from: b, as: date, on_error: review }\n";
  EXPECT_THAT(differences(kBefore, after), IsEmpty());
}

TEST(Difference, a_rule_that_came_went_or_changed_is_told_by_its_keys) {
  EXPECT_THAT(told(differences(kBefore,
                               "mapping: test/cases\n"
                               "columns: [a, b]\n"
                               "fields:\n"
                               "  patient.sex: { from: [a, c], on_error: null, absent: usual }\n"
                               "  report.remarks: { from: b }\n")),
              ElementsAre("removed fields/onset.date: { from: b, as: date, on_error: review } ->  @5>0",
                          "removed fields/patient.sex/lookup: sex ->  @4>0",
                          "changed fields/patient.sex/from: a -> [a, c] @4>4",
                          "changed fields/patient.sex/on_error: review -> null @4>4",
                          "added fields/patient.sex/absent:  -> usual @0>4",
                          "added fields/report.remarks:  -> { from: b } @0>5"));
}

TEST(Difference, of_a_list_of_texts_the_items_are_told) {
  EXPECT_THAT(told(differences("columns: [a, b, c]\n", "columns: [c, a, d]\n")),
              ElementsAre("removed columns: b ->  @1>0", "added columns:  -> d @0>1"));
  EXPECT_THAT(told(differences("columns: [a, b]\n", "columns: [b, a]\n")),
              ElementsAre("changed columns: [a, b] -> [b, a] @1>1"));
}

TEST(Difference, texts_are_quoted_where_yaml_needs_it) {
  EXPECT_THAT(told(differences("a: x\n", "a: ['', '- y', 'p: q', 不明]\n")),
              ElementsAre("changed a: x -> ['', '- y', 'p: q', 不明] @1>1"));
}

TEST(Difference, everything_of_a_new_file_is_new) {
  EXPECT_THAT(told(differences("", "mapping: t/c\nfields:\n  patient.sex: { from: a }\n")),
              ElementsAre("added mapping:  -> t/c @0>1", "added fields/patient.sex:  -> { from: a } @0>3"));
}

TEST(Difference, a_synonym_of_a_value_set_is_told) {
  EXPECT_THAT(
      told(differences("codes:\n  90s: { ja: 90代, synonyms: ['90'] }\n",
                       "codes:\n  90s: { ja: 90代, synonyms: ['90', 90代以上] }\n  x: { ja: X }\n")),
      ElementsAre("added codes/90s/synonyms:  -> 90代以上 @0>2", "added codes/x:  -> { ja: X } @0>3"));
}

TEST(Difference, a_table_is_compared_line_by_line) {
  EXPECT_THAT(told(table_differences("code,name\n1,a\n2,b\n3,c\n3,d\n", "code,name\n1,a\n3,c\n3,e\n4,f\n")),
              ElementsAre("removed 2: 2,b ->  @3>0", "changed 3: 3,d -> 3,e @5>4", "added 4:  -> 4,f @0>5"));
}

TEST(ValueSetsOfAMapping, are_those_its_rules_look_words_up_in) {
  EXPECT_THAT(parsed(mapping_with("  report.local_id: { from: a }\n"
                                  "  patient.sex: { from: b, lookup: sex, on_error: review }\n"))
                  ->value_sets(),
              ElementsAre("absent", "sex"));
  EXPECT_THAT(
      parsed(mapping_with("  report.local_id: { from: a }\n"
                          "  patient.residence.code: { from: b, lookup: municipality, on_error: null }\n"))
          ->value_sets(),
      ElementsAre("municipality"));
}

/// A text that is pinned, of a mapping that extends another.
std::string pinned(const std::string& base_rule) {
  musubi::testing::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "common");
  std::filesystem::create_directory(folder.path() / "test");
  folder.write("common/base.yaml",
               "mapping: common/base\nversion: 2020-01-01\nreads: csv\nrecord: case\n"
               "columns: [a]\nfields:\n  report.remarks: " +
                   base_rule + "\n");
  const auto own = folder.write("test/own.yaml",
                                "mapping: test/own\nversion: 2020-04-01\n"
                                "extends: common/base\nfields:\n"
                                "  patient.attribute: { from: a }\n");
  const auto text = pinned_text(own, folder.path());
  if (text.has_error()) throw std::runtime_error(explained(text.error()));
  return *text;
}

TEST(Difference, in_a_mapping_that_is_extended_names_it_and_its_line) {
  const auto changes = differences(pinned("{ from: a }"), pinned("{ value: none }"));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_THAT(told(changes), ElementsAre("removed fields/report.remarks/from: a ->  @7>0",
                                         "added fields/report.remarks/value:  -> none @0>7"));
  EXPECT_EQ(changes[0].mapping_before, "common/base@2020-01-01");
  EXPECT_EQ(changes[1].mapping_after, "common/base@2020-01-01");
}

}  // namespace
}  // namespace musubi::mapping
