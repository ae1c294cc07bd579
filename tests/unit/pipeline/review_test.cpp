// What people put right by hand: laid over the row, delivered, and still there when the row is read again.
#include "musubi/pipeline/review.h"
#include "corrections.h"
#include "small_hub.h"

namespace musubi::pipeline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ReviewTest : public HubTest {
 protected:
  /// Row 1 passes; row 2 has a sex that no mapping knows.
  void receive_one_that_is_held() {
    start();
    receive("No,sex,day\n1,男性,2020-04-01\n2,ほげ,2020-04-01\n");
    expect_idle();
    ASSERT_THAT(ledger->quarantine(), SizeIs(1));
  }
  ledger::QuarantinedRecord held() const { return *ledger->quarantined(1); }
  std::string code_of(const base::Status& status) const {
    return status.has_error() ? std::string(status.error().code()) : "";
  }
  std::string refused(const std::string& json) const {
    const auto fields = hub->read_correction(held(), json);
    return fields.has_error() ? std::string(fields.error().code()) : *fields;
  }
  ReplayReport correct(const std::string& json) {
    const auto fields = taken(hub->read_correction(held(), json));
    return taken(hub->correct(held(), {1, held().row, fields, "reviewer:1", "asked", clock.now()}));
  }
};

TEST_F(ReviewTest, a_record_that_was_put_right_is_delivered_with_what_was_put_right) {
  receive_one_that_is_held();
  const auto report = correct(R"({"patient.sex": "female"})");
  EXPECT_EQ(report.delivered, 1U);
  expect_soon([&] { return all_settled(); });
  EXPECT_THAT(sink.said(2), HasSubstr(R"("patient.sex":"female")"));
  expect_books(2, 2);
}

TEST_F(ReviewTest, the_cells_of_a_held_row_are_found_in_the_bytes_that_came) {
  receive_one_that_is_held();
  std::vector<CellPlace> cells = {{.row = 1, .column = "sex"},
                                  {.row = 2},
                                  {.row = 2, .column = "sex"},
                                  {.row = 2, .column = "no such column"},
                                  {.row = 3, .column = "sex"}};
  ASSERT_FALSE(hub->find_cells(held().part_id, cells).has_error());
  const std::string_view bytes = "No,sex,day\n1,男性,2020-04-01\n2,ほげ,2020-04-01\n";
  EXPECT_EQ(cells[0].byte, bytes.find("男性"));
  EXPECT_EQ(cells[1].byte, bytes.find("2,ほげ"));
  EXPECT_EQ(cells[2].byte, bytes.find("ほげ"));
  EXPECT_EQ(cells[3].byte, bytes.find("2,ほげ"));
  EXPECT_TRUE(cells[3].found);
  EXPECT_FALSE(cells[4].found);
  EXPECT_EQ(code_of(hub->find_cells(99, cells)), "pipeline.part_missing");
}

TEST_F(ReviewTest, it_is_read_again_as_it_was_put_right_after_a_restart) {
  receive_one_that_is_held();
  sink.away = true;
  correct(R"({"patient.sex": {"absent": "not_disclosed"}, "report.published_on": "2020-04-02"})");
  restart();
  sink.away = false;
  expect_soon([&] { return all_settled(); });
  EXPECT_THAT(sink.said(2), HasSubstr(R"("patient.sex":{"absent":"not_disclosed"})"));
  EXPECT_THAT(sink.said(2), HasSubstr("2020-04-02"));
  expect_books(2, 2);
}

TEST_F(ReviewTest, of_two_corrections_of_a_field_the_later_one_holds) {
  receive_one_that_is_held();
  EXPECT_EQ(correct(R"({"report.published_on": "2020-04-03"})").still_held, 1U);
  EXPECT_EQ(correct(R"({"patient.sex": "male", "report.published_on": "2020-04-04"})").delivered, 1U);
  expect_soon([&] { return all_settled(); });
  EXPECT_THAT(sink.said(2), HasSubstr("2020-04-04"));
}

TEST_F(ReviewTest, what_still_holds_it_is_said) {
  receive_one_that_is_held();
  EXPECT_EQ(held().reason, "mapping.value_not_understood");
  EXPECT_EQ(correct(R"({"patient.sex": "male", "report.published_on": "2099-01-01"})").still_held, 1U);
  EXPECT_EQ(held().reason, "case.date_in_future");
  EXPECT_THAT(held().findings, HasSubstr("report.published_on"));
  EXPECT_TRUE(ledger->balance().balanced());
}

