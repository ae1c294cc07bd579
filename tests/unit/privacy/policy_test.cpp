#include "musubi/privacy/policy.h"

#include <gmock/gmock.h>

#include <vector>

#include "small_catalogue.h"

namespace musubi::privacy {
namespace {

using model::FieldNumber;
using test::day;
using testing::HasSubstr;

class Deciding : public ::testing::Test {
 protected:
  std::shared_ptr<const model::Catalogue> catalogue = test::catalogue_of();

  FieldNumber field(std::string_view id) const { return catalogue->number_of(id); }
  Decision decide(const Policies& policies, std::string_view id, Request request = test::kToCentral,
                  std::chrono::sys_days on = day(2020, 4, 1)) const {
    return policies.decide(request, field(id), on);
  }
  std::string refusal(std::string_view rules, std::string_view jurisdiction = test::kTokyo) const {
    return refusal_of_file(test::pack_of(rules), jurisdiction);
  }
  std::string refusal_of_file(std::string_view pack, std::string_view jurisdiction = test::kTokyo) const {
    const auto loaded = test::try_policies(pack, catalogue, jurisdiction);
    return loaded.has_error() ? base::describe(base::Language::english, loaded.error()) : "loaded";
  }
};

TEST_F(Deciding, WhatNoRuleNamesIsWithheld) {
  const auto policies = test::policies_of(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.age], because: {ja: あ, en: a}}
)",
                                          catalogue);
  EXPECT_EQ(decide(*policies, "patient.age").treatment, Treatment::release);
  EXPECT_EQ(decide(*policies, "patient.age").rule, "test:a");
  EXPECT_EQ(decide(*policies, "patient.name").treatment, Treatment::withhold);
  EXPECT_EQ(decide(*policies, "patient.name").rule, kDefaultDeny);
}

TEST_F(Deciding, WhateverIsUnknownIsWithheld) {
  const auto policies = test::policies_of(test::kReleaseAll, catalogue);
  ASSERT_EQ(decide(*policies, "patient.age").treatment, Treatment::release);
  for (const Request& request :
       {Request{"270008", "law", "surveillance", "central-store"},
        Request{"130001", "no law", "surveillance", "central-store"},
        Request{"130001", "law", "curiosity", "central-store"},
        Request{"130001", "law", "surveillance", "press"}, Request{"130001", "*", "*", "*"}, Request{}}) {
    EXPECT_EQ(decide(*policies, "patient.age", request).treatment, Treatment::withhold) << request.basis;
    EXPECT_EQ(decide(*policies, "patient.age", request).rule, kDefaultDeny);
  }
  for (const FieldNumber unknown : {model::kNoField, static_cast<FieldNumber>(catalogue->fields().size())})
    EXPECT_EQ(policies->decide(test::kToCentral, unknown, day(2020, 4, 1)).treatment, Treatment::withhold);
}

TEST_F(Deciding, ForbidWinsOverARuleThatNamesTheFieldMoreNarrowly) {
  const auto policies = test::policies_of(R"(
  - {id: open, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.name], because: {ja: あ, en: a}}
  - {id: shut, effect: forbid, recipient: '*', purpose: '*', basis: '*', classes: [direct_identifier],
     because: {ja: あ, en: a}}
)",
                                          catalogue);
  EXPECT_EQ(decide(*policies, "patient.name").treatment, Treatment::withhold);
  EXPECT_EQ(decide(*policies, "patient.name").rule, "test:shut");
}

TEST_F(Deciding, ForbidOfAPackWinsOverTheJurisdictionsOwnRule) {
  const auto policies = test::policies_of(R"(
  - {id: shut, effect: forbid, recipient: central-store, purpose: '*', basis: '*', classes: [direct_identifier],
     because: {ja: あ, en: a}}
)",
                                          catalogue, std::string(test::kTokyo) + R"(
rules:
  - {id: open, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.name], because: {ja: あ, en: a}}
)");
  EXPECT_EQ(decide(*policies, "patient.name").rule, "test:shut");
}

