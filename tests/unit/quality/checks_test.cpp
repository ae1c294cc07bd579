#include "musubi/quality/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "house.h"
#include "record_text.h"

namespace musubi::quality {
namespace {

using namespace std::chrono_literals;
using model::Severity;
using model::Value;

constexpr std::chrono::sys_days kToday = 2020y / 6 / 1;

std::shared_ptr<const Checks> checks_for(std::string_view expect, std::string_view severity = "warning") {
  auto loaded = test::load(test::rule(expect, severity));
  if (loaded.has_error()) throw std::runtime_error(base::describe(base::Language::english, loaded.error()));
  return *loaded;
}

std::size_t findings_for(const Checks& checks, const std::vector<test::Assignment>& record) {
  auto batch = test::batch_of(test::catalogue(), record);
  checks.run(batch, kToday);
  return batch.findings().size();
}

std::shared_ptr<const model::RecordLayout> layout_of(std::initializer_list<std::string_view> ids) {
  std::vector<model::FieldNumber> fields;
  for (const auto id : ids) fields.push_back(test::catalogue()->number_of(id));
  return std::make_shared<const model::RecordLayout>(
      model::make_layout(test::catalogue(), model::RecordKind::case_report, std::move(fields)));
}

TEST(Checks, NameCodeSeverityFieldRecordAndColumn) {
  const auto checks = checks_for("{ not_after: [onset.date, report.date] }", "error");
  auto layout = *layout_of({"onset.date", "report.date"});
  layout.rules = {{.rule = "report.date", .line = 1, .from = "報告日"},
                  {.rule = "onset.date", .line = 2, .from = "発症日"}};
  model::RecordBatch batch(std::make_shared<const model::RecordLayout>(std::move(layout)));
  for (const int day : {1, 9, 2}) {
    const auto values = batch.add({});
    const auto slot = [&](std::string_view id) {
      return static_cast<std::size_t>(batch.layout().slot(test::catalogue()->number_of(id)));
    };
    values[slot("report.date")] = Value::date({2020, 4, 5});
    values[slot("onset.date")] = Value::date({2020, 4, static_cast<std::uint8_t>(day)});
    values[slot("onset.date")].set_rule(1);
  }
  checks->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U);
  const auto& finding = batch.findings()[0];
  EXPECT_EQ(finding.code, "case.test");
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.field, test::catalogue()->number_of("onset.date"));
  EXPECT_EQ(finding.record, 1U);
  EXPECT_EQ(finding.column, "発症日");
}

TEST(Checks, KeepFindingsAscendingAmongThoseOfOthers) {
  const auto checks = checks_for("{ required: [report.local_id] }");
  model::RecordBatch batch(layout_of({"report.local_id"}));
  for (int record = 0; record < 4; ++record) batch.add({});
  batch.values(1)[0] = Value::text("known");
  for (const std::uint32_t record : {1U, 2U, 3U}) {
    model::Finding& finding = batch.findings().emplace_back();
    finding.code = "a.reader";
    finding.record = record;
  }
  checks->run(batch, kToday);
  std::vector<std::uint32_t> records;
  for (const auto& finding : batch.findings()) records.push_back(finding.record);
  EXPECT_THAT(records, testing::ElementsAre(0, 1, 2, 2, 3, 3));
  EXPECT_EQ(batch.findings()[2].code, "a.reader") << "what was found first stays first";
}

TEST(Checks, LeaveOutRulesAboutFieldsTheLayoutLacks) {
  EXPECT_EQ(
      findings_for(*checks_for("{ not_after: [onset.date, report.date] }"), {{"onset.date", "2020-04-01"}}),
      0U);
  EXPECT_EQ(findings_for(*checks_for("{ not_future: [death.date] }"), {{"onset.date", "2030-04-01"}}), 0U);
  EXPECT_EQ(findings_for(*checks_for("{ in_value_set: all }"), {{"onset.date", "2030-04-01"}}), 0U);
}

TEST(Checks, MissARequiredFieldTheLayoutLacks) {
  const auto checks = checks_for("{ required: [report.local_id] }");
  EXPECT_EQ(findings_for(*checks, {{"onset.date", "2020-04-01"}}), 1U);
  EXPECT_EQ(findings_for(*checks, {{"report.local_id", "7"}}), 0U);
  EXPECT_EQ(findings_for(*checks, {{"report.local_id", "?unknown"}}), 1U) << "a reason is no number";
}

TEST(Checks, NameTheFieldThatTheLayoutHolds) {
  const auto checks = checks_for("{ answered: [patient.age, patient.age_band] }");
  auto batch = test::batch_of(test::catalogue(), {{"patient.age_band", ""}});
  checks->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U);
  EXPECT_EQ(batch.findings()[0].field, test::catalogue()->number_of("patient.age_band"));
}

