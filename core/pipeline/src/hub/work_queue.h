// Which submission is carried next: sources take turns, and the submissions of one source go one after the
// other, in order of receipt.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "musubi/base/clock.h"

namespace musubi::pipeline {

struct Work {
  std::int64_t submission = 0;
  std::string source;
  std::uint64_t bytes = 0;
  std::string faultless_by{};
};

/// Threads: any.
class WorkQueue {
 public:
  /// Nothing where it waits, or is being carried, already.
  void add(const Work& work);
  /// Waits for work of one source: the first that waits, and those behind it as long as each, that one too,
  /// has no more than `small` bytes, up to `most` of them. Empty: stopped. The source is busy until
  /// turn_over() is called.
  std::vector<Work> next(std::size_t most, std::uint64_t small);
  /// Whether there is no use in waiting for more of the source: as many wait as next() ever takes, or one
  /// that is not small.
  bool has_full_turn(const std::string& source, std::size_t most, std::uint64_t small) const;
  /// It need not be carried again. Others stay where they are.
  void done(const Work& work);
  /// The source's turn is over; it has none before `pause` is.
  void turn_over(const std::string& source, std::chrono::milliseconds pause);
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
  Line* take(Deadline now, Deadline& wake_up);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Line> lines_;
  std::set<std::int64_t> known_;
  std::string last_;  ///< source that had its turn
  std::uint64_t bytes_ = 0;
  bool stopped_ = false;
};

}  // namespace musubi::pipeline
