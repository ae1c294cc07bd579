// Makes what came in durable, many submissions by one commit, and only then says so.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

/// Threads: any; answers are given on its own.
class Reception {
 public:
  /// Told of each submission before its sender is.
  using Kept = std::function<void(const ledger::SubmissionInfo&, const Incoming&)>;
  Reception(ledger::Ledger& ledger, const base::Clock& clock, HubObserver& observer, Kept kept);
  ~Reception() { stop(); }
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  void add(Incoming incoming, Hub::Received done);
  /// Answers what has come so far; later arrivals are told that the hub stops.
  void stop();

 private:
  struct Waiting {
    Incoming incoming;
    Hub::Received done;
    base::Instant came;
  };
  void run();
  void keep(std::vector<Waiting>& all);
  void answer(Waiting& waiting, base::Result<ledger::SubmissionInfo> info);

  ledger::Ledger& ledger_;
  const base::Clock& clock_;
  HubObserver& observer_;
  Kept kept_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace musubi::pipeline