TEST_F(Deciding, TheNarrowerRuleDecides) {
  const auto policies = test::policies_of(R"(
  - {id: class, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], because: {ja: あ, en: a}}
  - {id: type, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     types: [date], because: {ja: あ, en: a}}
  - {id: tab, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     tabs: [行動歴], generalise: {date: year}, because: {ja: あ, en: a}}
  - {id: field, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [contact.met_on], because: {ja: あ, en: a}}
)",
                                          catalogue);
  EXPECT_EQ(decide(*policies, "patient.municipality").rule, "test:class");
  EXPECT_EQ(decide(*policies, "patient.birth_date").rule, "test:type");
  EXPECT_EQ(decide(*policies, "patient.travel_dates").rule, "test:tab");
  EXPECT_EQ(decide(*policies, "contact.met_on").rule, "test:field");
}

TEST_F(Deciding, SelectorsOfOneRuleMustAllAgree) {
  const auto policies = test::policies_of(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], types: [date], tabs: [発生届], because: {ja: あ, en: a}}
)",
                                          catalogue);
  EXPECT_EQ(decide(*policies, "patient.birth_date").treatment, Treatment::release);
  EXPECT_EQ(decide(*policies, "patient.travel_dates").treatment, Treatment::withhold);  // another tab
  EXPECT_EQ(decide(*policies, "patient.onset").treatment, Treatment::withhold);         // another class
  EXPECT_EQ(decide(*policies, "patient.age").treatment, Treatment::withhold);           // another type
}

TEST_F(Deciding, TheJurisdictionsOwnRuleDecidesOverThePack) {
  const auto policies = test::policies_of(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.occupation], because: {ja: あ, en: a}}
)",
                                          catalogue, std::string(test::kTokyo) + R"(
rules:
  - {id: b, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], because: {ja: あ, en: a}}
)");
  EXPECT_EQ(decide(*policies, "patient.occupation").treatment, Treatment::mask);
  EXPECT_EQ(decide(*policies, "patient.occupation").rule, "jurisdiction/130001:b");
}

TEST_F(Deciding, ARuleIsInForceFromItsFirstDayUntilTheDayBeforeItsEnd) {
  const auto policies = test::policies_of(R"(
  - {id: before, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.age], to: 2023-04-01, because: {ja: あ, en: a}}
  - {id: after, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.age], from: 2023-04-01, to: 2023-05-08, because: {ja: あ, en: a}}
)",
                                          catalogue);
  const auto rule_on = [&](std::chrono::sys_days on) {
    return decide(*policies, "patient.age", test::kToCentral, on).rule;
  };
  EXPECT_EQ(rule_on(day(1970, 1, 1)), "test:before");
  EXPECT_EQ(rule_on(day(2023, 3, 31)), "test:before");
  EXPECT_EQ(rule_on(day(2023, 4, 1)), "test:after");
  EXPECT_EQ(rule_on(day(2023, 5, 7)), "test:after");
  EXPECT_EQ(rule_on(day(2023, 5, 8)), kDefaultDeny);
}

TEST_F(Deciding, InForceOfTheFileLimitsItsRules) {
  auto pack = test::pack_of(test::kReleaseAll);
  pack.insert(pack.find("recorded"), "in_force: {from: 2020-02-01, to: 2020-03-01}\n");
  const auto policies = *test::try_policies(pack, catalogue);
  EXPECT_EQ(decide(*policies, "patient.age", test::kToCentral, day(2020, 1, 31)).treatment,
            Treatment::withhold);
  EXPECT_EQ(decide(*policies, "patient.age", test::kToCentral, day(2020, 2, 1)).treatment,
            Treatment::release);
  EXPECT_EQ(decide(*policies, "patient.age", test::kToCentral, day(2020, 3, 1)).treatment,
            Treatment::withhold);
}

TEST_F(Deciding, ConflictIsRefusedAndBothAreQuoted) {
  const auto told = refusal(R"(
  - {id: open, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], from: 2020-01-01, to: 2020-06-01, because: {ja: あ, en: a}}
  - {id: veil, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier, sensitive], from: 2020-05-31, because: {ja: あ, en: a}}
)");
  EXPECT_THAT(told, HasSubstr("patient.birth_date"));
  EXPECT_THAT(told, HasSubstr("pack.yaml:8:5: Rule \"test:open\": release to central-store"));
  EXPECT_THAT(told, HasSubstr("pack.yaml:10:5: Rule \"test:veil\": mask to central-store"));
}

