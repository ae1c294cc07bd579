// What a Ledger is made of.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "fair_turn.h"
#include "home.h"
#include "kept_files.h"
#include "musubi/ledger/ledger.h"
#include "sqlite.h"
#include "writer.h"

namespace musubi::ledger {

/// Has the turn as long as it lives.
class Turn {
 public:
  explicit Turn(FairTurn& turn) : turn_(turn) { turn_.take(); }
  ~Turn() { turn_.give_back(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  FairTurn& turn_;
};

/// Whoever has the turn takes it again, works, and loses his way: the turn is given back as often as it was
/// taken since.
class TurnsTakenSince {
 public:
  explicit TurnsTakenSince(FairTurn& turn) : turn_(turn), before_(turn.depth()) {}
  ~TurnsTakenSince() {
    while (turn_.depth() > before_) turn_.give_back();
  }
  TurnsTakenSince(const TurnsTakenSince&) = delete;
  TurnsTakenSince& operator=(const TurnsTakenSince&) = delete;

 private:
  FairTurn& turn_;
  const int before_;
};

struct Ledger::Parts {
  Parts(const std::filesystem::path& home_folder, const base::Clock& its_clock)
      : clock(its_clock), file(home_folder / "ledger.sqlite"), kept(home_folder) {}

  const base::Clock& clock;
  std::filesystem::path file;
  KeptFiles kept;
  Descriptor lock;
  FairTurn turn;                   ///< to write
  std::unique_ptr<Writer> writer;  ///< none: opened to read
  bool beside = false;             ///< another process holds the lock; only activations may be written
  std::mutex asking;
  std::unique_ptr<sqlite::Database> reader;
  base::Status last_failure;

  base::Status open_reader();
  base::Status open_writer();
  base::Status open_writer_beside();
  base::Result<Writer*> writing() const;
  /// The writer of the batch that this thread has open; nullptr: it has none.
  Writer* in_batch() const { return writer && turn.mine() ? writer.get() : nullptr; }
  /// A call that belongs into a batch came without one: the next batch is told.
  void note_misuse();
  /// Runs `work(writer)` when it is this thread's turn, or within the batch that it has open.
  template <class Work>
  auto write(const Work& work) -> decltype(work(std::declval<Writer&>())) {
    MUSUBI_ASSIGN(auto* const its, writing());
    const Turn while_it_lasts(turn);
    return work(*its);
  }
  base::Status change(const std::function<base::Status(sqlite::Database&)>& work) {
    return write([&](Writer& its) { return its.change(work); });
  }
  base::Error locked() const;

  /// Answers from one state of the books; one question at a time.
  template <class Question>
  auto ask(const Question& question) {
    const std::lock_guard guard(asking);
    reader->clear_failure();
    const sqlite::Snapshot snapshot(*reader);
    auto answer = question(*reader);
    if (reader->failed()) last_failure = reader->status();
    return answer;
  }
};

/// A not_found error with one argument.
inline base::Error missing(std::string_view message, std::string_view name, std::string_view value) {
  return base::Error(base::ErrorKind::not_found, message, {{std::string(name), std::string(value)}});
}

}  // namespace musubi::ledger
