// What does not come to its end: counted across restarts, set aside, tried again.
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Unended : public LedgerTest {
 protected:
  std::uint32_t note(Errand errand, std::int64_t id) {
    const auto times = ledger->note_unended(errand, id);
    EXPECT_FALSE(times.has_error());
    return times.has_error() ? 0 : *times;
  }
  void set_state(std::int64_t submission, SubmissionState state) {
    EXPECT_EQ(code_of(ledger->set_submission_state(submission, state, "")), "");
  }
};

TEST_F(Unended, is_counted_across_starts) {
  const auto id = keep("a").id;
  EXPECT_EQ(note(Errand::carry, id), 1U);
  reopen();
  EXPECT_EQ(note(Errand::carry, id), 2U);
  set_state(id, SubmissionState::processing);
  EXPECT_EQ(note(Errand::carry, id), 3U);
}

TEST_F(Unended, is_counted_anew_when_it_got_further) {
  auto part = part_of_text("a");
  EXPECT_EQ(note(Errand::carry, part.submission), 1U);
  accept(part, {{"1", 1}, {"2", 1}});
  EXPECT_EQ(note(Errand::carry, part.submission), 1U);
  EXPECT_EQ(note(Errand::carry, part.submission), 2U);
}

TEST_F(Unended, is_forgotten_at_its_end) {
  const auto id = keep("a").id;
  note(Errand::carry, id);
  set_state(id, SubmissionState::done);
  EXPECT_EQ(note(Errand::carry, id), 0U) << "it is at its end";
  EXPECT_EQ(note(Errand::carry, 999), 0U) << "there is none";
  set_state(id, SubmissionState::kept);
  EXPECT_EQ(note(Errand::carry, id), 1U);
}

TEST_F(Unended, a_submission_that_is_set_aside_stays_so_until_it_is_tried_again) {
  auto part = part_of_text("a");
  retire(accept(part, {{"1", 1}}));
  const auto id = part.submission;
  note(Errand::carry, id);
  ASSERT_EQ(code_of(ledger->set_aside(Errand::carry, id, "pipeline.submission_poison")), "");
  EXPECT_THAT(ledger->unfinished_submissions(), IsEmpty());
  ASSERT_THAT(ledger->set_aside_submissions(), SizeIs(1));
  EXPECT_EQ(ledger->set_aside_submissions()[0].reason, "pipeline.submission_poison");
  EXPECT_EQ(ledger->balance().delivered, 1U) << "what is on the books stays";
  expect_right();

  EXPECT_EQ(code_of(ledger->try_again(id)), "");
  EXPECT_THAT(ledger->unfinished_submissions(), SizeIs(1));
  EXPECT_THAT(ledger->set_aside_submissions(), IsEmpty());
  EXPECT_EQ(code_of(ledger->try_again(id)), "ledger.not_set_aside");
  EXPECT_EQ(note(Errand::carry, id), 1U) << "it has all its attempts again";
}

TEST_F(Unended, what_was_rejected_can_be_tried_again_and_what_is_done_cannot) {
  const auto id = keep("a").id;
  set_state(id, SubmissionState::rejected);
  EXPECT_EQ(code_of(ledger->try_again(id)), "");
  for (const auto state : {SubmissionState::done, SubmissionState::in_review}) {
    set_state(id, state);
    EXPECT_EQ(code_of(ledger->try_again(id)), "ledger.not_set_aside");
  }
}

TEST_F(Unended, a_consignment_that_is_set_aside_is_a_dead_letter) {
  auto part = part_of_text("a");
  const auto outbox = accept(part, {{"1", 1}, {"2", 1}});
  EXPECT_EQ(note(Errand::deliver, outbox), 1U);
  EXPECT_EQ(note(Errand::deliver, outbox), 2U);
  EXPECT_EQ(ledger->open_outbox_row(outbox)->recipient, "central");
  ASSERT_EQ(code_of(ledger->set_aside(Errand::deliver, outbox, "pipeline.consignment_poison")), "");
  EXPECT_FALSE(ledger->open_outbox_row(outbox));
  EXPECT_EQ(note(Errand::deliver, outbox), 0U);
  ASSERT_THAT(ledger->dead_letters(), SizeIs(1));
  EXPECT_EQ(ledger->dead_letters()[0].cause, "pipeline.consignment_poison");
  EXPECT_EQ(ledger->dead_letters()[0].records, 2U);
  expect_right();
  ASSERT_EQ(ledger->reopen({.outbox = outbox}).value(), 1U);
  EXPECT_EQ(note(Errand::deliver, outbox), 1U) << "it has all its attempts again";
}

}  // namespace
}  // namespace musubi::ledger
