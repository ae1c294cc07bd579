// kill -9 at random moments of an import: nothing acknowledged is lost, nothing is there twice, and the
// import goes on where it was.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <random>

#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

constexpr std::uint64_t kRows = 90'000, kBatch = 150;
constexpr int kKills = 25;

Word word_of(std::uint64_t row) {
  return {std::to_string(row * 7919 % 20'011), row,
          row % 31 == 0 ? Disposition::rejected : Disposition::deliver};
}

/// What the child says it has, after each commit.
struct Told {
  std::uint64_t rows = 0;
};

/// Imports until all is done, from wherever the ledger says. 0: done.
int import(const std::filesystem::path& home, const std::filesystem::path& input, int told) {
  const StandingClock clock;
  const auto opened = Ledger::open(home, clock);
  if (opened.has_error()) return 1;
  auto& ledger = **opened;
  const auto kept = ledger.keep("tokyo", input, "input.csv", {});
  if (kept.has_error()) return 2;
  auto part = ledger.begin_part({.submission = kept->id});
  if (part.has_error()) return 3;
  for (const auto& open : ledger.open_outbox_rows()) {
    if (ledger.retire_now(open.id, "delivered again").has_error()) return 4;
  }
  std::int64_t outbox = 0;
  while (part->rows_done < kRows) {
    if (ledger.begin_batch(part->id).has_error()) return 5;
    if (outbox != 0) ledger.retire(outbox, "delivered");
    std::vector<Word> words;
    for (auto row = part->rows_done + 1; row <= part->rows_done + kBatch; ++row)
      words.push_back(word_of(row));
    outbox = add_words(ledger, *part, part->rows_done + 1, words);
    part->rows_done += kBatch;
    if (ledger.commit_batch(part->rows_done).has_error()) return 6;
    const Told now{part->rows_done};
    if (::write(told, &now, sizeof now) != sizeof now) return 7;
  }
  return ledger.retire_now(outbox, "delivered").has_error() ? 8 : 0;
}

/// Runs the import in a process of its own, and kills it `wait` after it acknowledged so many batches.
/// Returns the rows it acknowledged.
std::uint64_t import_and_kill(const std::filesystem::path& home, const std::filesystem::path& input,
                              std::uint64_t batches, std::chrono::microseconds wait) {
  int ends[2];
  if (::pipe(ends) != 0) return 0;
  const auto child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    ::_exit(import(home, input, ends[1]));
  }
  ::close(ends[1]);
  Told last, now;
  for (; batches > 0 && ::read(ends[0], &now, sizeof now) == sizeof now; --batches) last = now;
  ::usleep(static_cast<useconds_t>(wait.count()));
  ::kill(child, SIGKILL);
  while (::read(ends[0], &now, sizeof now) == sizeof now) last = now;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "ended with " << WEXITSTATUS(status);
  return last.rows;
}

class KilledProcessTest : public LedgerTest {
 protected:
  void SetUp() override { input = file("input.csv", "the same bytes"); }

  void expect_kept(std::uint64_t acknowledged) {
    reopen();
    const auto submissions = ledger->submissions();
    const auto parts = submissions.empty() ? std::vector<PartInfo>() : ledger->parts_of(submissions[0].id);
    const auto rows = parts.empty() ? 0 : parts[0].rows_done;
    EXPECT_GE(rows, acknowledged);
    EXPECT_LE(rows, std::max(acknowledged, rows_before) + kBatch)
        << "at most the batch whose commit went untold";
    EXPECT_EQ(ledger->balance().received, rows);
    expect_right();
    rows_before = rows;
    ledger.reset();
  }

  std::filesystem::path input;
  std::uint64_t rows_before = 0;
};

TEST_F(KilledProcessTest, loses_nothing_and_doubles_nothing) {
  constexpr unsigned kSeed = 20200420;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int kill = 0; kill < kKills && !HasFailure(); ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    expect_kept(import_and_kill(home(), input, random() % 10, std::chrono::microseconds(random() % 3'000)));
  }
  ASSERT_EQ(import(home(), input, ::open("/dev/null", O_WRONLY)), 0);
  reopen();
  std::uint64_t rejected = 0;
  for (std::uint64_t row = 1; row <= kRows; ++row) rejected += word_of(row).held == Disposition::rejected;
  expect_counts(ledger->balance(), {.received = kRows, .delivered = kRows - rejected, .rejected = rejected});
  EXPECT_EQ(ledger->submissions().size(), 1u);
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
