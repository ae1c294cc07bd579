#include <gmock/gmock.h>

#include <numeric>
#include <type_traits>

#include "musubi/privacy/policy.h"
#include "small_catalogue.h"

namespace musubi::privacy {
namespace {

using model::AbsentReason;
using model::Disclosure;
using model::DisclosureKey;
using model::FieldNumber;
using model::RecordBatch;
using model::Value;
using test::day;

// Nothing but a Protector makes a disclosure, and none can be copied.
static_assert(!std::is_default_constructible_v<Disclosure>);
static_assert(!std::is_constructible_v<Disclosure, RecordBatch>);
static_assert(!std::is_constructible_v<Disclosure, RecordBatch&&>);
static_assert(!std::is_convertible_v<RecordBatch, Disclosure>);
static_assert(!std::is_copy_constructible_v<Disclosure>);
static_assert(!std::is_copy_assignable_v<Disclosure>);
static_assert(std::is_nothrow_move_constructible_v<Disclosure>);

class Protecting : public ::testing::Test {
 protected:
  std::shared_ptr<const model::Catalogue> catalogue = test::catalogue_of();
  std::shared_ptr<RecordBatch> batch;

  FieldNumber field(std::string_view id) const { return catalogue->number_of(id); }

  void begin(const std::vector<std::string>& fields) {
    std::vector<FieldNumber> numbers;
    for (const auto& id : fields) numbers.push_back(field(id));
    batch = std::make_shared<RecordBatch>(std::make_shared<const model::RecordLayout>(
        model::make_layout(catalogue, model::RecordKind::case_report, numbers)));
  }
  void set(std::size_t record, std::string_view id, Value value) {
    while (batch->size() <= record) batch->add({});
    batch->values(record)[static_cast<std::size_t>(batch->layout().slot(field(id)))] = value;
  }
  std::vector<Disclosure> protect(std::string_view rules, std::chrono::sys_days received = day(2020, 4, 1)) {
    Protector protector(test::policies_of(rules, catalogue), test::kToCentral, "central");
    std::vector<std::uint32_t> chosen(batch->size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    std::vector<DisclosureKey> keys(batch->size());
    for (std::size_t index = 0; index < keys.size(); ++index)
      keys[index].record = static_cast<std::int64_t>(index) + 1;
    return protector.protect(batch, chosen, keys, "tokyo", 7, field("report.published_on"), received);
  }
  /// "id=text" of every disclosed field; "id!reason" where absent.
  std::vector<std::string> seen(const Disclosure& disclosure, std::size_t index = 0) const {
    std::vector<std::string> all;
    for (std::size_t slot = 0; slot < disclosure.layout().slots.size(); ++slot) {
      const Value& value = disclosure.values(index)[slot];
      const auto id = catalogue->at(disclosure.layout().slots[slot]).id;
      all.push_back(value.is_absent() ? id + "!" + std::string(name_of(value.absent_reason()))
                                      : id + "=" + model::to_text(value));
    }
    return all;
  }
};

constexpr std::string_view kChanging = R"(
  - {id: old, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     classes: [direct_identifier], to: 2023-04-01, because: {ja: あ, en: a}}
  - {id: new, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [direct_identifier], from: 2023-04-01, because: {ja: あ, en: a}}
  - {id: always, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [operational], because: {ja: あ, en: a}}
)";

TEST_F(Protecting, DisclosesTheReleasedFieldsAndNoOthers) {
  begin({"report.published_on", "patient.name", "patient.age"});
  set(0, "patient.name", Value::text("結 太郎"));
  set(0, "patient.age", Value::age({42, false}));
  const auto disclosures = protect(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.age], because: {ja: あ, en: a}}
)");
  ASSERT_EQ(disclosures.size(), 1U);
  EXPECT_THAT(seen(disclosures[0]), testing::ElementsAre("patient.age=42"));
  EXPECT_THAT(disclosures[0].rules(), testing::ElementsAre("test:a"));
  EXPECT_EQ(disclosures[0].layout().slot(field("patient.name")), -1);
  EXPECT_EQ(disclosures[0].recipient(), "central");
  EXPECT_EQ(disclosures[0].source(), "tokyo");
  EXPECT_EQ(disclosures[0].submission(), 7);
}

