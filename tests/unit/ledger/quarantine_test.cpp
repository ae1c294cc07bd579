#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class QuarantineTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    part = part_of_text("a");
    first_outbox =
        accept(part, {{"1", 1}, {"2", 1, Disposition::in_review}, {"3", 1, Disposition::rejected}});
  }
  /// The way a replay takes: case, outbox row and new state in one batch.
  std::int64_t replay(const QuarantinedRecord& held, const Word& word) {
    EXPECT_EQ(code_of(ledger->begin_batch(held.part_id)), "");
    const auto now = decide(*ledger, part, held.row, word);
    const auto outbox = ledger->open_outbox("central", "everything", held.row, held.row);
    EXPECT_EQ(code_of(ledger->resolve_quarantined(held.id, now, "quarantine replay")), "");
    EXPECT_EQ(code_of(ledger->commit_batch(part.rows_done)), "");
    return outbox;
  }
  PartInfo part;
  std::int64_t first_outbox = 0;
};

TEST_F(QuarantineTest, what_is_held_can_be_listed_and_shown) {
  const auto held = ledger->quarantine();
  ASSERT_THAT(held, SizeIs(2));
  EXPECT_EQ(held[0].source, "tokyo");
  EXPECT_EQ(held[0].file, "input.csv");
  EXPECT_EQ(held[0].mapping, "tokyo/positive-cases");
  EXPECT_EQ(held[0].state, "in_review");
  EXPECT_EQ(held[0].row, 2u);
  EXPECT_EQ(held[0].part_id, part.id);
  EXPECT_EQ(held[1].state, "rejected");
  EXPECT_THAT(ledger->quarantine({.source = "osaka"}), IsEmpty());
  EXPECT_THAT(ledger->quarantine({.source = "tokyo", .reason = "check.held"}), SizeIs(2));
  EXPECT_THAT(ledger->quarantine({.reason = "check.other"}), IsEmpty());
  EXPECT_EQ(ledger->quarantined(held[0].id)->line, 3u);
  EXPECT_FALSE(ledger->quarantined(99));
}

TEST_F(QuarantineTest, a_replay_moves_the_record_and_keeps_what_it_was) {
  const auto held = ledger->quarantine()[0];
  retire(first_outbox);
  const auto outbox = replay(held, {"2", 1});
  expect_counts(ledger->balance(), {.received = 3, .delivered = 1, .rejected = 1, .in_flight = 1});
  retire(outbox);
  expect_counts(ledger->balance(), {.received = 3, .delivered = 2, .rejected = 1});
  EXPECT_THAT(ledger->quarantine(), SizeIs(1));
  const auto shown = ledger->quarantined(held.id);
  EXPECT_EQ(shown->state, "deliver");
  ASSERT_THAT(shown->history, SizeIs(1));
  EXPECT_EQ(shown->history[0].state_before, "in_review");
  EXPECT_EQ(shown->history[0].reason_before, "check.held");
  EXPECT_EQ(shown->history[0].state_after, "deliver");
  EXPECT_EQ(shown->history[0].by, "quarantine replay");
  EXPECT_EQ(shown->history[0].at, base::to_text(clock.time));
  expect_right();
}

TEST_F(QuarantineTest, a_replayed_record_can_be_delivered_again_after_a_crash) {
  replay(ledger->quarantine()[0], {"2", 1});
  reopen();
  const auto open = ledger->open_outbox_rows();
  ASSERT_THAT(open, SizeIs(2));
  const auto rows = ledger->records_between(open[1].part, open[1].first_row, open[1].last_row);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].disposition, Disposition::deliver);
  EXPECT_EQ(rows[0].case_number, ledger->case_number("tokyo", "2"));
  EXPECT_EQ(rows[0].version, 1u);
}

TEST_F(QuarantineTest, only_the_outbox_row_of_the_replay_counts_as_its_delivery) {
  retire(first_outbox, "before");
  const auto outbox = replay(ledger->quarantine()[0], {"2", 1});
  retire(outbox, "after");
  const auto lineage = ledger->lineage(*ledger->case_number("tokyo", "2"));
  ASSERT_THAT(lineage->versions, SizeIs(1));
  ASSERT_THAT(lineage->versions[0].deliveries, SizeIs(1));
  EXPECT_EQ(lineage->versions[0].deliveries[0].receipt, "after");
}

TEST_F(QuarantineTest, a_replay_says_what_the_record_was_read_with) {
  const Pin today{"tokyo/positive-cases", "2020-05-01", "m2", "v2", "p2"};
  const auto held = ledger->quarantine()[0];
  ASSERT_EQ(code_of(ledger->begin_batch(held.part_id)), "");
  const auto now = decide(*ledger, part, held.row, {"2", 1});
  const auto outbox = ledger->open_outbox("central", "everything", held.row, held.row);
  ASSERT_EQ(code_of(ledger->resolve_quarantined(held.id, now, "quarantine replay", today)), "");
  ASSERT_EQ(code_of(ledger->commit_batch(part.rows_done)), "");
  EXPECT_EQ(ledger->records_between(part.id, held.row, held.row).at(0).pin, today);
  EXPECT_EQ(ledger->records_between(part.id, 1, 1).at(0).pin, std::nullopt);
  const auto lineage = ledger->lineage(now.case_number);
  const auto& version = lineage->versions.at(0);
  EXPECT_EQ(version.pin, today);
  EXPECT_TRUE(version.replayed);
  retire(outbox);
}

