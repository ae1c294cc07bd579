#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using OutboxTest = LedgerTest;

TEST_F(OutboxTest, open_rows_say_what_to_deliver_again) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}}));
  const auto outbox = accept(part, {{"2", 1}, {"x", 1, Disposition::in_review}, {"1", 1}, {"1", 2}});
  reopen();
  const auto open = ledger->open_outbox_rows();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].id, outbox);
  EXPECT_EQ(open[0].part, part.id);
  EXPECT_EQ(open[0].recipient, "central");
  EXPECT_EQ(open[0].route, "everything");
  const auto rows = ledger->records_between(open[0].part, open[0].first_row, open[0].last_row);
  ASSERT_THAT(rows, SizeIs(4));
  EXPECT_EQ(rows[0].row, 2u);
  EXPECT_EQ(rows[0].case_number, ledger->case_number("tokyo", "2"));
  EXPECT_EQ(rows[0].version, 1u);
  EXPECT_EQ(rows[1].disposition, Disposition::in_review);
  EXPECT_EQ(rows[2].disposition, Disposition::unchanged);
  EXPECT_EQ(rows[3].version, 2u);
}

TEST_F(OutboxTest, attempts_are_noted) {
  auto part = part_of_text("a");
  const auto outbox = accept(part, {{"1", 1}});
  ASSERT_EQ(code_of(ledger->note_attempt(outbox, "sink.down")), "");
  ASSERT_EQ(code_of(ledger->note_attempt(outbox, "sink.slow")), "");
  EXPECT_EQ(ledger->open_outbox_rows()[0].attempts, 2u);
  EXPECT_EQ(ledger->open_outbox_rows()[0].last_error, "sink.slow");
  EXPECT_EQ(code_of(ledger->note_attempt(99, "sink.down")), "ledger.outbox_unknown");
}

TEST_F(OutboxTest, a_receipt_may_ride_with_the_next_batch) {
  auto part = part_of_text("a");
  const auto first = accept(part, {{"1", 1}});
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->retire(first, "42");
  const auto second = add_words(*ledger, part, 2, {{"2", 1}});
  EXPECT_EQ(ledger->balance().in_flight, 1u) << "not before the commit";
  ASSERT_EQ(code_of(ledger->commit_batch(2)), "");
  expect_counts(ledger->balance(), {.received = 2, .delivered = 1, .in_flight = 1});
  ASSERT_THAT(ledger->open_outbox_rows(), SizeIs(1));
  EXPECT_EQ(ledger->open_outbox_rows()[0].id, second);
}

TEST_F(OutboxTest, a_receipt_of_an_abandoned_batch_does_not_count) {
  auto part = part_of_text("a");
  const auto outbox = accept(part, {{"1", 1}});
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->retire(outbox, "42");
  ledger->abandon_batch();
  EXPECT_THAT(ledger->open_outbox_rows(), SizeIs(1));
}

TEST_F(OutboxTest, the_first_receipt_stands) {
  auto part = part_of_text("a");
  const auto outbox = accept(part, {{"1", 1}});
  retire(outbox, "first");
  retire(outbox, "second");
  EXPECT_EQ(ledger->lineage(1)->versions[0].deliveries[0].receipt, "first");
  EXPECT_EQ(code_of(ledger->retire_now(99, "x")), "ledger.outbox_unknown");
  EXPECT_THAT(ledger->open_outbox_rows(), IsEmpty());
}

}  // namespace
}  // namespace musubi::ledger