TEST_F(ReviewTest, its_values_are_shown_with_what_was_put_right) {
  receive_one_that_is_held();
  correct(R"({"report.published_on": "2020-04-03"})");
  const auto values = taken(hub->look_at(held()));
  ASSERT_THAT(values.row, SizeIs(3));
  EXPECT_EQ(values.row[1].column, "sex");
  EXPECT_EQ(values.row[1].text, "ほげ");
  std::string shown;
  for (const auto& each : values.fields)
    shown += each.field + "=" + each.value + each.absent + (each.corrected ? "!" : "") + " ";
  EXPECT_EQ(shown, "report.local_id=2 report.published_on=2020-04-03! patient.sex=unreadable ");
}

TEST_F(ReviewTest, a_correction_that_is_not_understood_changes_nothing) {
  receive_one_that_is_held();
  EXPECT_EQ(refused("{}"), "review.fields_expected");
  EXPECT_EQ(refused("[1]"), "review.fields_expected");
  EXPECT_EQ(refused("{"), "review.fields_expected");
  EXPECT_EQ(refused(R"({"patient.sexx": "male"})"), "pipeline.field_unknown_near");
  EXPECT_EQ(refused(R"({"zzz": "male"})"), "pipeline.field_unknown");
  EXPECT_EQ(refused(R"({"test": [{"tst.result": "positive"}]})"), "pipeline.field_unknown_near");
  EXPECT_EQ(refused(R"({"test": [{"patient.sex": "male"}]})"), "pipeline.field_unknown");
  EXPECT_EQ(refused(R"({"test.result": "positive"})"), "pipeline.field_unknown_near");
  EXPECT_EQ(refused(R"({"patient.sex": null})"), "review.value_form");
  EXPECT_EQ(refused(R"({"patient.sex": ""})"), "review.value_form");
  EXPECT_EQ(refused(R"({"patient.sex": {"absent": "lost"}})"), "review.value_form");
  EXPECT_EQ(refused(R"({"patient.sex": "ほげ"})"), "review.value_not_understood");
  EXPECT_EQ(refused(R"({"report.published_on": "some day"})"), "review.value_not_understood");
  EXPECT_EQ(refused(R"({"onset.date": "2020-04-01"})"), "review.field_not_read");
  EXPECT_THAT(ledger->corrections_of(held().part_id), SizeIs(0));
}

TEST_F(ReviewTest, what_was_sent_back_is_not_corrected_by_a_correction_that_comes_too_late) {
  receive_one_that_is_held();
  const auto record = held();
  correct(R"({"patient.sex": "female"})");
  const auto again =
      hub->correct(record, {1, record.row, R"({"patient.sex":"male"})", "reviewer:1", "", clock.now()});
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().code(), "ledger.not_held");
}

TEST_F(ReviewTest, a_correction_that_the_mapping_no_longer_understands_holds_its_record_and_no_other) {
  start();
  receive("No,sex,day\n1,ほげ,2020-04-01\n2,ほげ,2020-04-01\n");
  expect_idle();
  const auto first = *ledger->quarantined(1);
  ASSERT_FALSE(ledger
                   ->correct({first.id, first.row, R"({"correction": "1", "patient.sex": "gone"})",
                              "reviewer:1", "asked", clock.now()})
                   .has_error());
  const auto second = *ledger->quarantined(2);
  const auto fields = taken(hub->read_correction(second, R"({"patient.sex": "male"})"));
  EXPECT_EQ(
      taken(hub->correct(second, {second.id, second.row, fields, "reviewer:1", "", clock.now()})).delivered,
      1U);
  EXPECT_EQ(taken(hub->replay({first})).still_held, 1U);
  EXPECT_EQ(held().reason, "review.value_not_understood");
  EXPECT_THAT(held().findings, HasSubstr("patient.sex"));
  EXPECT_EQ(correct(R"({"patient.sex": "female"})").delivered, 1U) << "a later one stands in its place";
  expect_soon([&] { return all_settled(); });
}

TEST_F(ReviewTest, the_fields_of_a_correction_are_named_without_their_values) {
  const auto columns = taken(canonical_columns(
      R"({"patient.sex": {"absent": "unknown"}, "test": [{"test.result": "positive"}], "onset.date": "2020-04-01"})",
      *catalogue, model::RecordKind::case_report));
  EXPECT_THAT(fields_named_in(columns), ElementsAre("patient.sex", "test", "onset.date"));
}

TEST_F(ReviewTest, whose_data_a_source_hands_in_is_what_its_mappings_say) {
  start();
  EXPECT_EQ(hub->jurisdictions_of("test"), std::vector<std::string>{"130001"});
  EXPECT_TRUE(hub->jurisdictions_of("nobody").empty());
}

}  // namespace
}  // namespace musubi::pipeline