TEST_F(QuarantineTest, is_asked_by_mapping_and_by_day_of_receipt) {
  using namespace std::chrono_literals;
  const std::chrono::sys_days day = 2020y / 4 / 20;
  EXPECT_THAT(ledger->quarantine({.mapping = "tokyo/positive-cases"}), SizeIs(2));
  EXPECT_THAT(ledger->quarantine({.mapping = "osaka/positive-cases"}), IsEmpty());
  EXPECT_THAT(ledger->quarantine({.since = day, .until = day}), SizeIs(2));
  EXPECT_THAT(ledger->quarantine({.since = day + std::chrono::days(1)}), IsEmpty());
  EXPECT_THAT(ledger->quarantine({.until = day - std::chrono::days(1)}), IsEmpty());
  EXPECT_EQ(ledger->quarantine()[0].day, "2020-04-20");
}

TEST_F(QuarantineTest, what_nobody_is_owed_does_not_count_as_delivered) {
  retire(first_outbox);
  const auto held = ledger->quarantine()[0];
  ASSERT_EQ(code_of(ledger->begin_batch(held.part_id)), "");
  const auto now = decide(*ledger, part, held.row, {"2", 1});
  ASSERT_EQ(code_of(ledger->resolve_quarantined(held.id, now)), "");
  EXPECT_EQ(code_of(ledger->commit_batch(part.rows_done)), "ledger.no_recipient");
  EXPECT_EQ(ledger->quarantined(held.id)->state, "in_review");
  expect_right();
}

TEST_F(QuarantineTest, a_person_may_decide_outside_of_a_batch) {
  const auto held = ledger->quarantine()[0];
  ASSERT_EQ(code_of(ledger->resolve_quarantined(
                held.id, {.disposition = Disposition::rejected, .reason = "review.not-a-case"}, "reviewer")),
            "");
  expect_counts(ledger->balance(), {.received = 3, .rejected = 2, .in_flight = 1});
  EXPECT_EQ(ledger->quarantined(held.id)->reason, "review.not-a-case");
  EXPECT_EQ(ledger->quarantined(held.id)->row, 2u) << "its place stays";
  ASSERT_EQ(code_of(ledger->resolve_quarantined(held.id, {.disposition = Disposition::dead_letter})), "");
  EXPECT_THAT(ledger->quarantined(held.id)->history, SizeIs(2));
  expect_right();
}

TEST_F(QuarantineTest, a_resolved_record_that_turns_out_unchanged_counts_as_delivered) {
  retire(first_outbox);
  const auto held = ledger->quarantine()[0];
  ASSERT_EQ(code_of(ledger->begin_batch(held.part_id)), "");
  const auto now = decide(*ledger, part, held.row, {"1", 1});
  ASSERT_EQ(now.disposition, Disposition::unchanged);
  ASSERT_EQ(code_of(ledger->resolve_quarantined(held.id, now)), "");
  ASSERT_EQ(code_of(ledger->commit_batch(part.rows_done)), "");
  EXPECT_EQ(ledger->balance().delivered, 2u);
  expect_right();
}

TEST_F(QuarantineTest, only_what_is_held_can_be_resolved) {
  const auto held = ledger->quarantine()[0];
  retire(replay(held, {"2", 1}));
  EXPECT_EQ(code_of(ledger->resolve_quarantined(held.id, {.disposition = Disposition::rejected})),
            "ledger.not_held");
  EXPECT_EQ(code_of(ledger->resolve_quarantined(99, {.disposition = Disposition::rejected})),
            "ledger.not_held");
  auto other = part_of_text("b");
  ASSERT_EQ(code_of(ledger->begin_batch(other.id)), "");
  EXPECT_EQ(code_of(ledger->resolve_quarantined(ledger->quarantine()[0].id, {})), "ledger.other_part");
  ledger->abandon_batch();
  expect_right();
}

TEST_F(QuarantineTest, an_abandoned_resolution_changes_nothing) {
  const auto held = ledger->quarantine()[0];
  ASSERT_EQ(code_of(ledger->begin_batch(held.part_id)), "");
  ASSERT_EQ(code_of(ledger->resolve_quarantined(held.id, {.disposition = Disposition::rejected})), "");
  ledger->abandon_batch();
  EXPECT_EQ(ledger->quarantined(held.id)->state, "in_review");
  EXPECT_THAT(ledger->quarantined(held.id)->history, IsEmpty());
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