TEST_F(Protecting, ARecordOfWhichNothingMayBeSeenIsInNoDisclosure) {
  begin({"patient.name"});
  set(0, "patient.name", Value::text("結 太郎"));
  EXPECT_TRUE(protect(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.age], because: {ja: あ, en: a}}
)")
                  .empty());
  EXPECT_TRUE(protect(R"(
  - {id: a, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.name], because: {ja: あ, en: a}}
)")
                  .empty());
}

TEST_F(Protecting, TextStaysValidAfterTheSourceBatchIsLetGo) {
  begin({"patient.name"});
  set(0, "patient.name", Value::text(batch->keep(std::string(100, 'x'))));
  auto disclosures = protect(test::kReleaseAll);
  batch.reset();
  ASSERT_EQ(disclosures.size(), 1U);
  const Disclosure moved = std::move(disclosures[0]);
  disclosures.clear();
  EXPECT_EQ(moved.values(0)[0].as_text(), std::string(100, 'x'));
}

TEST_F(Protecting, MaskingHidesWhetherThereWasAValue) {
  begin({"report.published_on", "patient.name"});
  set(0, "patient.name", Value::text("結 太郎"));
  set(1, "patient.name", Value::absent(AbsentReason::under_investigation));
  set(2, "report.published_on", Value::date({2020, 4, 1}));
  const auto disclosures = protect(kChanging);
  ASSERT_EQ(disclosures.size(), 1U);
  ASSERT_EQ(disclosures[0].size(), 3U);
  for (std::size_t record = 0; record < 3; ++record)
    EXPECT_EQ(seen(disclosures[0], record)[1], "patient.name!not_disclosed");
}

TEST_F(Protecting, GeneralisesDatesMunicipalitiesAndAges) {
  begin({"patient.birth_date", "patient.age", "patient.municipality", "patient.travel_dates"});
  const auto fill = [&](std::size_t record, Value date, Value age, Value municipality) {
    set(record, "patient.birth_date", date);
    set(record, "patient.age", age);
    set(record, "patient.municipality", municipality);
  };
  fill(0, Value::date({1980, 5, 17}), Value::age({42, false}), Value::code("131016"));
  fill(1, Value::date({1980, 0, 0}), Value::age({11, true}), Value::text("472018"));
  fill(2, Value::date({0, 5, 17}), Value::age({104, false}), Value::code("13101"));
  fill(3, Value::absent(AbsentReason::unknown), Value{}, Value::code("991016"));
  fill(4, Value::text("not a date"), Value::integer(42), Value::integer(131016));
  const Value travel[] = {Value::date({2020, 3, 1}), Value::date({2020, 3, 31})};
  set(0, "patient.travel_dates", Value::list(travel));
  const auto disclosures = protect(R"(
  - {id: a, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     classes: [quasi_identifier], generalise: {date: month, municipality_code: prefecture, age: band},
     because: {ja: あ, en: a}}
)");
  ASSERT_EQ(disclosures.size(), 1U);
  const auto& all = disclosures[0];
  using testing::ElementsAre;
  EXPECT_THAT(seen(all, 0),
              ElementsAre("patient.birth_date=1980-05", "patient.age=40", "patient.municipality=130001",
                          "patient.travel_dates=2020-03;2020-03"));
  EXPECT_THAT(seen(all, 1), ElementsAre("patient.birth_date=1980", "patient.age=0",
                                        "patient.municipality=470007", "patient.travel_dates="));
  EXPECT_THAT(seen(all, 2), ElementsAre("patient.birth_date=--05", "patient.age=90",
                                        "patient.municipality!not_disclosed", "patient.travel_dates="));
  EXPECT_THAT(seen(all, 3), ElementsAre("patient.birth_date!unknown", "patient.age=",
                                        "patient.municipality!not_disclosed", "patient.travel_dates="));
  EXPECT_THAT(seen(all, 4), ElementsAre("patient.birth_date!not_disclosed", "patient.age!not_disclosed",
                                        "patient.municipality!not_disclosed", "patient.travel_dates="));
}

TEST_F(Protecting, GeneralisesToTheYear) {
  begin({"patient.birth_date"});
  set(0, "patient.birth_date", Value::date({1980, 5, 17}));
  set(1, "patient.birth_date", Value::date({0, 5, 17}));
  const auto disclosures = protect(R"(
  - {id: a, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.birth_date], generalise: {date: year}, because: {ja: あ, en: a}}
)");
  EXPECT_THAT(seen(disclosures.at(0), 0), testing::ElementsAre("patient.birth_date=1980"));
  EXPECT_THAT(seen(disclosures.at(0), 1), testing::ElementsAre("patient.birth_date!not_disclosed"));
}

