#include "completeness.h"

#include <gtest/gtest.h>

#include "small_hub.h"

namespace musubi::pipeline {
namespace {

const FieldCount& of(const FieldCounts& counts, Importance importance) {
  return counts[static_cast<std::size_t>(importance)];
}

TEST(Completeness, counts_fields_with_a_value_by_how_much_they_matter) {
  const auto catalogue = taken(model::Catalogue::load(MUSUBI_PROJECT_FOLDER "/mappings/catalogue"));
  const auto local_id = catalogue->number_of("report.local_id"), sex = catalogue->number_of("patient.sex"),
             course = catalogue->number_of("patient.course");
  const auto layout = std::make_shared<const model::RecordLayout>(
      model::make_layout(catalogue, model::RecordKind::case_report, {local_id, sex, course}));
  model::RecordBatch records(layout);
  const auto fill = [&](const model::RecordOrigin& origin, std::initializer_list<model::FieldNumber> fields) {
    const auto values = records.add(origin);
    for (const auto field : fields)
      values[static_cast<std::size_t>(layout->slot(field))] = model::Value::text("x");
  };
  fill({.row = 1}, {local_id, sex, course});
  fill({.row = 2}, {local_id});
  records.values(1)[static_cast<std::size_t>(layout->slot(sex))] =
      model::Value::absent(model::AbsentReason::not_asked);

  FieldCounts counts{};
  Completeness(*layout).count(records, counts);
  EXPECT_EQ(of(counts, Importance::essential).filled, 2U);
  EXPECT_EQ(of(counts, Importance::essential).expected, 2U) << "a case has one field that may not be missing";
  EXPECT_EQ(of(counts, Importance::required).filled, 1U) << "a reason why there is none is no value";
  EXPECT_EQ(of(counts, Importance::optional).filled, 1U);
  EXPECT_GT(of(counts, Importance::required).expected, 20U) << "fields that the source cannot say count too";
}

TEST_F(HubTest, what_is_found_and_what_is_filled_is_told_of_each_submission) {
  struct Note final : HubObserver {
    void carried(const SubmissionReport& report, Duration) noexcept override { part = report.parts.at(0); }
    PartReport part;
  } note;
  hub = taken(Hub::start(equipment(), quick(), note));
  receive(rows(1, 10) + "11,X,2020-04-01\n");
  expect_idle();
  hub->stop();
  EXPECT_EQ(note.part.findings.at("mapping.value_not_understood"), 1U);
  EXPECT_EQ(of(note.part.fields, Importance::essential).filled, 11U);
  EXPECT_EQ(of(note.part.fields, Importance::essential).expected, 11U);
  EXPECT_LT(of(note.part.fields, Importance::required).filled,
            of(note.part.fields, Importance::required).expected);
  hub.reset();
}

}  // namespace
}  // namespace musubi::pipeline
