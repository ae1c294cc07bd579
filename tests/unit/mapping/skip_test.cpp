// Rows that are no records: counted, with the reason; and rows with faults.
#include "fixture.h"

namespace musubi::mapping {
namespace {

const char* const kSkips =
    "skip_rows_where:\n"
    "  - { column: a, is: [計, 合計], because: 合計の行 }\n"
    "  - { column: b, is: '-', because: 注記の行 }\n";

BoundMapping skipping() { return bound(mapping_with("  report.local_id: { from: a }\n", kSkips)); }

TEST(Skip, LeavesRowsOutAndSaysWhy) {
  const auto mapping = skipping();
  const auto mapped =
      map_rows(mapping, {{"1", "x", ""}, {" 計", "", "9"}, {"2", "―", ""}, {"", "　", ""}, {"3", "", ""}});
  EXPECT_EQ(mapped.applied.records, 2U);
  ASSERT_EQ(mapped.applied.skipped.size(), 3U);
  const auto reason = [&](std::size_t index) {
    return mapping.skip_reasons()[mapped.applied.skipped[index].reason];
  };
  EXPECT_EQ(mapped.applied.skipped[0].row_index, 1U);
  EXPECT_EQ(reason(0).because, "合計の行");
  EXPECT_EQ(reason(0).column, "a");
  EXPECT_EQ(reason(0).line, 7U);
  EXPECT_EQ(reason(1).because, "注記の行");
  EXPECT_EQ(reason(2).because, "mapping.row_blank");
  EXPECT_EQ(mapped.records.origin(1).row, 5U);
}

TEST(Skip, OfAColumnThatIsNotThereDoesNothing) {
  const auto mapping = bound(mapping_with("  report.local_id: { from: b }\n", kSkips), {"b", "c"});
  EXPECT_EQ(map_rows(mapping, {{"計", "x"}}, 2).applied.records, 1U);
}

TEST(Faults, AreNotMapped) {
  const auto mapping = skipping();
  auto rows = testing::rows(3, {{"1", "", ""}, {"2", "", ""}, {"3", "", ""}});
  rows.add_fault({1, "csv.too_many_cells", 100});
  model::RecordBatch records(mapping.layout());
  const auto applied = mapping.apply(rows, records);
  EXPECT_EQ(applied.records, 2U);
  EXPECT_TRUE(applied.skipped.empty());
  EXPECT_EQ(records.origin(1).row, 3U);
}

TEST(Rows, NarrowerThanTheHeaderAreBlankAtTheEnd) {
  const auto mapping = bound(mapping_with("  report.local_id: { from: a }\n  report.remarks: { from: c }\n"));
  EXPECT_EQ(map_rows(mapping, {{"1"}}, 1).json(), R"({"report.local_id":"1"})");
}

TEST(Apply, AppendsToWhatIsThere) {
  const auto mapping = skipping();
  model::RecordBatch records(mapping.layout());
  mapping.apply(testing::rows(3, {{"1", "", ""}}), records);
  mapping.apply(testing::rows(3, {{"2", "", ""}}), records);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(model::to_json(records.layout(), records.values(0)), R"({"report.local_id":"1"})");
}

}  // namespace
}  // namespace musubi::mapping