TEST_F(Protecting, MembersOfAGroupAreDecidedOneByOne) {
  begin({"contact"});
  const Value first[] = {Value::text("結 花子"), Value::date({2020, 3, 15}), Value::age({33, false})};
  const Value second[] = {Value{}, Value::date({2020, 3, 16}), Value::absent(AbsentReason::unknown)};
  const Value items[] = {Value::list(first), Value::list(second)};
  set(0, "contact", Value::list(items));
  set(1, "contact", Value::absent(AbsentReason::not_asked));
  const auto disclosures = protect(R"(
  - {id: group, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [contact, contact.met_on], because: {ja: あ, en: a}}
  - {id: age, effect: mask, recipient: central-store, purpose: surveillance, basis: law,
     fields: [contact.age], because: {ja: あ, en: a}}
)");
  ASSERT_EQ(disclosures.size(), 1U);
  const auto list = disclosures[0].values(0)[0].as_list();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_TRUE(list[0].as_list()[0].silent());
  EXPECT_EQ(list[0].as_list()[1], Value::date({2020, 3, 15}));
  EXPECT_EQ(list[0].as_list()[2], Value::absent(AbsentReason::not_disclosed));
  EXPECT_EQ(list[1].as_list()[2], Value::absent(AbsentReason::not_disclosed));
  EXPECT_EQ(disclosures[0].values(1)[0], Value::absent(AbsentReason::not_asked));
}

TEST_F(Protecting, AGroupThatIsNotReleasedTakesItsMembersWithIt) {
  begin({"contact", "patient.age"});
  set(0, "patient.age", Value::age({1, false}));
  const auto disclosures = protect(R"(
  - {id: a, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     fields: [contact.name, patient.age], because: {ja: あ, en: a}}
)");
  EXPECT_THAT(seen(disclosures.at(0)), testing::ElementsAre("patient.age=1"));
}

TEST_F(Protecting, ABatchThatStraddlesAChangeOfRulesIsDecidedRecordByRecord) {
  begin({"report.published_on", "patient.name"});
  for (std::size_t record = 0; record < 4; ++record) {
    set(record, "report.published_on",
        Value::date({2023, static_cast<std::uint8_t>(record % 2 == 0 ? 3 : 4),
                     static_cast<std::uint8_t>(record % 2 == 0 ? 31 : 1)}));
    set(record, "patient.name", Value::text("結 太郎"));
  }
  const auto disclosures = protect(kChanging);
  ASSERT_EQ(disclosures.size(), 2U);
  EXPECT_EQ(seen(disclosures[0])[1], "patient.name!not_disclosed");
  EXPECT_THAT(disclosures[0].rules(), testing::ElementsAre("test:always", "test:old"));
  EXPECT_EQ(disclosures[0].key(0).record, 1);
  EXPECT_EQ(disclosures[0].key(1).record, 3);
  EXPECT_EQ(seen(disclosures[1])[1], "patient.name=結 太郎");
  EXPECT_THAT(disclosures[1].rules(), testing::ElementsAre("test:always", "test:new"));
  EXPECT_EQ(disclosures[1].key(0).record, 2);
}