TEST_F(Deciding, NoConflictWhenDatesOnlyTouchOrTreatmentsAgree) {
  EXPECT_EQ(refusal(R"(
  - {id: open, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], to: 2020-06-01, because: {ja: あ, en: a}}
  - {id: veil, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], from: 2020-06-01, because: {ja: あ, en: a}}
  - {id: again, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], from: 2021-06-01, because: {ja: あ, en: a}}
)"),
            "loaded");
}

TEST_F(Deciding, GeneralisingTheSameFieldInTwoWaysIsAConflict) {
  EXPECT_THAT(refusal(R"(
  - {id: month, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], generalise: {date: month}, because: {ja: あ, en: a}}
  - {id: year, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], generalise: {date: year}, because: {ja: あ, en: a}}
)"),
              HasSubstr("treat the field \"patient.birth_date\" differently"));
}

TEST_F(Deciding, ConflictAmongPacksIsToldOnceHoweverManyJurisdictionsShareIt) {
  const privacy::ConfigurationFile packs[] = {{"pack.yaml", test::pack_of(R"(
  - {id: open, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.age], because: {ja: あ, en: a}}
  - {id: veil, effect: mask, recipient: r, purpose: p, basis: b, fields: [patient.age], because: {ja: あ, en: a}}
)")}};
  const privacy::ConfigurationFile files[] = {
      {"tokyo.yaml", std::string(test::kTokyo)},
      {"osaka.yaml", "jurisdiction: '270008'\nname: {ja: 大阪府, en: Osaka}\nrecorded: 2020-01-01\n"}};
  const auto loaded = Policies::parse(packs, files, catalogue);
  ASSERT_TRUE(loaded.has_error());
  int conflicts = 0;
  const base::Error error = loaded.error();
  for (const base::Error* each = &error; each != nullptr; each = each->cause())
    conflicts += each->code() == "privacy.conflict" ? 1 : 0;
  EXPECT_EQ(conflicts, 1);
}

struct Mistake {
  const char* rules;
  const char* told;
};

TEST_F(Deciding, MistakesAreToldWithPlaceAndSuggestion) {
  const Mistake mistakes[] = {
      {"  - {id: a, effect: relese, recipient: r, purpose: p, basis: b, fields: [patient.age], because: {ja: "
       "あ, "
       "en: a}}",
       "pack.yaml:7:21: \"relese\" is not possible for effect"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.aeg], because: "
       "{ja: あ, "
       "en: a}}",
       "Did you mean \"patient.age\"?"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, feilds: [patient.age], because: "
       "{ja: あ, "
       "en: a}}",
       "Did you mean \"fields\"?"},
      {"  - {id: a, effect: release, recipient: '*', purpose: p, basis: b, fields: [patient.age], because: "
       "{ja: あ, "
       "en: a}}",
       "\"recipient\" cannot be *"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: '*', fields: [patient.age], because: "
       "{ja: あ, "
       "en: a}}",
       "\"basis\" cannot be *"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, fields: [patient.age], because: {ja: あ, en: "
       "a}}",
       "\"basis\" is missing"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, because: {ja: あ, en: a}}",
       "does not say which fields"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.age]}",
       "\"because\" is missing"},
      {"  - {id: a, effect: generalise, recipient: r, purpose: p, basis: b, fields: [patient.visits], "
       "generalise: "
       "{date: month}, because: {ja: あ, en: a}}",
       "does not say how to make the field \"patient.visits\" (of type integer) coarser"},
      {"  - {id: a, effect: generalise, recipient: r, purpose: p, basis: b, fields: [patient.age], "
       "generalise: "
       "{age: century}, because: {ja: あ, en: a}}",
       "\"century\" is not possible for age"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, tabs: [居所], because: {ja: あ, en: "
       "a}}",
       "no tab \"居所\""},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.age], from: "
       "2020-02-30, "
       "because: {ja: あ, en: a}}",
       "\"from\" is not a day of the calendar"},
      {"  - {id: a, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.age], from: "
       "2020-02-02, to: "
       "2020-02-02, because: {ja: あ, en: a}}",
       "The end is not after the start"},
      {"  - {id: a, id: b, effect: release, recipient: r, purpose: p, basis: b, fields: [patient.age], "
       "because: {ja: "
       "あ, en: a}}",
       "\"id\" is written twice (first on line 7)"},
      {"  - {id: a, effect: forbid, recipient: r, purpose: p, basis: b, fields: [patient.age], because: {ja: "
       "あ, en: "
       "a}}\n  - {id: a, effect: forbid, recipient: r, purpose: p, basis: b, fields: [patient.age], because: "
       "{ja: あ, "
       "en: a}}",
       "two rules called \"test:a\""},
      {"  - just a text", "Pairs of the form \"name: value\" are needed here"},
      {"  - {id: a, effect: [release", "A bracket (curly or square)"},
  };
  for (const auto& mistake : mistakes) EXPECT_THAT(refusal(mistake.rules), HasSubstr(mistake.told));
}

