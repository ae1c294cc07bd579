// received = delivered + in review + rejected + dead letter + in flight.
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using BalanceTest = LedgerTest;

TEST_F(BalanceTest, an_empty_ledger_balances) {
  expect_counts(ledger->balance(), {});
  EXPECT_THAT(ledger->balance_rows(), IsEmpty());
  expect_right();
}

TEST_F(BalanceTest, each_state_is_counted_where_it_belongs) {
  auto part = part_of_text("a");
  const auto outbox = accept(part, {{"1", 1},
                                    {"2", 1},
                                    {"3", 1, Disposition::in_review},
                                    {"4", 1, Disposition::rejected},
                                    {"5", 1, Disposition::dead_letter}});
  expect_counts(ledger->balance(),
                {.received = 5, .in_review = 1, .rejected = 1, .dead_letter = 1, .in_flight = 2});
  retire(outbox);
  expect_counts(ledger->balance(),
                {.received = 5, .delivered = 2, .in_review = 1, .rejected = 1, .dead_letter = 1});
  expect_right();
}

TEST_F(BalanceTest, unchanged_and_late_rows_count_as_received_and_delivered) {
  auto newer = part_of_text("a", 20);
  retire(accept(newer, {{"1", 1}, {"2", 1}}));
  auto older = part_of_text("b", 10);
  const auto outbox = accept(older, {{"1", 1}, {"2", 7}});
  expect_counts(ledger->balance(), {.received = 4, .delivered = 3, .in_flight = 1});
  retire(outbox);
  expect_counts(ledger->balance(), {.received = 4, .delivered = 4});
  expect_right();
}

TEST_F(BalanceTest, a_record_is_in_flight_until_its_last_recipient_has_it_and_counted_once) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  const auto central = add_words(*ledger, part, 1, {{"1", 1}, {"2", 1}, {"3", 1}, {"4", 1}});
  const auto statistics = ledger->open_outbox("statistics", "counts", 2, 3);
  const auto osaka = ledger->open_outbox("osaka", "moved", 3, 4);
  ASSERT_EQ(code_of(ledger->commit_batch(4)), "");
  EXPECT_EQ(ledger->balance().in_flight, 4u);
  retire(central);
  EXPECT_EQ(ledger->balance().in_flight, 3u);
  retire(osaka);
  EXPECT_EQ(ledger->balance().in_flight, 2u);
  retire(statistics);
  EXPECT_EQ(ledger->balance().in_flight, 0u);
  expect_right();
}

TEST_F(BalanceTest, a_repeated_receipt_is_not_counted_again) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}}));
  keep("a");
  expect_counts(ledger->balance(), {.received = 1, .delivered = 1});
}

TEST_F(BalanceTest, rows_per_source_and_day_of_receipt_in_japan) {
  auto tokyo = part_of_text("a");
  retire(accept(tokyo, {{"1", 1}, {"2", 1}}));
  clock.time =
      base::Instant(std::chrono::sys_days(std::chrono::year(2020) / 4 / 20)) + std::chrono::hours(15);
  auto osaka = part_of_text("b", 1, "osaka");
  accept(osaka, {{"1", 1, Disposition::in_review}});
  auto later = part_of_text("c");
  accept(later, {{"3", 1}});
  const auto rows = ledger->balance_rows();
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].source + rows[0].day, "osaka2020-04-21")
      << "three in the afternoon in London is tomorrow";
  EXPECT_EQ(rows[1].source + rows[1].day, "tokyo2020-04-20");
  EXPECT_EQ(rows[1].records.delivered, 2u);
  EXPECT_EQ(rows[2].source + rows[2].day, "tokyo2020-04-21");
  EXPECT_EQ(rows[2].records.in_flight, 1u);
  for (const auto& row : rows) EXPECT_TRUE(row.records.balanced());
  EXPECT_EQ(ledger->balance("tokyo").received, 3u);
  EXPECT_EQ(ledger->balance("", "2020-04-21").received, 2u);
  EXPECT_EQ(ledger->balance("tokyo", "2020-04-21").received, 1u);
  EXPECT_EQ(ledger->balance("kyoto").received, 0u);
  EXPECT_THAT(ledger->balance_rows("", "not a day"), IsEmpty());
  expect_right();
}

TEST_F(BalanceTest, a_row_that_was_read_and_not_recorded_shows) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  add_words(*ledger, part, 1, {{"1", 1}});
  ASSERT_EQ(code_of(ledger->commit_batch(2)), "") << "two rows read, one recorded";
  EXPECT_FALSE(ledger->balance().balanced());
  EXPECT_THAT(audit(), ::testing::ElementsAre("ledger.audit_received"));
}

TEST_F(BalanceTest, several_parts_of_one_submission_add_up) {
  const auto submission = keep("a").id;
  for (const auto* name : {"3月", "4月"}) {
    auto part = begin({.submission = submission, .name = name});
    retire(accept(part, {{"1", 1}, {std::string("only in ") + name, 1}}));
  }
  expect_counts(ledger->balance(), {.received = 4, .delivered = 4});
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
