// Which submission is carried next: sources take turns, and the submissions of one source go one after the
// other, in order of receipt.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "musubi/base/clock.h"

namespace musubi::pipeline {

struct Work {
  std::int64_t submission = 0;
  std::string source;
  std::uint64_t bytes = 0;
};

/// Threads: any.
class WorkQueue {
 public:
  /// Nothing where it waits, or is being carried, already.
  void add(const Work& work);
  /// Waits for work; empty: stopped. The source is busy until done() or again() is called with it.
  std::optional<Work> next();
  void done(const Work& work);
  /// It could not be finished; it stays the first of its source, which rests until `pause` is over.
  void again(const Work& work, std::chrono::milliseconds pause);
  void stop();

  std::uint64_t waiting() const;        ///< submissions, those being carried included
  std::uint64_t waiting_bytes() const;  ///< of those

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  struct Line {
    std::deque<Work> waiting;
    bool busy = false;
    Deadline rests_until{};
  };
  std::optional<Work> take(Deadline now, Deadline& wake_up);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Line> lines_;
  std::set<std::int64_t> known_;
  std::string last_;  ///< source that had its turn
  std::uint64_t bytes_ = 0;
  bool stopped_ = false;
};

}  // namespace musubi::pipeline
