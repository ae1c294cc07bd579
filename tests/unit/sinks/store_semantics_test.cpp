// What holds for every SQL store, each in its own test program (see store_home.h).
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "disclosures.h"
#include "store_home.h"

namespace musubi::test {
namespace {

using model::AbsentReason;
using model::Position;
using model::Value;
using testing::ElementsAre;
using testing::HasSubstr;

class StoreSemantics : public ::testing::Test {
 protected:
  Discloser discloser;
  FixedClock clock;
  std::unique_ptr<StoreHome> home = make_store_home();
  std::unique_ptr<plugin::Sink> sink;

  void SetUp() override { open(); }
  void open() {
    sink = home->open(discloser.catalogue, clock);
    ASSERT_NE(sink, nullptr);
  }
  plugin::Receipt deliver(const std::vector<std::string>& layout, const std::vector<Said>& said) {
    const auto receipt = sink->deliver(discloser.disclose(layout, said));
    if (receipt.has_error()) {
      ADD_FAILURE() << base::describe(base::Language::english, receipt.error());
      return {};
    }
    return *receipt;
  }
  std::vector<std::string> read(const plugin::ReadRequest& request = {}) { return all_read(*sink, request); }
  std::vector<std::string> read_history() {
    plugin::ReadRequest request;
    request.history = true;
    return read(request);
  }
};

TEST_F(StoreSemantics, EveryTypeComesBackAsItWent) {
  const Value travel[] = {Value::date({2020, 3, 1}), Value::absent(AbsentReason::unknown),
                          Value::date({2020, 3, 0})};
  const Value first[] = {Value::text("結 花子"), Value::date({2020, 3, 15}), Value::age({33, false})};
  const Value second[] = {Value{}, Value::absent(AbsentReason::unknown), Value::age({7, true})};
  const Value contacts[] = {Value::list(first), Value::list(second)};
  const Fields said{{"report.published_on", Value::date({2020, 4, 1})},
                    {"report.received_at", Value::moment({1'587'343'500'123'456, 540})},
                    {"patient.name", Value::text("O'Brien \"結\"; DROP TABLE case_report;--")},
                    {"patient.phone", Value::text("")},
                    {"patient.birth_date", Value::date({0, 4, 23})},
                    {"patient.age", Value::age({11, true})},
                    {"patient.municipality", Value::code("131016")},
                    {"patient.occupation", Value::text("結\n\t\\N\\.")},
                    {"patient.onset", Value::absent(AbsentReason::under_investigation)},
                    {"patient.pregnant", Value::boolean(false)},
                    {"patient.visits", Value::integer(-3)},
                    {"patient.temperature", Value::decimal({-375, 1})},
                    {"patient.travel_dates", Value::list(travel)},
                    {"contact", Value::list(contacts)}};
  std::vector<std::string> layout;
  for (const auto& [id, value] : said) layout.push_back(id);
  deliver(layout, {{key(5, 2, 18'353), said}});
  int read = 0;
  const auto status =
      sink->read({}, [&](const model::RecordLayout& slots, const plugin::StoredRecord& record) {
        ++read;
        EXPECT_EQ(record.key.record, 5);
        EXPECT_EQ(record.key.version, 2U);
        EXPECT_EQ(record.key.as_of, 18'353);
        EXPECT_EQ(record.key.position, Position::current);
        EXPECT_EQ(record.source, "tokyo");
        for (const auto& [id, value] : said)
          EXPECT_EQ(record.values[static_cast<std::size_t>(slots.slot(discloser.catalogue->number_of(id)))],
                    value)
              << id;
        return true;
      });
  EXPECT_FALSE(status.has_error());
  EXPECT_EQ(read, 1);
  EXPECT_EQ(
      home->sql("SELECT as_of, submission, source, received_at, absent, patient_age, patient_age_months, "
                "patient_temperature, "
                "patient_travel_dates FROM case_report"),
      "2020-04-01|7|tokyo|2020-04-20T00:45:00.000000Z|patient.onset=under_investigation;|0|11|-37.5|"
      "[\"2020-03-01\",{\"absent\":\"unknown\"},\"2020-03\"]|");
}

TEST_F(StoreSemantics, AVersionSeenBeforeIsRecognised) {
  const std::vector<Said> said{{key(1), {{"patient.visits", Value::integer(1)}}},
                               {key(2), {{"patient.visits", Value::integer(2)}}}};
  const auto first = deliver({"patient.visits"}, said);
  EXPECT_EQ(first.stored, 2U);
  EXPECT_EQ(first.already_there, 0U);
  const auto again =
      deliver({"patient.visits"}, {said[0], said[1], {key(3), {{"patient.visits", Value::integer(3)}}}});
  EXPECT_EQ(again.stored, 1U);
  EXPECT_EQ(again.already_there, 2U);
  EXPECT_NE(first.recipient_reference, again.recipient_reference);
  EXPECT_THAT(read_history(),
              ElementsAre("1.1: patient.visits=1", "2.1: patient.visits=2", "3.1: patient.visits=3"));
}

TEST_F(StoreSemantics, ASupersededVersionIsRecognisedInHistory) {
  deliver({"patient.visits"}, {{key(1, 1), {{"patient.visits", Value::integer(1)}}}});
  deliver({"patient.visits"}, {{key(1, 2), {{"patient.visits", Value::integer(2)}}}});
  const auto again = deliver({"patient.visits"}, {{key(1, 1), {{"patient.visits", Value::integer(1)}}}});
  EXPECT_EQ(again.already_there, 1U);
  EXPECT_THAT(read_history(), ElementsAre("1.1h: patient.visits=1", "1.2: patient.visits=2"));
}

TEST_F(StoreSemantics, ANewerVersionOverwritesOnlyWhatItsLayoutSpeaksOf) {
  deliver({"patient.visits", "patient.name", "patient.onset"},
          {{key(1, 1),
            {{"patient.visits", Value::integer(1)},
             {"patient.name", Value::text("結")},
             {"patient.onset", Value::absent(AbsentReason::under_investigation)}}}});
  deliver({"patient.visits", "patient.occupation"},
          {{key(1, 2, 18'001), {{"patient.occupation", Value::absent(AbsentReason::not_disclosed)}}}});
  EXPECT_THAT(
      read(),
      ElementsAre("1.2: patient.name=結 patient.occupation!not_disclosed patient.onset!under_investigation"));
  deliver({"patient.onset", "patient.name"},
          {{key(1, 3, 18'002), {{"patient.onset", Value::date({2020, 3, 3})}}}});
  EXPECT_THAT(read_history(),
              ElementsAre("1.1h: patient.name=結 patient.onset!under_investigation patient.visits=1",
                          "1.2h: patient.occupation!not_disclosed",
                          "1.3: patient.occupation!not_disclosed patient.onset=2020-03-03"));
}

TEST_F(StoreSemantics, AnOlderWordGoesToHistoryAndNeverOverwrites) {
  deliver({"patient.visits"}, {{key(1, 1, 18'010), {{"patient.visits", Value::integer(10)}}}});
  const auto late =
      deliver({"patient.visits"},
              {{key(1, 2, 18'001, Position::historical), {{"patient.visits", Value::integer(1)}}}});
  EXPECT_EQ(late.stored, 1U);
  EXPECT_THAT(read_history(), ElementsAre("1.1: patient.visits=10", "1.2h: patient.visits=1"));
}

TEST_F(StoreSemantics, AnOlderWordStillFillsWhatNewerOnesDoNotSpeakOf) {
  deliver({"patient.visits"}, {{key(1, 1, 18'010), {{"patient.visits", Value::integer(10)}}}});
  deliver({"patient.visits", "patient.name"},
          {{key(1, 2, 18'001, Position::historical),
            {{"patient.visits", Value::integer(1)}, {"patient.name", Value::text("結")}}}});
  EXPECT_THAT(read(), ElementsAre("1.1: patient.name=結 patient.visits=10"));
  EXPECT_THAT(read_history(), ElementsAre("1.1: patient.name=結 patient.visits=10",
                                          "1.2h: patient.name=結 patient.visits=1"));
}

TEST_F(StoreSemantics, AWordThatWasLateStaysBehindThoughItSpeaksOfALaterDay) {
  // The source said A on day 1 and again on day 10 (which is no new version); B, of day 5, came after that.
  deliver({"patient.visits"}, {{key(1, 1, 18'001), {{"patient.visits", Value::integer(1)}}}});
  deliver({"patient.visits"},
          {{key(1, 2, 18'005, Position::historical), {{"patient.visits", Value::integer(5)}}}});
  EXPECT_THAT(read(), ElementsAre("1.1: patient.visits=1"));
}

TEST_F(StoreSemantics, VersionsOfOneCaseInOneDisclosure) {
  deliver({"patient.visits"}, {{key(1, 1), {{"patient.visits", Value::integer(1)}}},
                               {key(1, 2), {{"patient.visits", Value::integer(2)}}},
                               {key(1, 2), {{"patient.visits", Value::integer(2)}}}});
  EXPECT_THAT(read_history(), ElementsAre("1.1h: patient.visits=1", "1.2: patient.visits=2"));
}

TEST_F(StoreSemantics, GroupsOfACurrentRecordAreThoseOfTheNewestWordThatSpeaksOfThem) {
  const Value first[] = {Value::text("一"), Value{}, Value{}};
  const Value second[] = {Value::text("二"), Value{}, Value{}};
  const Value one[] = {Value::list(first)};
  const Value both[] = {Value::list(first), Value::list(second)};
  deliver({"contact"}, {{key(1, 1), {{"contact", Value::list(both)}}}});
  deliver({"patient.visits"}, {{key(1, 2), {{"patient.visits", Value::integer(2)}}}});
  EXPECT_THAT(read(), ElementsAre("1.2: patient.visits=2 contact=一;;;二;;"));
  deliver({"contact"}, {{key(1, 3), {{"contact", Value::list(one)}}}});
  EXPECT_THAT(read_history(), ElementsAre("1.1h: contact=一;;;二;;", "1.2h: patient.visits=2",
                                          "1.3: patient.visits=2 contact=一;;"));
  deliver({"contact"}, {{key(1, 4), {{"contact", Value::absent(AbsentReason::not_asked)}}}});
  EXPECT_THAT(read(), ElementsAre("1.4: patient.visits=2 contact!not_asked"));
}

TEST_F(StoreSemantics, ReadsOnlyTheRequestedFieldsOfTheRequestedRecord) {
  deliver({"patient.visits", "patient.name", "patient.onset"},
          {{key(1), {{"patient.visits", Value::integer(1)}, {"patient.name", Value::text("一")}}},
           {key(2),
            {{"patient.name", Value::text("二")}, {"patient.onset", Value::absent(AbsentReason::unknown)}}}});
  plugin::ReadRequest request;
  request.fields = {discloser.catalogue->number_of("patient.name")};
  EXPECT_THAT(read(request), ElementsAre("1.1: patient.name=一", "2.1: patient.name=二"));
  request.record = 2;
  EXPECT_THAT(read(request), ElementsAre("2.1: patient.name=二"));
  request.kind = model::RecordKind::facility_report;
  EXPECT_TRUE(read(request).empty());
}

TEST_F(StoreSemantics, ReadingStopsWhenTheVisitorHasEnough) {
  deliver({"patient.visits"}, {{key(1), {}}, {key(2), {}}, {key(3), {}}});
  int read = 0;
  for (int round = 0; round < 2; ++round) {
    read = 0;
    ASSERT_FALSE(sink->read({}, [&](const auto&, const auto&) { return ++read < 2; }).has_error());
    EXPECT_EQ(read, 2);
  }
}

TEST_F(StoreSemantics, RecordsAreReadInOrderOfTheirNumber) {
  deliver({"patient.visits"}, {{key(30), {}}, {key(7), {}}});
  deliver({"patient.visits"}, {{key(12), {}}, {key(7, 2), {}}});
  EXPECT_THAT(read_history(), ElementsAre("7.1h:", "7.2:", "12.1:", "30.1:"));
}

TEST_F(StoreSemantics, ReadingFromAnotherThreadSeesWholeDeliveries) {
  std::vector<Said> batch;
  for (int record = 1; record <= 50; ++record)
    batch.push_back({key(record), {{"patient.visits", Value::integer(record)}}});
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      std::size_t records = 0;
      ASSERT_FALSE(sink->read({}, [&](const auto&, const auto&) { return ++records > 0; }).has_error());
      ASSERT_EQ(records % 50, 0U);
    }
  });
  for (int round = 0; round < 20; ++round) {
    for (auto& each : batch) each.key.record += 50;
    deliver({"patient.visits"}, batch);
  }
  done = true;
  reader.join();
}

TEST_F(StoreSemantics, ADisclosureThatFailsHalfwayLeavesNothing) {
  const auto failed = sink->deliver(
      discloser.disclose({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}},
                                              {key(2), {{"patient.visits", Value::text("secret")}}}}));
  ASSERT_TRUE(failed.has_error());
  EXPECT_EQ(failed.error().code(), "adapter.value_kind");
  EXPECT_EQ(failed.error().path(), "patient.visits");
  EXPECT_THAT(base::describe(base::Language::english, failed.error()), testing::Not(HasSubstr("secret")));
  EXPECT_TRUE(read_history().empty());
  EXPECT_EQ(home->sql("SELECT count(*) FROM record_layout"), "0|");
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}}});
  EXPECT_EQ(home->sql("SELECT layout FROM case_report"), "1|");
}

TEST_F(StoreSemantics, SeveralTogetherHaveAReceiptEachAndKnowOfEachOther) {
  std::vector<model::Disclosure> all;
  all.push_back(
      discloser.disclose({"patient.visits"}, {{key(1, 1), {{"patient.visits", Value::integer(1)}}},
                                              {key(2, 1), {{"patient.visits", Value::integer(1)}}}}));
  all.push_back(
      discloser.disclose({"patient.visits"}, {{key(1, 2), {{"patient.visits", Value::integer(2)}}},
                                              {key(2, 1), {{"patient.visits", Value::integer(1)}}}}));
  const auto receipts = sink->deliver_together(all);
  ASSERT_FALSE(receipts.has_error()) << base::describe(base::Language::english, receipts.error());
  ASSERT_EQ(receipts->size(), 2U);
  EXPECT_EQ(receipts->at(0).stored, 2U);
  EXPECT_EQ(receipts->at(1).stored, 1U);
  EXPECT_EQ(receipts->at(1).already_there, 1U);
  EXPECT_NE(receipts->at(0).recipient_reference, receipts->at(1).recipient_reference);
  EXPECT_THAT(read_history(),
              ElementsAre("1.1h: patient.visits=1", "1.2: patient.visits=2", "2.1: patient.visits=1"));
}

TEST_F(StoreSemantics, OfSeveralTogetherOneThatFailsLeavesNothingOfAny) {
  std::vector<model::Disclosure> all;
  all.push_back(discloser.disclose({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}}}));
  all.push_back(
      discloser.disclose({"patient.visits"}, {{key(2), {{"patient.visits", Value::text("secret")}}}}));
  const auto failed = sink->deliver_together(all);
  ASSERT_TRUE(failed.has_error());
  EXPECT_EQ(failed.error().code(), "adapter.value_kind");
  EXPECT_TRUE(read_history().empty());
  EXPECT_EQ(sink->deliver(all.front())->stored, 1U);
}

TEST_F(StoreSemantics, FieldsThatTheCatalogueGainsBecomeColumns) {
  deliver({"patient.visits"}, {{key(1), {{"patient.visits", Value::integer(1)}}}});
  ASSERT_FALSE(sink->close().has_error());
  discloser = Discloser(catalogue_of(
      std::string(kSmallCatalogue) +
      "  a.new_field: {ja: 新, en: New, type: age, class: sensitive}\n"
      "  contact.new_member: {ja: 新, en: New, type: text, class: sensitive, group: contact}\n"));
  open();
  const Value item[] = {Value{}, Value{}, Value{}, Value::text("新")};
  const Value items[] = {Value::list(item)};
  deliver({"a.new_field", "contact"},
          {{key(1, 2), {{"a.new_field", Value::age({3, true})}, {"contact", Value::list(items)}}}});
  EXPECT_THAT(read(), ElementsAre("1.2: patient.visits=1 contact=新 a.new_field=3 months"));
  EXPECT_EQ(home->sql("SELECT version, a_new_field_months FROM case_report_versions ORDER BY version"),
            "1|NULL|2|3|");
}

TEST_F(StoreSemantics, DeliveringAfterClosingIsADefectAndClosingTwiceIsNot) {
  ASSERT_FALSE(sink->close().has_error());
  ASSERT_FALSE(sink->close().has_error());
  const auto late = sink->deliver(discloser.disclose({"patient.visits"}, {{key(1), {}}}));
  ASSERT_TRUE(late.has_error());
  EXPECT_EQ(late.error().kind(), base::ErrorKind::defect);
}

}  // namespace
}  // namespace musubi::test
