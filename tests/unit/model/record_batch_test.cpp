#include "musubi/model/record_batch.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "model_files.h"
#include "musubi/base/json_text.h"

namespace musubi::model {
namespace {

using testing::real_catalogue;

std::shared_ptr<const RecordLayout> layout_of(std::initializer_list<std::string_view> ids) {
  const auto catalogue = real_catalogue();
  std::vector<FieldNumber> fields;
  for (const auto id : ids) fields.push_back(catalogue->number_of(id));
  return std::make_shared<const RecordLayout>(make_layout(catalogue, RecordKind::case_report, fields));
}

Value& at(RecordBatch& batch, std::size_t record, std::string_view id) {
  const int slot = batch.layout().slot(batch.layout().catalogue->number_of(id));
  return batch.values(record)[static_cast<std::size_t>(slot)];
}

TEST(RecordLayout, SortsFieldsAndDropsRepeats) {
  const auto layout = layout_of({"patient.sex", "report.local_id", "patient.sex"});
  ASSERT_EQ(layout->slots.size(), 2u);
  EXPECT_EQ(layout->catalogue->at(layout->slots[0]).id, "report.local_id");
  EXPECT_EQ(layout->slot(layout->slots[1]), 1);
  EXPECT_EQ(layout->slot(layout->catalogue->number_of("onset.date")), -1);
  EXPECT_EQ(layout->slot(kNoField), -1);
}

TEST(RecordBatch, NewRecordsAreSilent) {
  RecordBatch batch(layout_of({"patient.sex", "onset.date"}));
  for (const Value& value : batch.add({.row = 3, .line = 4, .byte = 50, .length = 10}))
    EXPECT_TRUE(value.silent());
  EXPECT_EQ(batch.size(), 1u);
  EXPECT_EQ(batch.origin(0).line, 4u);
}

TEST(RecordBatch, FieldsOutsideTheLayoutAreSilent) {
  RecordBatch batch(layout_of({"patient.sex"}));
  batch.add({})[0] = Value::code("male");
  EXPECT_TRUE(batch.value(0, real_catalogue()->number_of("patient.name.kanji")).silent());
  EXPECT_EQ(batch.value(0, real_catalogue()->number_of("patient.sex")), Value::code("male"));
}

TEST(RecordBatch, MovingKeepsViewsValid) {
  RecordBatch batch(layout_of({"patient.name.kanji", "symptom.codes"}));
  const std::string far(100, 'x');
  batch.add({});
  at(batch, 0, "patient.name.kanji") = Value::text(batch.keep(far));
  auto list = batch.keep_list(2);
  list[0] = Value::code(batch.keep("fever"));
  list[1] = Value::code(batch.keep("cough"));
  at(batch, 0, "symptom.codes") = Value::list(list);
  const char* const before = at(batch, 0, "patient.name.kanji").as_text().data();

  RecordBatch moved(std::move(batch));
  EXPECT_EQ(at(moved, 0, "patient.name.kanji").as_text().data(), before);
  RecordBatch assigned(layout_of({"patient.sex"}));
  assigned = std::move(moved);
  EXPECT_EQ(at(assigned, 0, "patient.name.kanji"), Value::text(far));
  EXPECT_EQ(to_text(at(assigned, 0, "symptom.codes")), "fever;cough");
}

TEST(RecordBatch, ManyRecordsKeepTheirOwnValues) {
  RecordBatch batch(layout_of({"report.local_id"}));
  for (int number = 0; number < 20'000; ++number)
    batch.add({.row = static_cast<std::uint64_t>(number)})[0] =
        Value::text(batch.keep(std::to_string(number)));
  EXPECT_EQ(batch.values(19'999)[0], Value::text("19999"));
  EXPECT_EQ(batch.values(0)[0], Value::text("0"));
}

TEST(RecordBatch, OwnersLiveAsLongAsTheBatch) {
  auto bytes = std::make_shared<const std::string>("kept bytes");
  const std::weak_ptr<const std::string> watch = bytes;
  RecordBatch batch(layout_of({"patient.name.kanji"}));
  batch.add({})[0] = Value::text(*bytes);
  batch.keep_alive(std::move(bytes));
  RecordBatch moved(std::move(batch));
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(moved.values(0)[0], Value::text("kept bytes"));
  moved.clear();
  EXPECT_TRUE(watch.expired());
}

TEST(RecordBatch, ClearStartsAnew) {
  RecordBatch batch(layout_of({"patient.sex"}));
  batch.add({})[0] = Value::code(batch.keep("male"));
  batch.findings().push_back(Finding{});
  batch.clear();
  EXPECT_EQ(batch.size(), 0u);
  EXPECT_TRUE(batch.findings().empty());
  EXPECT_TRUE(batch.add({})[0].silent());
}

TEST(RecordBatch, KeepsEmptyTextWithoutMemory) {
  RecordBatch batch(layout_of({"patient.sex"}));
  EXPECT_TRUE(batch.keep("").empty());
  EXPECT_TRUE(batch.keep_list(0).empty());
}

TEST(ToJson, WritesOnlyWhatWasSaid) {
  RecordBatch batch(layout_of({"report.local_id", "patient.sex", "patient.age", "onset.date",
                               "travel.history", "symptom.codes", "symptom.oxygen_saturation"}));
  batch.add({});
  at(batch, 0, "report.local_id") = Value::text("12");
  at(batch, 0, "patient.age") = Value::age({11, true});
  at(batch, 0, "onset.date") = Value::absent(AbsentReason::under_investigation);
  at(batch, 0, "travel.history") = Value::boolean(false);
  at(batch, 0, "symptom.oxygen_saturation") = Value::decimal({985, 1});
  EXPECT_EQ(to_json(batch.layout(), batch.values(0)),
            R"({"report.local_id":"12","patient.age":"11 months",)"
            R"("symptom.oxygen_saturation":98.5,"onset.date":{"absent":"under_investigation"},)"
            R"("travel.history":false})");
}

TEST(ToJson, GroupsAreArraysOfObjects) {
  RecordBatch batch(layout_of({"vaccination.dose"}));
  const auto catalogue = real_catalogue();
  const auto members = catalogue->members_of(catalogue->number_of("vaccination.dose"));
  auto items = batch.keep_list(2);
  for (Value& item : items) {
    auto values = batch.keep_list(members.size());
    values[0] = Value::integer(&item - items.data() + 1);
    item = Value::list(values);
  }
  batch.add({})[0] = Value::list(items);
  EXPECT_EQ(to_json(batch.layout(), batch.values(0)),
            R"({"vaccination.dose":[{"vaccination.dose.number":1},{"vaccination.dose.number":2}]})");
}

TEST(ToJson, EscapesWhatJsonDemands) {
  std::string out;
  base::append_json_string(out, std::string_view("a\"\\\n\r\t\x01\0東", 11));
  EXPECT_EQ(out, R"("a\"\\\n\r\t\u0001\u0000東")");
}

}  // namespace
}  // namespace musubi::model