TEST(Checks, LeaveOutOtherKindsOfRecords) {
  const auto checks = checks_for("{ required: [report.local_id] }");
  auto batch =
      test::batch_of(test::catalogue(), {{"count.date", "2020-04-01"}}, model::RecordKind::published_count);
  checks->run(batch, kToday);
  EXPECT_TRUE(batch.findings().empty());
}

TEST(Checks, FollowTheLayoutTheyAreGiven) {
  const auto checks = checks_for("{ range: { fields: [patient.age], least: 0, most: 125 } }");
  EXPECT_EQ(findings_for(*checks, {{"patient.age", "126"}, {"onset.date", "2020-04-01"}}), 1U);
  EXPECT_EQ(findings_for(*checks, {{"patient.age", "126"}}), 1U);
  EXPECT_EQ(findings_for(*checks, {{"patient.age", "125"}, {"report.local_id", "1"}}), 0U);
}

TEST(Checks, LookAtEachValueOfAList) {
  const auto checks = checks_for("{ in_value_set: [symptom.codes] }");
  model::RecordBatch batch(layout_of({"symptom.codes"}));
  const auto* symptoms = test::value_sets()->find("symptom");
  ASSERT_NE(symptoms, nullptr);
  for (const std::string_view second :
       {std::string_view(symptoms->concepts()[1].code), std::string_view("no_such_symptom")}) {
    const auto items = batch.keep_list(2);
    items[0] = Value::code(symptoms->concepts()[0].code);
    items[1] = Value::code(second);
    batch.add({})[0] = Value::list(items);
  }
  checks->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U);
  EXPECT_EQ(batch.findings()[0].record, 1U);
}

TEST(Checks, DoNotMistakeOneCodeForAnotherInTheSamePlace) {
  const auto checks = checks_for("{ in_value_set: [patient.sex] }");
  std::string text = "male";
  model::RecordBatch batch(layout_of({"patient.sex"}));
  batch.add({})[0] = Value::code(text);
  batch.add({})[0] = Value::code(std::string_view(text).substr(0, 3));
  checks->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U) << "a beginning of a code is another code";
  text = "malx";
  batch.findings().clear();
  checks->run(batch, kToday);
  EXPECT_EQ(batch.findings().size(), 2U) << "what was good in one run is looked at anew in the next";
}

TEST(Checks, CountMomentsByTheirOwnDay) {
  const auto checks = checks_for("{ not_future: [confirmation.health_centre_at] }");
  model::RecordBatch batch(layout_of({"confirmation.health_centre_at"}));
  const auto at = [](auto instant) {
    return Value::moment(
        {std::chrono::microseconds(std::chrono::sys_time<std::chrono::minutes>(instant).time_since_epoch())
             .count(),
         540});
  };
  batch.add({})[0] = at(std::chrono::sys_days(2020y / 6 / 2) + 14h + 59min);
  batch.add({})[0] = at(std::chrono::sys_days(2020y / 6 / 2) + 15h);
  checks->run(batch, kToday);
  ASSERT_EQ(batch.findings().size(), 1U) << "15:00 UTC is 3 June in Japan";
  EXPECT_EQ(batch.findings()[0].record, 1U);
}

TEST(Checks, IgnoreValuesOfAnUnexpectedKind) {
  const auto checks = checks_for(
      "{ age_matches_band: { age: patient.age, band: patient.age_band, bands: { 40s: [40, 49] } } }");
  model::RecordBatch batch(layout_of({"patient.age", "patient.age_band"}));
  const auto values = batch.add({});
  values[0] = Value::text("forty");
  values[1] = Value::date({2020, 4, 1});
  checks->run(batch, kToday);
  EXPECT_TRUE(batch.findings().empty());
}

TEST(Checks, CanBeSharedByThreads) {
  const auto checks = checks_for("{ not_future: [onset.date] }");
  std::vector<std::size_t> found(4);
  {
    std::vector<std::jthread> threads;
    for (auto& count : found) {
      threads.emplace_back([&count, &checks] {
        for (int round = 0; round < 50; ++round)
          count += findings_for(*checks, {{"onset.date", "2030-04-01"}});
      });
    }
  }
  EXPECT_THAT(found, testing::Each(50U));
}

TEST(Checks, DoNothingForAnEmptyBatch) {
  model::RecordBatch batch(layout_of({"onset.date"}));
  checks_for("{ not_future: [onset.date] }")->run(batch, kToday);
  EXPECT_TRUE(batch.findings().empty());
}

}  // namespace
}  // namespace musubi::quality
