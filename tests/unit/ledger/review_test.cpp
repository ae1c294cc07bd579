// What people do with held records: corrections, proposals, looks.
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReviewTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    part = part_of_text("a");
    accept(part, {{"1", 1}, {"2", 1, Disposition::in_review}, {"3", 1, Disposition::in_review}});
    held = ledger->quarantine();
    ASSERT_THAT(held, SizeIs(2));
  }
  Correction correction(const std::string& fields) const {
    return {held[0].id, held[0].row, fields, "reviewer:1", "asked", base::Instant(std::chrono::seconds(5))};
  }
  Proposal proposal() const {
    return {held[0].id, Proposed::reject, {}, "reviewer:1", "a test", base::Instant(std::chrono::seconds(5))};
  }
  void send_back() {
    RecordRow row{.row = held[0].row, .disposition = Disposition::rejected, .reason = held[0].reason};
    EXPECT_EQ(code_of(ledger->resolve_quarantined(held[0].id, row, "reviewer:2")), "");
  }
  PartInfo part;
  std::vector<QuarantinedRecord> held;
};

TEST_F(ReviewTest, corrections_are_kept_in_order_and_the_record_stays_held) {
  EXPECT_EQ(code_of(ledger->correct(correction(R"({"a":"1"})"))), "");
  EXPECT_EQ(code_of(ledger->correct(correction(R"({"a":"2"})"))), "");
  const auto kept = ledger->corrections_of(part.id);
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].fields, R"({"a":"1"})");
  EXPECT_EQ(kept[1].fields, R"({"a":"2"})");
  EXPECT_EQ(kept[1].row, held[0].row);
  EXPECT_EQ(kept[1].by, "reviewer:1");
  EXPECT_EQ(kept[1].why, "asked");
  EXPECT_EQ(kept[1].at, base::Instant(std::chrono::seconds(5)));
  EXPECT_THAT(ledger->quarantined(held[0].id)->corrections, SizeIs(2));
  EXPECT_THAT(ledger->quarantined(held[1].id)->corrections, IsEmpty());
  EXPECT_THAT(ledger->quarantine(), SizeIs(2));
  EXPECT_THAT(ledger->corrections_of(part.id + 1), IsEmpty());
}

TEST_F(ReviewTest, what_is_not_held_cannot_be_corrected_or_proposed_for) {
  auto none = correction("{}");
  none.held = 99;
  EXPECT_EQ(code_of(ledger->correct(none)), "ledger.not_held");
  auto nothing = proposal();
  nothing.held = 99;
  EXPECT_EQ(code_of(ledger->propose(nothing)), "ledger.not_held");
  EXPECT_EQ(code_of(ledger->note_look(99, "reviewer:1")), "ledger.not_held");
  EXPECT_EQ(code_of(ledger->drop_proposal(held[0].id)), "ledger.no_proposal");
}

TEST_F(ReviewTest, one_proposal_waits_at_a_time) {
  EXPECT_EQ(code_of(ledger->propose(proposal())), "");
  EXPECT_EQ(code_of(ledger->propose(proposal())), "ledger.proposal_waits");
  const auto listed = ledger->quarantine();
  ASSERT_TRUE(listed[0].proposal);
  EXPECT_EQ(listed[0].proposal->by, "reviewer:1");
  EXPECT_EQ(listed[0].proposal->action, Proposed::reject);
  EXPECT_FALSE(listed[1].proposal);
  EXPECT_EQ(code_of(ledger->drop_proposal(held[0].id)), "");
  EXPECT_FALSE(ledger->quarantined(held[0].id)->proposal);
  EXPECT_EQ(code_of(ledger->propose(proposal())), "");
}

TEST_F(ReviewTest, a_decision_is_the_end_of_a_proposal) {
  EXPECT_EQ(code_of(ledger->propose(proposal())), "");
  EXPECT_EQ(code_of(ledger->correct(correction("{}"))), "");
  EXPECT_FALSE(ledger->quarantined(held[0].id)->proposal);
  EXPECT_EQ(code_of(ledger->propose(proposal())), "");
  send_back();
  EXPECT_FALSE(ledger->quarantined(held[0].id)->proposal);
}

TEST_F(ReviewTest, who_looked_is_kept) {
  EXPECT_EQ(code_of(ledger->note_look(held[0].id, "reviewer:1")), "");
  EXPECT_EQ(code_of(ledger->note_look(held[0].id, "reviewer:2")), "");
  const auto looks = ledger->quarantined(held[0].id)->looks;
  ASSERT_THAT(looks, SizeIs(2));
  EXPECT_EQ(looks[0].by, "reviewer:1");
  EXPECT_EQ(looks[1].by, "reviewer:2");
}

TEST_F(ReviewTest, everything_outlives_a_restart) {
  EXPECT_EQ(code_of(ledger->correct(correction(R"({"a":"1"})"))), "");
  EXPECT_EQ(code_of(ledger->propose(proposal())), "");
  EXPECT_EQ(code_of(ledger->note_look(held[0].id, "reviewer:1")), "");
  reopen();
  const auto again = ledger->quarantined(held[0].id);
  EXPECT_THAT(again->corrections, SizeIs(1));
  EXPECT_THAT(again->looks, SizeIs(1));
  EXPECT_TRUE(again->proposal);
  EXPECT_THAT(ledger->verify(), IsEmpty());
}

TEST_F(ReviewTest, what_records_say_of_their_cases_is_counted) {
  auto second = part_of_text("b");
  accept(second, {{"1", 1}, {"4", 1}});
  const auto words = ledger->words_of(second.submission);
  EXPECT_EQ(words.new_cases + words.corrected + words.unchanged + words.late, 2U);
  EXPECT_EQ(words.new_cases, 1U);
  EXPECT_EQ(words.withdrawn, 0U);
}

}  // namespace
}  // namespace musubi::ledger