TEST_F(Deciding, EveryMistakeOfAllFilesIsToldAtOnce) {
  const auto told = refusal(R"(
  - {id: a, effect: relese, recipient: r, purpose: p, basis: b, fields: [patient.aeg], because: {ja: あ, en: a}}
)",
                            "jurisdiction: '130002'\nname: {ja: 東京, en: Tokyo}\nextends: [nothing]\n");
  EXPECT_THAT(told, HasSubstr("relese"));
  EXPECT_THAT(told, HasSubstr("patient.aeg"));
  EXPECT_THAT(told, HasSubstr("not a municipality code"));
  EXPECT_THAT(told, HasSubstr("\"recorded\" is missing"));
  EXPECT_THAT(told, HasSubstr("The policy \"nothing\" under extends"));
}

TEST_F(Deciding, HugeAndDeepYamlIsRefusedCleanly) {
  EXPECT_THAT(refusal_of_file(std::string(100'000, '[')), HasSubstr("A bracket (curly or square)"));
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int level = 1; level < 40; ++level)
    bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [*a" +
            std::to_string(level - 1) + ", *a" + std::to_string(level - 1) + "]\n";
  EXPECT_THAT(refusal_of_file(bomb), HasSubstr("There is too much in this file"));
}

TEST_F(Deciding, MissingFolderAndFolderWithoutRulesAreErrors) {
  const test::TemporaryFolder folder;
  const auto missing = Policies::load(folder.path() / "none", folder.path(), catalogue);
  ASSERT_TRUE(missing.has_error());
  EXPECT_EQ(missing.error().code(), "file.not_found");
  const auto empty = Policies::load(folder.path(), folder.path(), catalogue);
  ASSERT_TRUE(empty.has_error());
  EXPECT_EQ(empty.error().code(), "privacy.empty_folder");
}

TEST_F(Deciding, PinnedTextLoadsToTheSameDecisionsAndVersion) {
  const auto policies = test::policies_of(test::kReleaseAll, catalogue);
  const auto again = Policies::parse_text(policies->text(), catalogue);
  ASSERT_TRUE(again.has_value()) << base::describe(base::Language::english, again.error());
  EXPECT_EQ((*again)->version(), policies->version());
  EXPECT_EQ(decide(**again, "patient.age").rule, "test:all");
  const auto other = test::policies_of(std::string(test::kReleaseAll) + "# changed", catalogue);
  EXPECT_NE(other->version(), policies->version());
}

TEST_F(Deciding, RulesSayWhatTheyAreAndWhenTheyWereRecorded) {
  const auto rules = test::policies_of(test::kReleaseAll, catalogue)->rules();
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].id, "test:all");
  EXPECT_EQ(rules[0].effect, "release");
  EXPECT_EQ(rules[0].because.english, "test");
  EXPECT_EQ(rules[0].recorded, day(2020, 1, 1).time_since_epoch().count());
  EXPECT_EQ(rules[0].place.line, 8U);
}

}  // namespace
}  // namespace musubi::privacy
