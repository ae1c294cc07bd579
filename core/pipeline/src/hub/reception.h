// Makes what came in durable, many submissions by one commit, and only then says so.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

/// Threads: any; answers are given on its own, or on one that keeps.
class Reception {
 public:
  /// Told of each submission before its sender is.
  using Kept = std::function<void(const ledger::SubmissionInfo&, const Incoming&)>;
  Reception(ledger::Ledger& ledger, const base::Clock& clock, HubObserver& observer, Kept kept);
  ~Reception() { stop(); }
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  void add(Incoming incoming, Hub::Received done, Hub::Keeper keeper);
  /// Answers what has come so far; later arrivals are told that the hub stops.
  void stop();

 private:
  struct Waiting {
    Incoming incoming;
    Hub::Received done;
    base::Instant came;
  };
  void run();
  class Keeping;
  /// What waits now; `lock` is let go meanwhile.
  void keep_all(std::unique_lock<std::mutex>& lock);
  /// An exception ends the process, whoever keeps: what is durable has to be carried, which the next start
  /// sees to.
  void keep(std::vector<Waiting> all) noexcept;
  void answer(Waiting& waiting, base::Result<ledger::SubmissionInfo> info);

  ledger::Ledger& ledger_;
  const base::Clock& clock_;
  HubObserver& observer_;
  Kept kept_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  bool keeping_ = false;  ///< some thread does
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace musubi::pipeline
