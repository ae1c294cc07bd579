// A batch is there as a whole or not at all.
#include <new>
#include <thread>

#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using BatchTest = LedgerTest;

TEST_F(BatchTest, a_part_is_pinned_when_its_first_row_is_accepted) {
  const auto submission = keep("a").id;
  const PartInfo wanted{.submission = submission,
                        .name = "4月",
                        .pin = {"tokyo/positive-cases", "2020-04-01", "m1", "v1", "p1"},
                        .as_of = 5};
  const auto first = begin(wanted);
  auto newer = wanted;
  newer.pin.mapping_digest = "m2";
  auto again = begin(newer);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.pin, newer.pin);
  accept(again, {{"1", 1}});
  EXPECT_EQ(begin(wanted).pin, newer.pin);
  EXPECT_EQ(again.as_of, 5);
  EXPECT_NE(begin({.submission = submission, .name = "5月"}).id, first.id);
  EXPECT_THAT(ledger->parts_of(submission), SizeIs(2));
  EXPECT_EQ(ledger->begin_part({.submission = 99}).error().code(), "ledger.submission_unknown");
}

TEST_F(BatchTest, a_part_tells_where_to_go_on) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}, {"2", 1}});
  EXPECT_EQ(begin({.submission = part.submission}).rows_done, 2u);
  accept(part, {{"3", 1}});
  EXPECT_FALSE(begin({.submission = part.submission}).complete);
  ASSERT_EQ(code_of(ledger->complete_part(part.id)), "");
  const auto after = begin({.submission = part.submission});
  EXPECT_EQ(after.rows_done, 3u);
  EXPECT_TRUE(after.complete);
  EXPECT_EQ(code_of(ledger->complete_part(99)), "ledger.part_unknown");
}

TEST_F(BatchTest, an_abandoned_batch_leaves_nothing) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  add_words(*ledger, part, 1, {{"1", 1}, {"2", 1, Disposition::rejected}});
  ledger->abandon_batch();
  expect_counts(ledger->balance(), {});
  EXPECT_FALSE(ledger->case_number("tokyo", "1"));
  EXPECT_THAT(ledger->open_outbox_rows(), IsEmpty());
  EXPECT_THAT(ledger->quarantine(), IsEmpty());
  accept(part, {{"1", 1}});
  expect_right();
}

TEST_F(BatchTest, a_batch_left_open_when_the_ledger_goes_leaves_nothing) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  add_words(*ledger, part, 1, {{"1", 1}});
  reopen();
  EXPECT_EQ(begin({.submission = part.submission}).rows_done, 0u);
  expect_right();
}

TEST_F(BatchTest, the_same_row_twice_fails_as_a_whole) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}});
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  add_words(*ledger, part, 1, {{"2", 1}});
  EXPECT_EQ(code_of(ledger->commit_batch(2)), "ledger.defect");
  EXPECT_FALSE(ledger->case_number("tokyo", "2"));
  accept(part, {{"2", 1}});
  expect_right();
}

TEST_F(BatchTest, rows_done_never_goes_back) {
  auto part = part_of_text("a");
  accept(part, {{"1", 1}, {"2", 1}});
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  EXPECT_EQ(code_of(ledger->commit_batch(1)), "ledger.rows_went_back");
}

TEST_F(BatchTest, what_goes_out_must_be_owed_to_someone) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->add_record(decide(*ledger, part, 1, {"1", 1}));
  ledger->add_record(decide(*ledger, part, 2, {"2", 1}));
  ledger->open_outbox("central", "everything", 1, 1);
  EXPECT_EQ(code_of(ledger->commit_batch(2)), "ledger.no_recipient");
  expect_counts(ledger->balance(), {});
  EXPECT_EQ(code_of(ledger->health()), "") << "a defect of the caller does not stop the ledger";
}

TEST_F(BatchTest, held_and_unchanged_records_need_no_recipient) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}}));
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->add_record(decide(*ledger, part, 2, {"1", 1}));
  ledger->add_record(decide(*ledger, part, 3, {"2", 1, Disposition::dead_letter}));
  EXPECT_EQ(code_of(ledger->commit_batch(3)), "");
  expect_counts(ledger->balance(), {.received = 3, .delivered = 2, .dead_letter = 1});
  expect_right();
}

