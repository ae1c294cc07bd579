// What a mapping depends on beside its own text: value sets and concept maps, wherever they are named.
#include <gmock/gmock.h>

#include "fixture.h"

namespace musubi::mapping {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::vector<std::string> used_by(const std::string& fields, const std::string& more_head = "") {
  return parsed(mapping_with(fields, more_head))->value_sets();
}

TEST(ValueSetsUsed, by_a_lookup_with_the_common_words_of_absence) {
  EXPECT_THAT(used_by("  patient.sex: { from: a, on_error: review }\n"), ElementsAre("absent", "sex"));
}

TEST(ValueSetsUsed, by_an_expression_that_names_one) {
  EXPECT_THAT(
      used_by("  patient.occupation: { expr: \"iif(a.memberOf('condition'), a, b)\", on_error: null }\n"),
      ElementsAre("condition"));
}

TEST(ValueSetsUsed, by_conditions_of_rows_and_records) {
  EXPECT_THAT(used_by("  patient.occupation: { from: a }\n",
                      "when: \"b.memberOf('symptom')\"\n"
                      "hold: { when: \"c.memberOf('risk')\", code: test.risk, ja: 危, en: risk }\n"),
              ElementsAre("risk", "symptom"));
}

TEST(ValueSetsUsed, places_however_the_function_is_written) {
  EXPECT_THAT(used_by("  patient.occupation: { expr: \"a.municipality ( '13' )\", on_error: null }\n"),
              ElementsAre("municipality"));
  EXPECT_THAT(used_by("  patient.occupation: { expr: \"a + 'municipality('\", on_error: null }\n"),
              Not(Contains("municipality")));
}

TEST(ValueSetsUsed, by_rules_of_groups) {
  EXPECT_THAT(used_by("  test:\n    for_each: [{ method: a }, { method: b }]\n"
                      "    fields:\n      test.method: { from: method, on_error: review }\n"),
              Contains("test_method"));
}

TEST(ValueSetsUsed, a_concept_map_and_the_value_set_it_comes_from) {
  const auto mapping =
      Mapping::load(project_file("mappings/hersys/research-provision.yaml"), shipped_context());
  ASSERT_TRUE(mapping.has_value()) << explained(mapping.error());
  EXPECT_THAT((*mapping)->value_sets(), IsSupersetOf({"conceptmaps/hersys-sex", "sex"}));
}

TEST(ValueSetsUsed, all_have_a_file_that_is_pinned) {
  const auto all = MappingSet::load(project_file("mappings"), shipped_context());
  ASSERT_TRUE(all.has_value()) << explained(all.error());
  for (const auto& mapping : (*all)->all())
    for (const auto& id : mapping->value_sets())
      EXPECT_NE(mapping->context().value_sets->file_of(id), nullptr) << mapping->head().id << " " << id;
}

}  // namespace
}  // namespace musubi::mapping
