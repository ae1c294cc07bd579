// A ledger in a folder of its own, a clock that stands still, and a small stand-in for the steps that decide
// about records.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/messages.h"
#include "musubi/ledger/ledger.h"

namespace musubi::ledger {

class StandingClock final : public base::Clock {
 public:
  base::Instant time{std::chrono::sys_days(std::chrono::year(2020) / 4 / 20) + std::chrono::hours(3)};
  base::Instant now() const noexcept override { return time; }
};

/// In memory where the system has such a place: these tests sync thousands of times.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const bool usable = ::access(memory.c_str(), W_OK | X_OK) == 0;
    std::string name =
        ((usable ? memory : std::filesystem::temp_directory_path()) / "musubi-ledger-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What a source says of a case.
struct Word {
  std::string local_id;
  std::uint64_t content = 0;
  Disposition held = Disposition::deliver;  ///< in_review and the like: held; else decided by what is known
};

inline std::string code_of(const base::Status& status) {
  return status.has_error() ? status.error().code() : "";
}

/// The record row of a word, its case put: what link decides, in small.
inline RecordRow decide(Ledger& ledger, const PartInfo& part, std::uint64_t row, const Word& word) {
  RecordRow record{.row = row, .line = row + 1, .byte = row * 100, .length = 99};
  record.disposition = word.held;
  if (word.held != Disposition::deliver) {
    record.reason = "check.held";
    return record;
  }
  const auto known = ledger.find_case("tokyo", word.local_id);
  auto now = known.value_or(KnownCase{});
  const bool same = known && known->content.low == word.content;
  if (same) record.disposition = Disposition::unchanged;
  if (known && !same && part.as_of < known->as_of) record.disposition = Disposition::late;
  now.content = {0, word.content};
  now.as_of = part.as_of;
  now.submission = part.submission;
  now.version += same ? 0 : 1;
  record.case_number = ledger.put_case("tokyo", word.local_id, now);
  record.version = now.version;
  return record;
}

/// Adds the words as rows first, first + 1, ... of the part, in the batch that is open. Returns the outbox
/// row.
inline std::int64_t add_words(Ledger& ledger, const PartInfo& part, std::uint64_t first,
                              const std::vector<Word>& words) {
  for (std::size_t index = 0; index < words.size(); ++index) {
    ledger.add_record(decide(ledger, part, first + index, words[index]));
  }
  return words.empty() ? 0 : ledger.open_outbox("central", "everything", first, first + words.size() - 1);
}

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }

  void reopen() {
    ledger.reset();
    auto opened = Ledger::open(home(), clock);
    ASSERT_FALSE(opened.has_error()) << base::describe(base::Language::english, opened.error());
    ledger = std::move(*opened);
  }
  std::filesystem::path home() const { return folder.path() / "home"; }
  std::filesystem::path file(const std::string& name, const std::string& text) const {
    const auto path = folder.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  SubmissionInfo keep(const std::string& text, const std::string& source = "tokyo") {
    auto kept = ledger->keep(source, file("input.csv", text), "input.csv", {});
    EXPECT_FALSE(kept.has_error());
    return kept.has_error() ? SubmissionInfo{} : *kept;
  }
  /// A part of a new submission whose bytes are `text`.
  PartInfo part_of_text(const std::string& text, std::int32_t as_of = 18372,
                        const std::string& source = "tokyo") {
    return begin(
        {.submission = keep(text, source).id, .pin = {.mapping = "tokyo/positive-cases"}, .as_of = as_of});
  }
  PartInfo begin(const PartInfo& wanted) {
    auto begun = ledger->begin_part(wanted);
    EXPECT_FALSE(begun.has_error());
    return begun.has_error() ? PartInfo{} : *begun;
  }
  /// One batch with these words, committed. Returns the outbox row.
  std::int64_t accept(PartInfo& part, const std::vector<Word>& words) {
    EXPECT_EQ(code_of(ledger->begin_batch(part.id)), "");
    const auto outbox = add_words(*ledger, part, part.rows_done + 1, words);
    part.rows_done += words.size();
    EXPECT_EQ(code_of(ledger->commit_batch(part.rows_done)), "");
    return outbox;
  }
  void retire(std::int64_t outbox, const std::string& receipt = "1") {
    EXPECT_EQ(code_of(ledger->retire_now(outbox, receipt)), "");
  }
  /// Changes the file behind the ledger's back.
  void tamper(const std::string& sql) {
    ledger.reset();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((home() / "ledger.sqlite").c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
    reopen();
  }
  std::vector<std::string> audit() const {
    std::vector<std::string> codes;
    for (const auto& error : ledger->verify()) codes.push_back(error.code());
    return codes;
  }
  void expect_right() const {
    EXPECT_THAT(audit(), ::testing::IsEmpty());
    EXPECT_TRUE(ledger->balance().balanced());
    EXPECT_EQ(code_of(ledger->health()), "");
  }

  TemporaryFolder folder;
  StandingClock clock;
  std::unique_ptr<Ledger> ledger;
};

inline void expect_counts(const Balance& balance, const Balance& expected) {
  EXPECT_EQ(balance.received, expected.received);
  EXPECT_EQ(balance.delivered, expected.delivered);
  EXPECT_EQ(balance.in_review, expected.in_review);
  EXPECT_EQ(balance.rejected, expected.rejected);
  EXPECT_EQ(balance.dead_letter, expected.dead_letter);
  EXPECT_EQ(balance.in_flight, expected.in_flight);
}

}  // namespace musubi::ledger