TEST_F(BatchTest, calls_out_of_order_are_refused) {
  auto part = part_of_text("a");
  EXPECT_EQ(code_of(ledger->commit_batch(0)), "ledger.no_batch");
  EXPECT_EQ(code_of(ledger->begin_batch(99)), "ledger.part_unknown");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  EXPECT_EQ(code_of(ledger->begin_batch(part.id)), "ledger.batch_open");
  ledger->abandon_batch();
  ledger->abandon_batch();
  EXPECT_EQ(ledger->put_case("tokyo", "1", {}), 0);
  EXPECT_EQ(code_of(ledger->begin_batch(part.id)), "ledger.no_batch") << "the call outside is told";
  EXPECT_EQ(code_of(ledger->begin_batch(part.id)), "") << "and then forgotten";
}

TEST_F(BatchTest, a_row_number_beyond_the_limit_fails_the_batch) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->add_record({.row = std::uint64_t{1} << 32, .disposition = Disposition::rejected});
  EXPECT_EQ(code_of(ledger->commit_batch(1)), "ledger.too_many_rows");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ledger->add_record({.row = 0xFFFFFFFF, .disposition = Disposition::rejected});
  EXPECT_EQ(code_of(ledger->commit_batch(1)), "");
  EXPECT_EQ(ledger->quarantine()[0].row, 0xFFFFFFFFu);
  expect_right();
}

TEST_F(BatchTest, other_writes_join_the_open_batch) {
  auto part = part_of_text("a");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  ASSERT_EQ(code_of(ledger->set_submission_state(part.submission, SubmissionState::processing, "")), "");
  ASSERT_EQ(code_of(ledger->complete_part(part.id)), "");
  ledger->abandon_batch();
  EXPECT_EQ(ledger->submissions()[0].state, SubmissionState::kept);
  EXPECT_FALSE(ledger->parts_of(part.submission)[0].complete);
}

TEST_F(BatchTest, findings_and_reasons_come_back_as_they_were) {
  auto part = part_of_text("a");
  const std::string findings = R"([{"code":"check.date","severity":"error","field":"onset.date"}])";
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  for (std::uint64_t row = 1; row <= 3; ++row) {
    ledger->add_record({.row = row,
                        .line = row + 7,
                        .byte = std::uint64_t{1} << 40,
                        .length = 12,
                        .disposition = Disposition::in_review,
                        .reason = "check.date",
                        .findings = findings});
  }
  ASSERT_EQ(code_of(ledger->commit_batch(3)), "");
  const auto held = ledger->quarantine();
  ASSERT_THAT(held, SizeIs(3));
  EXPECT_EQ(held[2].findings, findings);
  EXPECT_EQ(held[2].reason, "check.date");
  EXPECT_EQ(held[2].line, 10u);
  EXPECT_EQ(held[2].byte, std::uint64_t{1} << 40);
}

TEST_F(BatchTest, texts_of_an_abandoned_batch_are_not_remembered) {
  auto part = part_of_text("a");
  for (const bool keep_it : {false, true}) {
    ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
    ledger->add_record({.row = 1, .disposition = Disposition::rejected, .reason = "check.only-here"});
    if (!keep_it) ledger->abandon_batch();
  }
  ASSERT_EQ(code_of(ledger->commit_batch(1)), "");
  EXPECT_EQ(ledger->quarantine()[0].reason, "check.only-here");
}

base::Status book_part(Ledger& ledger, const SubmissionInfo& submission, const std::vector<Word>& words) {
  auto part = ledger.begin_part({.submission = submission.id, .pin = {.mapping = "tokyo/positive-cases"}});
  if (part.has_error()) return part.error();
  if (auto begun = ledger.begin_batch(part->id); begun.has_error()) return begun;
  add_words(ledger, *part, 1, words);
  if (auto done = ledger.commit_batch(words.size()); done.has_error()) return done;
  if (auto complete = ledger.complete_part(part->id); complete.has_error()) return complete;
  return ledger.set_submission_state(submission.id, SubmissionState::done, {});
}

