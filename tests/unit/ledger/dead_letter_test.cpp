// What a recipient refused for good is on the books as a dead letter until somebody reopens it.
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

class DeadLetterTest : public LedgerTest {
 protected:
  /// Three records on their way to "central".
  std::int64_t three_in_flight() {
    auto part = part_of_text("a");
    return accept(part, {{"1", 1}, {"2", 1}, {"3", 1}});
  }
  void expect_books(std::uint64_t delivered, std::uint64_t dead, std::uint64_t flying) {
    const auto books = ledger->balance();
    EXPECT_EQ(books.delivered, delivered);
    EXPECT_EQ(books.dead_letter, dead);
    EXPECT_EQ(books.in_flight, flying);
    EXPECT_TRUE(books.balanced());
    expect_right();
  }
};

TEST_F(DeadLetterTest, one_refused_record_does_not_keep_the_others) {
  const auto outbox = three_in_flight();
  const Refusal refused{2, "sink.refused"};
  ASSERT_EQ(code_of(ledger->settle(outbox, "r1", {&refused, 1})), "");
  expect_books(2, 1, 0);
  const auto letters = ledger->dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].first_row, 2u);
  EXPECT_EQ(letters[0].cause, "sink.refused");
  EXPECT_EQ(letters[0].records, 1u);
  EXPECT_TRUE(ledger->open_outbox_rows().empty());
}

TEST_F(DeadLetterTest, a_row_of_which_nothing_was_taken_is_dead_itself) {
  const auto outbox = three_in_flight();
  const Refusal refused{1, "sink.refused"};
  ASSERT_EQ(code_of(ledger->settle(outbox, "", {&refused, 1})), "");
  expect_books(0, 3, 0);
  EXPECT_EQ(ledger->dead_letters().at(0).outbox, outbox);
}

TEST_F(DeadLetterTest, reopened_it_is_owed_again_and_what_was_accepted_is_not) {
  const auto outbox = three_in_flight();
  const Refusal refused{3, "sink.refused"};
  ASSERT_EQ(code_of(ledger->settle(outbox, "r1", {&refused, 1})), "");
  EXPECT_EQ(*ledger->reopen({.cause = "sink.other"}), 0u);
  EXPECT_EQ(*ledger->reopen({.source = "osaka"}), 0u);
  EXPECT_EQ(*ledger->reopen({.source = "tokyo", .cause = "sink.refused"}), 1u);
  expect_books(2, 0, 1);
  const auto open = ledger->open_outbox_rows();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].first_row, 3u);
  retire(open[0].id);
  expect_books(3, 0, 0);
}

TEST_F(DeadLetterTest, lineage_says_that_it_was_refused_and_later_that_it_arrived) {
  const auto outbox = three_in_flight();
  const Refusal refused{2, "sink.refused"};
  ASSERT_EQ(code_of(ledger->settle(outbox, "r1", {&refused, 1})), "");
  const auto delivery = [&](std::int64_t number) {
    return ledger->lineage(number)->versions.at(0).deliveries.at(0);
  };
  EXPECT_EQ(delivery(1).receipt, "r1");
  EXPECT_EQ(delivery(2).refused, "sink.refused");
  EXPECT_EQ(delivery(2).at, "");
  ASSERT_EQ(*ledger->reopen({}), 1u);
  retire(ledger->open_outbox_rows().at(0).id);
  EXPECT_EQ(delivery(2).refused, "");
  EXPECT_NE(delivery(2).at, "");
}

TEST_F(DeadLetterTest, how_far_a_submission_has_come_is_told_per_route) {
  const auto outbox = three_in_flight();
  const auto submission = ledger->submissions().at(0).id;
  const auto before = ledger->recipients_of(submission);
  ASSERT_EQ(before.size(), 1u);
  EXPECT_EQ(before[0].open, 1u);
  EXPECT_EQ(before[0].last_receipt, "");
  const Refusal refused{2, "sink.refused"};
  ASSERT_EQ(code_of(ledger->settle(outbox, "r1", {&refused, 1})), "");
  const auto after = ledger->recipients_of(submission);
  EXPECT_EQ(after.at(0).open, 0u);
  EXPECT_EQ(after.at(0).delivered, 1u);
  EXPECT_EQ(after.at(0).dead, 1u);
  EXPECT_EQ(after.at(0).last_receipt, "r1");
  EXPECT_TRUE(ledger->recipients_of(99).empty());
  EXPECT_EQ(ledger->newest_receipts(1).at("tokyo").size(), 1u);
  EXPECT_EQ(ledger->balance_of(submission).dead_letter, 1u);
  EXPECT_EQ(code_of(ledger->health()), "");
}

TEST_F(DeadLetterTest, what_a_route_is_owed_is_given_oldest_first_and_summed_up) {
  auto part = part_of_text("a");
  const auto first = accept(part, {{"1", 1}});
  const auto second = accept(part, {{"2", 1}});
  const auto route = ledger->open_outbox_rows().at(0).route;
  EXPECT_EQ(ledger->open_outbox_rows(route, 0, 1).at(0).id, first);
  EXPECT_EQ(ledger->open_outbox_rows(route, first, 9).at(0).id, second);
  EXPECT_TRUE(ledger->open_outbox_rows("another", 0, 9).empty());
  ASSERT_EQ(code_of(ledger->note_attempt(second, "sink.away")), "");
  const auto backlogs = ledger->backlogs();
  ASSERT_EQ(backlogs.size(), 1u);
  EXPECT_EQ(backlogs[0].open, 2u);
  EXPECT_EQ(backlogs[0].attempts, 1u);
  EXPECT_EQ(backlogs[0].last_error, "sink.away");
}

}  // namespace
}  // namespace musubi::ledger