TEST_F(Protecting, TheDayOfAnInstantIsTheDayInJapan) {
  begin({"report.received_at", "patient.name"});
  set(0, "report.received_at",
      Value::moment({1'680'274'799'999'999, 0}));  // 2023-03-31 23:59:59.999999 in Japan
  set(1, "report.received_at", Value::moment({1'680'274'800'000'000, 0}));  // midnight
  set(0, "patient.name", Value::text("結"));
  set(1, "patient.name", Value::text("結"));
  Protector protector(test::policies_of(kChanging, catalogue), test::kToCentral, "central");
  const std::uint32_t chosen[] = {0, 1};
  const DisclosureKey keys[2] = {};
  const auto disclosures =
      protector.protect(batch, chosen, keys, "tokyo", 1, field("report.received_at"), day(2020, 1, 1));
  ASSERT_EQ(disclosures.size(), 2U);
  EXPECT_EQ(seen(disclosures[0])[1], "patient.name!not_disclosed");
  EXPECT_EQ(seen(disclosures[1])[1], "patient.name=結");
}

TEST_F(Protecting, ARecordWithoutEventDayIsDecidedForTheDayOfReceipt) {
  begin({"report.published_on", "patient.name"});
  set(0, "patient.name", Value::text("結"));
  set(1, "report.published_on", Value::absent(AbsentReason::unknown));
  set(1, "patient.name", Value::text("結"));
  set(2, "report.published_on", Value::date({0, 4, 23}));  // no year
  set(2, "patient.name", Value::text("結"));
  for (std::size_t record = 0; record < 3; ++record) {
    EXPECT_EQ(seen(protect(kChanging, day(2023, 3, 31)).at(0), record)[1], "patient.name!not_disclosed");
    EXPECT_EQ(seen(protect(kChanging, day(2023, 4, 1)).at(0), record)[1], "patient.name=結");
  }
}

TEST_F(Protecting, APartialDateThatMayLieOnEitherSideGetsTheStricterDecision) {
  begin({"report.published_on", "patient.name"});
  const model::PartialDate dates[] = {{2023, 3, 0}, {2023, 4, 0}, {2023, 0, 0}, {2023, 2, 30}};
  for (std::size_t record = 0; record < 4; ++record) {
    set(record, "report.published_on", Value::date(dates[record]));
    set(record, "patient.name", Value::text("結"));
  }
  std::map<std::int64_t, std::string> names;
  for (const auto& disclosure : protect(kChanging, day(2030, 1, 1)))
    for (std::size_t index = 0; index < disclosure.size(); ++index)
      names[disclosure.key(index).record] = seen(disclosure, index)[1];
  EXPECT_EQ(names[1], "patient.name!not_disclosed");
  EXPECT_EQ(names[2], "patient.name=結");
  EXPECT_EQ(names[3], "patient.name!not_disclosed");  // some time in 2023
  EXPECT_EQ(names[4], "patient.name!not_disclosed");  // 30 February: no day, so the strictest of all times
}

TEST_F(Protecting, CoarserInTwoWaysOverAnUnclearDateIsWithheld) {
  begin({"report.published_on", "patient.birth_date"});
  set(0, "report.published_on", Value::date({2023, 0, 0}));
  set(0, "patient.birth_date", Value::date({1980, 5, 17}));
  const auto disclosures = protect(R"(
  - {id: always, effect: release, recipient: central-store, purpose: surveillance, basis: law,
     classes: [operational], because: {ja: あ, en: a}}
  - {id: old, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.birth_date], to: 2023-04-01, generalise: {date: year}, because: {ja: あ, en: a}}
  - {id: new, effect: generalise, recipient: central-store, purpose: surveillance, basis: law,
     fields: [patient.birth_date], from: 2023-04-01, generalise: {date: month}, because: {ja: あ, en: a}}
)");
  EXPECT_THAT(seen(disclosures.at(0)), testing::ElementsAre("report.published_on=2023"));
}

TEST_F(Protecting, OnlyTheChosenRecordsInTheirOrder) {
  begin({"patient.age"});
  for (int record = 0; record < 5; ++record)
    set(static_cast<std::size_t>(record), "patient.age", Value::age({record, false}));
  Protector protector(test::policies_of(test::kReleaseAll, catalogue), test::kToCentral, "central");
  const std::uint32_t chosen[] = {1, 4};
  const DisclosureKey keys[] = {
      {.record = 10, .version = 3, .position = model::Position::historical, .as_of = 5}, {.record = 20}};
  const auto disclosures =
      protector.protect(batch, chosen, keys, "tokyo", 1, model::kNoField, day(2020, 1, 1));
  ASSERT_EQ(disclosures.size(), 1U);
  ASSERT_EQ(disclosures[0].size(), 2U);
  EXPECT_EQ(disclosures[0].values(0)[0].as_age().amount, 1);
  EXPECT_EQ(disclosures[0].values(1)[0].as_age().amount, 4);
  EXPECT_EQ(disclosures[0].key(0).version, 3U);
  EXPECT_EQ(disclosures[0].key(0).position, model::Position::historical);
}

TEST_F(Protecting, UnknownJurisdictionDisclosesNothing) {
  begin({"patient.age"});
  set(0, "patient.age", Value::age({1, false}));
  auto request = test::kToCentral;
  request.jurisdiction = "270008";
  Protector protector(test::policies_of(test::kReleaseAll, catalogue), request, "central");
  const std::uint32_t chosen[] = {0};
  const DisclosureKey keys[1] = {};
  EXPECT_TRUE(protector.protect(batch, chosen, keys, "osaka", 1, model::kNoField, day(2020, 1, 1)).empty());
}

}  // namespace
}  // namespace musubi::privacy