TEST_F(BatchTest, many_submissions_are_booked_by_one_transaction) {
  const auto first = keep("a"), second = keep("b");
  const auto booked = ledger->together([&]() -> base::Status {
    if (auto status = book_part(*ledger, first, {{"1", 1}, {"2", 1}}); status.has_error()) return status;
    return book_part(*ledger, second, {{"2", 2}, {"3", 1, Disposition::in_review}});
  });
  ASSERT_EQ(code_of(booked), "");
  expect_counts(ledger->balance(), {.received = 4, .delivered = 0, .in_review = 1, .in_flight = 3});
  EXPECT_EQ(ledger->submission(second.id)->state, SubmissionState::done);
  EXPECT_EQ(ledger->lineage(*ledger->case_number("tokyo", "2"))->versions.size(), 2u);
  expect_right();
}

TEST_F(BatchTest, what_fails_of_many_takes_all_of_them_back) {
  const auto first = keep("a"), second = keep("b");
  const auto booked = ledger->together([&]() -> base::Status {
    if (auto status = book_part(*ledger, first, {{"1", 1}}); status.has_error()) return status;
    return book_part(*ledger, SubmissionInfo{.id = 99}, {{"2", 1}});
  });
  EXPECT_EQ(code_of(booked), "ledger.submission_unknown");
  expect_counts(ledger->balance(), {});
  EXPECT_EQ(ledger->submission(first.id)->state, SubmissionState::kept);
  EXPECT_FALSE(ledger->case_number("tokyo", "1"));
  EXPECT_EQ(code_of(book_part(*ledger, first, {{"1", 1}})), "") << "alone it can be booked afterwards";
  EXPECT_EQ(code_of(book_part(*ledger, second, {{"2", 1}})), "");
  expect_right();
}

TEST_F(BatchTest, a_failure_within_many_that_nobody_looked_at_takes_all_of_them_back) {
  const auto first = keep("a"), second = keep("b");
  const auto booked = ledger->together([&]() -> base::Status {
    static_cast<void>(book_part(*ledger, SubmissionInfo{.id = 99}, {{"1", 1}}));
    return book_part(*ledger, second, {{"2", 1}});
  });
  EXPECT_NE(code_of(booked), "");
  expect_counts(ledger->balance(), {});
  expect_right();
  const auto left_open = ledger->together([&]() -> base::Status {
    const auto part = ledger->begin_part({.submission = first.id});
    return ledger->begin_batch(part->id);
  });
  EXPECT_EQ(code_of(left_open), "ledger.batch_open");
  const auto abandoned = ledger->together([&]() -> base::Status {
    const auto part = ledger->begin_part({.submission = first.id});
    if (auto begun = ledger->begin_batch(part->id); begun.has_error()) return begun;
    ledger->abandon_batch();
    return {};
  });
  EXPECT_EQ(code_of(abandoned), "ledger.batch_abandoned");
  EXPECT_THROW(static_cast<void>(ledger->together([&]() -> base::Status {
                 static_cast<void>(book_part(*ledger, first, {{"1", 1}}));
                 throw std::runtime_error("a defect");
               })),
               std::runtime_error);
  expect_counts(ledger->balance(), {});
  EXPECT_EQ(code_of(book_part(*ledger, first, {{"1", 1}})), "");
  expect_right();
}

TEST_F(BatchTest, others_write_after_a_batch_that_was_left_open_within_many) {
  const auto first = keep("a");
  const auto leave_open = [&]() -> base::Status {
    const auto part = ledger->begin_part({.submission = first.id});
    return ledger->begin_batch(part->id);
  };
  EXPECT_EQ(code_of(ledger->together(leave_open)), "ledger.batch_open");
  EXPECT_THROW(static_cast<void>(ledger->together([&]() -> base::Status {
                 static_cast<void>(leave_open());
                 throw std::bad_alloc();
               })),
               std::bad_alloc);
  std::string code = "not written";
  std::thread([&] { code = code_of(book_part(*ledger, first, {{"1", 1}})); }).join();
  EXPECT_EQ(code, "");
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
