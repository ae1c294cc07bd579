#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using LineageTest = LedgerTest;

TEST_F(LineageTest, from_a_case_back_to_its_bytes_and_forward_to_its_recipients) {
  const auto submission = keep("the bytes");
  auto part = begin({.submission = submission.id,
                     .name = "4月",
                     .pin = {"tokyo/positive-cases", "2020-04-01", "m1", "v1", "p1"},
                     .as_of = 9});
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  const auto central = add_words(*ledger, part, 1, {{"11", 1}, {"12", 1}});
  ledger->open_outbox("statistics", "counts", 1, 2);
  ASSERT_EQ(code_of(ledger->commit_batch(2)), "");
  retire(central, "txn-7");

  const auto lineage = ledger->lineage(*ledger->case_number("tokyo", "12"));
  ASSERT_TRUE(lineage);
  EXPECT_EQ(lineage->source, "tokyo");
  EXPECT_EQ(lineage->local_id, "12");
  ASSERT_THAT(lineage->versions, SizeIs(1));
  const auto& version = lineage->versions[0];
  EXPECT_EQ(version.version, 1u);
  EXPECT_EQ(version.submission, submission.id);
  EXPECT_EQ(version.part, part.id);
  EXPECT_EQ(version.file, "input.csv");
  EXPECT_EQ(version.part_name, "4月");
  EXPECT_EQ(version.digest, submission.digest);
  EXPECT_EQ(version.pin, (Pin{"tokyo/positive-cases", "2020-04-01", "m1", "v1", "p1"}));
  EXPECT_FALSE(version.replayed);
  EXPECT_EQ(version.as_of, 9);
  EXPECT_EQ(version.row, 2u);
  EXPECT_EQ(version.line, 3u);
  EXPECT_EQ(version.byte, 200u);
  EXPECT_EQ(version.length, 99u);
  ASSERT_THAT(version.deliveries, SizeIs(2));
  EXPECT_EQ(version.deliveries[0].recipient + version.deliveries[0].receipt, "centraltxn-7");
  EXPECT_EQ(version.deliveries[0].at, base::to_text(clock.time));
  EXPECT_EQ(version.deliveries[1].route, "counts");
  EXPECT_EQ(version.deliveries[1].at, "") << "still in flight";
}

TEST_F(LineageTest, every_version_from_every_submission_late_ones_too) {
  auto second = part_of_text("second", 20);
  retire(accept(second, {{"1", 2}}));
  auto first = part_of_text("first", 10);
  retire(accept(first, {{"1", 1}}));
  auto again = part_of_text("again", 25);
  retire(accept(again, {{"1", 2}}));
  auto third = part_of_text("third", 30);
  retire(accept(third, {{"1", 3}}));

  const auto lineage = ledger->lineage(*ledger->case_number("tokyo", "1"));
  ASSERT_THAT(lineage->versions, SizeIs(3)) << "the unchanged row is no version";
  EXPECT_EQ(lineage->versions[0].as_of, 20);
  EXPECT_EQ(lineage->versions[1].as_of, 10);
  EXPECT_EQ(lineage->versions[1].disposition, Disposition::late);
  EXPECT_EQ(lineage->versions[2].as_of, 30);
  EXPECT_EQ(lineage->versions[2].version, 3u);
  expect_right();
}

TEST_F(LineageTest, a_corrected_report_before_the_original_loses_neither) {
  auto correction = part_of_text("correction", 20);
  retire(accept(correction, {{"1", 2}}));
  auto original = part_of_text("original", 10);
  retire(accept(original, {{"1", 1}}));
  ASSERT_EQ(code_of(ledger->begin_batch(original.id)), "");
  EXPECT_EQ(ledger->find_case("tokyo", "1")->content.low, 2u) << "the correction stands";
  ledger->abandon_batch();
  EXPECT_THAT(ledger->lineage(1)->versions, SizeIs(2));
}

TEST_F(LineageTest, an_unknown_case_has_none) {
  EXPECT_FALSE(ledger->lineage(4711));
  EXPECT_FALSE(ledger->case_number("tokyo", "4711"));
  EXPECT_FALSE(ledger->case_number("kyoto", "1"));
}

TEST_F(LineageTest, a_damaged_chain_ends_and_is_reported) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}, {"1", 2}, {"1", 3}}));
  tamper("UPDATE records SET previous = id WHERE version = 2");
  EXPECT_THAT(ledger->lineage(1)->versions, SizeIs(2));
  EXPECT_THAT(audit(), ::testing::Contains("ledger.audit_chain"));
}

}  // namespace
}  // namespace musubi::ledger
