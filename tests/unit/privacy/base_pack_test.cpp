// The shipped policies against the shipped catalogue.
#include <gmock/gmock.h>

#include "musubi/privacy/policy.h"
#include "small_catalogue.h"

namespace musubi::privacy {
namespace {

using model::PersonalClass;
using test::day;

class BasePack : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    auto read = model::Catalogue::load(project / "mappings/catalogue");
    ASSERT_TRUE(read.has_value()) << base::describe(base::Language::english, read.error());
    catalogue = *read;
    auto loaded = Policies::load(project / "config/policies", project / "config/jurisdictions", catalogue);
    ASSERT_TRUE(loaded.has_value()) << base::describe(base::Language::english, loaded.error());
    policies = *loaded;
  }
  void SetUp() override { ASSERT_NE(policies, nullptr); }
  static void TearDownTestSuite() {
    policies.reset();
    catalogue.reset();
  }
  static inline std::shared_ptr<const model::Catalogue> catalogue;
  static inline std::shared_ptr<const Policies> policies;

  static constexpr const char* kJurisdictions[] = {"130001", "270008"};
  /// Either side of every date on which the law changed, and both ends of time.
  static std::vector<std::chrono::sys_days> days() {
    return {day(1970, 1, 1),  day(1999, 4, 1), day(2020, 1, 24), day(2020, 2, 1), day(2021, 2, 13),
            day(2023, 3, 31), day(2023, 4, 1), day(2023, 5, 7),  day(2023, 5, 8), day(2100, 1, 1)};
  }
};

TEST_F(BasePack, TheCentralStoreReceivesEveryFieldUnderArticle12) {
  for (const char* jurisdiction : kJurisdictions)
    for (const auto& field : catalogue->fields())
      for (const auto on : {day(2020, 1, 24), day(2023, 3, 31), day(2023, 4, 1)}) {
        const Request request{jurisdiction, "感染症法12条", "surveillance", "central-store"};
        EXPECT_EQ(policies->decide(request, field.number, on).treatment, Treatment::release) << field.id;
      }
}

TEST_F(BasePack, StatisticsNeverReceiveADirectIdentifierOrFreeText) {
  std::set<std::string> bases{"感染症法12条", "感染症法16条", "*", ""},
      purposes{"surveillance", "statistics", "*", ""};
  for (const auto& rule : policies->rules()) {
    bases.insert(rule.basis);
    purposes.insert(rule.purpose);
  }
  std::size_t identifiers = 0;
  for (const auto& field : catalogue->fields()) {
    const bool free_text = field.type == model::FieldType::text;
    if (field.personal_class != PersonalClass::direct_identifier && !free_text) continue;
    ++identifiers;
    for (const char* jurisdiction : kJurisdictions)
      for (const auto& basis : bases)
        for (const auto& purpose : purposes)
          for (const auto on : days())
            EXPECT_EQ(
                policies->decide({jurisdiction, basis, purpose, "statistics"}, field.number, on).treatment,
                Treatment::withhold)
                << field.id;
  }
  EXPECT_GT(identifiers, 5U);
}

TEST_F(BasePack, StatisticsReceiveNoQuasiIdentifierAsItIs) {
  const std::set<std::string> coarse{"patient.sex", "patient.age_band", "patient.residence.prefecture"};
  const Request request{"130001", "感染症法16条", "statistics", "statistics"};
  for (const auto& field : catalogue->fields()) {
    if (field.personal_class != PersonalClass::quasi_identifier || coarse.contains(field.id)) continue;
    EXPECT_NE(policies->decide(request, field.number, day(2020, 4, 1)).treatment, Treatment::release)
        << field.id;
  }
}

TEST_F(BasePack, NobodyElseReceivesAnything) {
  for (const auto& field : catalogue->fields())
    for (const char* recipient : {"press", "central", "Central-Store", ""})
      EXPECT_EQ(
          policies
              ->decide({"130001", "感染症法12条", "surveillance", recipient}, field.number, day(2020, 4, 1))
              .treatment,
          Treatment::withhold);
}

TEST_F(BasePack, TheExampleOrdinanceAppliesNowhere) {
  bool shipped = false;
  for (const auto& rule : policies->rules()) shipped = shipped || rule.id.starts_with("example/");
  EXPECT_TRUE(shipped);
  for (const char* jurisdiction : kJurisdictions)
    for (const auto& field : catalogue->fields())
      for (const auto on : days()) {
        const auto decision = policies->decide(
            {jurisdiction, "感染症法12条", "surveillance", "central-store"}, field.number, on);
        EXPECT_FALSE(decision.rule.starts_with("example/"));
      }
}

}  // namespace
}  // namespace musubi::privacy
