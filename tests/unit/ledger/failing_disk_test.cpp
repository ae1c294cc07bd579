// Every write, truncation, fsync and rename of a small import fails once, in turn. Whatever was acknowledged
// is there afterwards, nothing is half there, and the books are right.
#include "failing_disk.h"
#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

struct Scenario {
  Failure failure;
  bool disk_full;
  const char* name;
};
void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

/// What the outside world was told.
struct Acknowledged {
  std::vector<SubmissionInfo> submissions;
  std::vector<std::uint64_t> rows;  ///< per submission
  std::vector<std::int64_t> retired;
  std::string error;  ///< that ended it; empty: all went well
};

std::vector<Word> words_of(int submission, std::uint64_t first) {
  std::vector<Word> words;
  for (std::uint64_t row = first; row < first + 40; ++row) {
    words.push_back({std::to_string(row), static_cast<std::uint64_t>(submission),
                     row % 9 == 0 ? Disposition::in_review : Disposition::deliver});
  }
  return words;
}

class FailingDiskTest : public ::testing::TestWithParam<Scenario> {
 protected:
  /// Two submissions of two batches, receipts riding with the next batch. Stops at the first error.
  Acknowledged import(const std::filesystem::path& home) {
    Acknowledged told;
    const auto opened = Ledger::open(home, clock);
    if (opened.has_error()) {
      told.error = opened.error().code();
      return told;
    }
    for (int submission = 0; submission < 2 && told.error.empty(); ++submission) {
      told.error = code_of(import_one(**opened, submission, told));
    }
    if (!told.error.empty()) expect_stopped_or_well(**opened);
    return told;
  }

  base::Status import_one(Ledger& ledger, int number, Acknowledged& told) {
    const auto path = folder.path() / ("input" + std::to_string(number));
    std::ofstream(path) << "bytes of " << number;
    MUSUBI_ASSIGN(const auto kept, ledger.keep("tokyo", path, path.filename(), {}));
    told.submissions.push_back(kept);
    told.rows.push_back(0);
    MUSUBI_ASSIGN(const auto part, ledger.begin_part({.submission = kept.id, .as_of = number}));
    std::int64_t outbox = 0;
    for (std::uint64_t first = 1; first <= 41; first += 40) {
      MUSUBI_TRY(ledger.begin_batch(part.id));
      if (outbox != 0) ledger.retire(outbox, "receipt");
      const auto next = add_words(ledger, part, first, words_of(number, first));
      MUSUBI_TRY(ledger.commit_batch(first + 39));
      told.rows.back() = first + 39;
      if (outbox != 0) told.retired.push_back(outbox);
      outbox = next;
    }
    MUSUBI_TRY(ledger.retire_now(outbox, "receipt"));
    told.retired.push_back(outbox);
    MUSUBI_TRY(ledger.complete_part(part.id));
    return ledger.set_submission_state(kept.id, SubmissionState::done, "");
  }

  /// Either nothing more is acknowledged, or the failure was before anything was written.
  void expect_stopped_or_well(Ledger& ledger) {
    const auto health = code_of(ledger.health());
    EXPECT_TRUE(health.empty() || health == "ledger.stopped") << health;
    if (health.empty()) return;
    EXPECT_EQ(code_of(ledger.begin_batch(1)), "ledger.stopped");
    EXPECT_EQ(code_of(ledger.set_submission_state(1, SubmissionState::done, "")), "ledger.stopped");
  }

  void expect_kept_promises(const Ledger& ledger, const Acknowledged& told) {
    for (const auto& error : ledger.verify()) ADD_FAILURE() << error.code();
    EXPECT_TRUE(ledger.balance().balanced());
    for (std::size_t index = 0; index < told.submissions.size(); ++index) {
      const auto& submission = told.submissions[index];
      EXPECT_EQ(ledger.source_of(submission.id), "tokyo");
      EXPECT_EQ(std::filesystem::file_size(ledger.kept(submission)->file), submission.bytes);
      const auto parts = ledger.parts_of(submission.id);
      const auto rows = parts.empty() ? 0 : parts[0].rows_done;
      EXPECT_TRUE(rows == told.rows[index] || rows == told.rows[index] + 40)
          << rows << " rows there, " << told.rows[index] << " acknowledged";
    }
    for (const auto& open : ledger.open_outbox_rows()) {
      EXPECT_THAT(told.retired, ::testing::Not(::testing::Contains(open.id)));
    }
  }

  TemporaryFolder folder;
  StandingClock clock;
};

TEST_P(FailingDiskTest, at_every_step_keeps_its_promises) {
  const auto [failure, disk_full, name] = GetParam();
  FailingDisk disk;
  bool went_through = false;
  int step = 0;
  while (!went_through && ++step < 2000) {
    SCOPED_TRACE(std::string(name) + " at operation " + std::to_string(step));
    const auto home = folder.path() / std::to_string(step);
    disk.arm(step, failure, disk_full);
    const auto told = import(home);
    went_through = !disk.failed();
    EXPECT_TRUE(!went_through || told.error.empty()) << told.error;
    disk.restart();
    auto again = Ledger::open(home, clock);
    ASSERT_FALSE(again.has_error()) << again.error().code();
    expect_kept_promises(**again, told);
    again->reset();
    std::filesystem::remove_all(home);
    if (HasFailure()) return;
  }
  EXPECT_TRUE(went_through);
  EXPECT_GT(step, 40) << "so many operations at least can fail";
}

INSTANTIATE_TEST_SUITE_P(every_step, FailingDiskTest,
                         ::testing::Values(Scenario{Failure::once, false, "one_error"},
                                           Scenario{Failure::forever, true, "full_disk"},
                                           Scenario{Failure::power_cut, false, "power_cut"}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace musubi::ledger
