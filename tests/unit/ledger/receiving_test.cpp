// Many small submissions by one commit, large ones piece by piece, writers in turn.
#include <atomic>
#include <thread>

#include "ledger_fixture.h"
#include "musubi/base/digest.h"

namespace musubi::ledger {
namespace {

using std::string_literals::operator""s;

class ReceivingTest : public LedgerTest {
 protected:
  std::string small(const SubmissionInfo& info) const {
    const auto kept = ledger->kept(info);
    return kept.has_error() || !kept->bytes ? "" : *kept->bytes;
  }
  std::size_t files_kept() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home() / "kept"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
};

TEST_F(ReceivingTest, small_submissions_are_kept_in_the_ledger) {
  const std::vector<Arrival> arrivals{{"tokyo", "a.csv", "1,2"},
                                      {"osaka", "b.csv", std::string_view("\0x", 2)}};
  const auto infos = ledger->keep_all(arrivals);
  ASSERT_FALSE(infos.has_error());
  ASSERT_EQ(infos->size(), 2u);
  EXPECT_EQ(small((*infos)[0]), "1,2");
  EXPECT_EQ(small((*infos)[1]), std::string("\0x", 2));
  EXPECT_EQ((*infos)[0].digest, base::to_hex(base::sha256("1,2")));
  EXPECT_EQ((*infos)[1].source, "osaka");
  EXPECT_EQ(files_kept(), 0u);
  expect_right();
}

TEST_F(ReceivingTest, the_same_bytes_are_recognised_also_within_one_commit) {
  const std::vector<Arrival> arrivals{
      {"tokyo", "a.csv", "1"}, {"tokyo", "b.csv", "1"}, {"osaka", "a.csv", "1"}};
  const auto infos = ledger->keep_all(arrivals);
  ASSERT_FALSE(infos.has_error());
  EXPECT_FALSE((*infos)[0].repeated);
  EXPECT_TRUE((*infos)[1].repeated);
  EXPECT_EQ((*infos)[1].id, (*infos)[0].id);
  EXPECT_EQ((*infos)[1].receipts, 2u);
  EXPECT_FALSE((*infos)[2].repeated) << "another sender says it";
}

TEST_F(ReceivingTest, small_bytes_that_come_again_stand_for_a_file_that_was_lost) {
  const auto info = keep("abc");
  std::filesystem::remove(ledger->kept(info)->file);
  const auto bytes = "abc"s;
  const Arrival arrival{info.source, "again.csv", bytes};
  const auto again = ledger->keep_all({&arrival, 1});
  ASSERT_FALSE(again.has_error());
  EXPECT_TRUE((*again)[0].repeated);
  EXPECT_EQ(small(info), "abc");
  expect_right();
}

TEST_F(ReceivingTest, a_clock_that_was_wrong_does_not_hide_what_came_after) {
  const auto now = clock.time;
  clock.time = now + std::chrono::years(70);
  keep("a");
  clock.time = now;
  keep("b");
  EXPECT_THAT(ledger->newest_receipts(1).at("tokyo"), ::testing::ElementsAre(now));
}

TEST_F(ReceivingTest, what_is_not_small_is_not_taken_as_small) {
  const std::string large(kMostSmallBytes + 1, 'x');
  const Arrival arrival{"tokyo", "a.csv", large};
  const auto infos = ledger->keep_all({&arrival, 1});
  ASSERT_TRUE(infos.has_error());
  EXPECT_EQ(infos.error().code(), "ledger.not_small");
}

TEST_F(ReceivingTest, piece_by_piece_the_bytes_are_those_of_a_file) {
  auto incoming = ledger->begin_incoming();
  ASSERT_FALSE(incoming.has_error());
  for (const auto* piece : {"No,", "年月日", "\n"}) ASSERT_EQ(code_of((*incoming)->write(piece)), "");
  const auto kept = (*incoming)->finish();
  ASSERT_FALSE(kept.has_error());
  EXPECT_EQ(kept->digest, base::to_hex(base::sha256("No,年月日\n")));
  const Arrival arrival{"tokyo", "a.csv", {}, *kept};
  const auto infos = ledger->keep_all({&arrival, 1});
  ASSERT_FALSE(infos.has_error());
  EXPECT_EQ((*infos)[0].bytes, kept->bytes);
  EXPECT_FALSE(ledger->kept((*infos)[0])->bytes) << "it is in a file";
  expect_right();
}

TEST_F(ReceivingTest, pieces_that_are_given_up_leave_nothing) {
  {
    auto incoming = ledger->begin_incoming();
    ASSERT_EQ(code_of((*incoming)->write("half")), "");
    EXPECT_EQ(files_kept(), 1u);
  }
  EXPECT_EQ(files_kept(), 0u);
}

TEST_F(ReceivingTest, bytes_nobody_handed_in_are_unknown) {
  SubmissionInfo nobody;
  nobody.id = 99;
  nobody.digest = std::string(64, '0');
  const auto kept = ledger->kept(nobody);
  ASSERT_TRUE(kept.has_error());
  EXPECT_EQ(kept.error().code(), "ledger.bytes_unknown");
}

TEST_F(ReceivingTest, damaged_small_bytes_are_found) {
  const Arrival arrival{"tokyo", "a.csv", "1"};
  ASSERT_FALSE(ledger->keep_all({&arrival, 1}).has_error());
  ledger.reset();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((home() / "ledger.sqlite").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE kept_bytes SET bytes = x'32'", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  reopen();
  const auto found = ledger->verify();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code(), "ledger.audit_bytes_damaged");
}

TEST_F(ReceivingTest, threads_write_in_turn_beside_an_open_batch) {
  auto part = part_of_text("a");
  std::atomic<int> failed = 0;
  const auto receive = [&](int sender) {
    for (int number = 0; number < 50; ++number) {
      const auto text = std::to_string(sender) + ":" + std::to_string(number);
      const Arrival arrival{"osaka", "x", text};
      if (ledger->keep_all({&arrival, 1}).has_error()) ++failed;
    }
  };
  std::thread first(receive, 1), second(receive, 2);
  for (int batch = 0; batch < 30; ++batch) accept(part, {{std::to_string(batch), 1}});
  first.join();
  second.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(ledger->submissions().size(), 101u);
  EXPECT_EQ(ledger->balance().received, 30u);
  expect_right();
}

TEST_F(ReceivingTest, the_newest_submissions_are_given_page_by_page) {
  for (const auto* text : {"1", "2", "3"}) {
    const Arrival arrival{"tokyo", text, text};
    ASSERT_FALSE(ledger->keep_all({&arrival, 1}).has_error());
  }
  const auto page = ledger->newest_submissions("tokyo", 0, 2);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0].name, "3");
  EXPECT_EQ(ledger->newest_submissions("", page[1].id, 9).at(0).name, "1");
  EXPECT_TRUE(ledger->newest_submissions("osaka", 0, 9).empty());
}

}  // namespace
}  // namespace musubi::ledger
