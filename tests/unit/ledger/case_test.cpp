// Cases: found, put, numbered for ever.
#include <map>
#include <random>

#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

class CaseTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    part = part_of_text("a");
    ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  }
  void commit() { ASSERT_EQ(code_of(ledger->commit_batch(part.rows_done)), ""); }
  void next_batch() {
    commit();
    ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  }
  PartInfo part;
};

TEST_F(CaseTest, a_batch_sees_what_it_put) {
  EXPECT_FALSE(ledger->find_case("tokyo", "12"));
  const auto number =
      ledger->put_case("tokyo", "12", {.content = {1, 2}, .as_of = 3, .submission = 4, .version = 1});
  const auto known = ledger->find_case("tokyo", "12");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->number, number);
  EXPECT_EQ(known->content, (base::ContentHash{1, 2}));
  EXPECT_EQ(known->as_of, 3);
  EXPECT_EQ(known->submission, 4);
  EXPECT_EQ(known->version, 1u);
}

TEST_F(CaseTest, hashes_keep_all_their_bits) {
  const base::ContentHash hash{0xFFFFFFFFFFFFFFFF, 0x8000000000000001};
  ledger->put_case("tokyo", "1", {.content = hash, .version = 1});
  next_batch();
  EXPECT_EQ(ledger->find_case("tokyo", "1")->content, hash);
}

TEST_F(CaseTest, numbers_stay_for_ever) {
  const auto first = ledger->put_case("tokyo", "1", {.version = 1});
  const auto second = ledger->put_case("tokyo", "2", {.version = 1});
  EXPECT_NE(first, second);
  next_batch();
  EXPECT_EQ(ledger->put_case("tokyo", "1", {.version = 2}), first) << "even when the caller says 0";
  commit();
  reopen();
  EXPECT_EQ(ledger->case_number("tokyo", "1"), first);
  EXPECT_EQ(ledger->case_number("tokyo", "2"), second);
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  EXPECT_GT(ledger->put_case("tokyo", "3", {.version = 1}), second);
  commit();
}

TEST_F(CaseTest, the_same_local_id_of_another_source_is_another_case) {
  const auto tokyo = ledger->put_case("tokyo", "1", {.version = 1});
  EXPECT_FALSE(ledger->find_case("osaka", "1"));
  EXPECT_NE(ledger->put_case("osaka", "1", {.version = 1}), tokyo);
  EXPECT_EQ(ledger->put_case("tokyo", "1", {.version = 1}), tokyo);
}

TEST_F(CaseTest, content_only_moves_forward) {
  ledger->put_case("tokyo", "1", {.content = {0, 1}, .as_of = 10, .submission = 1, .version = 1});
  ledger->put_case("tokyo", "1", {.content = {0, 2}, .as_of = 9, .submission = 2, .version = 2});
  auto known = ledger->find_case("tokyo", "1");
  EXPECT_EQ(known->content.low, 1u);
  EXPECT_EQ(known->as_of, 10);
  EXPECT_EQ(known->submission, 1);
  EXPECT_EQ(known->version, 2u) << "but the late word has its number";
  next_batch();
  ledger->put_case("tokyo", "1", {.content = {0, 3}, .as_of = 10, .submission = 3, .version = 3});
  known = ledger->find_case("tokyo", "1");
  EXPECT_EQ(known->content.low, 3u) << "of the same day the later receipt counts";
  EXPECT_EQ(known->submission, 3);
}

TEST_F(CaseTest, local_ids_are_told_apart_to_the_last_byte) {
  const std::vector<std::string> ids = {"1",
                                        "01",
                                        "001",
                                        "+1",
                                        "-1",
                                        "1.0",
                                        " 1",
                                        "1 ",
                                        "0",
                                        "00",
                                        "",
                                        "１",
                                        "a",
                                        "A",
                                        "10",
                                        "9",
                                        std::string("1\0", 2),
                                        "' OR 1=1 --",
                                        "999999999999999999",
                                        "9999999999999999999",
                                        "12345678901234567890123"};
  std::map<std::string, std::int64_t> numbers;
  for (const auto& id : ids) numbers[id] = ledger->put_case("tokyo", id, {.version = 1});
  next_batch();
  for (const auto& id : ids) {
    const auto known = ledger->find_case("tokyo", id);
    ASSERT_TRUE(known) << id;
    EXPECT_EQ(known->number, numbers[id]) << id;
  }
  commit();
  for (const auto& id : ids) {
    EXPECT_EQ(ledger->case_number("tokyo", id), numbers[id]) << id;
    EXPECT_EQ(ledger->lineage(numbers[id])->local_id, id);
  }
}

TEST_F(CaseTest, cases_come_in_any_order_and_are_found_like_in_a_map) {
  std::mt19937 random(20200420);
  std::map<std::string, KnownCase> expected;
  const std::vector<std::pair<std::uint64_t, std::uint64_t>> strides = {
      {1, 1}, {1, 1}, {3, 1}, {1, 400}, {0, 5000}};
  for (int round = 0; round < 12; ++round) {
    const auto [step, spread] = strides[static_cast<std::size_t>(round) % strides.size()];
    std::uint64_t id = random() % 500;
    for (int count = 0; count < 1500; ++count) {
      id = step == 0 ? random() % 20'000 : id + 1 + random() % (step * spread);
      const auto local = std::to_string(id);
      const auto known = ledger->find_case("tokyo", local);
      const auto& wanted = expected.find(local);
      ASSERT_EQ(known.has_value(), wanted != expected.end()) << "round " << round << " id " << id;
      if (known) {
        ASSERT_EQ(known->number, wanted->second.number);
        ASSERT_EQ(known->content, wanted->second.content);
        ASSERT_EQ(known->version, wanted->second.version);
      }
      if (random() % 3 == 0) continue;
      KnownCase now = known.value_or(KnownCase{});
      now.content = {random(), random()};
      ++now.version;
      now.number = ledger->put_case("tokyo", local, now);
      expected[local] = now;
    }
    next_batch();
  }
}

TEST_F(CaseTest, one_batch_may_change_a_case_several_times) {
  const auto first = add_words(*ledger, part, 1, {{"7", 1}, {"8", 1}, {"7", 2}, {"7", 3}});
  part.rows_done = 4;
  commit();
  retire(first);
  const auto lineage = ledger->lineage(*ledger->case_number("tokyo", "7"));
  ASSERT_EQ(lineage->versions.size(), 3u);
  EXPECT_EQ(lineage->versions[0].row, 1u);
  EXPECT_EQ(lineage->versions[2].row, 4u);
  expect_right();
}

TEST_F(CaseTest, all_cases_may_be_put_before_all_records_are_added) {
  std::vector<RecordRow> records;
  for (std::uint64_t row = 1; row <= 50; ++row) {
    records.push_back(decide(*ledger, part, row, {std::to_string(1000 - row), row}));
  }
  for (const auto& record : records) ledger->add_record(record);
  ledger->open_outbox("central", "everything", 1, 50);
  part.rows_done = 50;
  commit();
  expect_right();
}

TEST_F(CaseTest, a_record_of_a_case_nobody_put_fails_the_batch) {
  ledger->add_record({.row = 1, .disposition = Disposition::deliver, .case_number = 4711, .version = 1});
  ledger->open_outbox("central", "everything", 1, 1);
  EXPECT_EQ(code_of(ledger->commit_batch(1)), "ledger.case_unknown");
}

}  // namespace
}  // namespace musubi::ledger
