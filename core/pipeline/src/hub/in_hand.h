// What the threads of a hub have in hand, written where it outlives the process: a small file in the home,
// mapped into memory. Taking and laying down cost no call of the system and no sync. A process that dies
// leaves its pages to the next start, which knows then what to suspect; a power cut may lose them, and
// nothing that was in hand then is to blame.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"

namespace musubi::pipeline {

/// An errand, and whose adapter it goes to: the name of a source or a sink.
struct Task {
  ledger::Errand errand = ledger::Errand::carry;
  std::int64_t id = 0;
  std::string name{};
  bool blamed = false;  ///< the process died inside its adapter
};

/// What an earlier process had in hand when it died. Where it is known inside which errand's adapter it died,
/// only that. Empty: it ended in order, or nothing is known.
std::vector<Task> left_in_hand(const std::filesystem::path& home);
/// The same of the bytes of the file, which may be any.
std::vector<Task> tasks_left(std::string_view bytes);

/// One thread's place in the file. Threads: take() and lay_down() from its own; the others from any.
class Hand {
 public:
  struct Slot;
  using Time = std::chrono::steady_clock::time_point;

  explicit Hand(Slot& slot) : slot_(slot) {}
  void take(const Task& task);
  void lay_down();

  /// A call into the adapter begins; ends.
  void go_in(Time now) { inside_since_ = now.time_since_epoch().count(); }
  void come_out() { inside_since_ = 0; }
  /// Empty: it is not inside.
  std::optional<Time::duration> inside_for(Time now) const;
  std::optional<Task> task() const;
  /// Should the process end now, this one is to blame.
  void blame();
  Slot& slot() { return slot_; }

  /// Of the calling thread; nullptr: it has none.
  static Hand*& of_this_thread();

 private:
  Slot& slot_;
  std::atomic<Time::rep> inside_since_ = 0;
  mutable std::mutex mutex_;  ///< of task_
  std::optional<Task> task_;
};

/// Has the task in the hand of this thread as long as it lives. Without a hand it does nothing.
class InHand {
 public:
  explicit InHand(const Task& task) : hand_(Hand::of_this_thread()) {
    if (hand_ != nullptr) hand_->take(task);
  }
  ~InHand() {
    if (hand_ != nullptr) hand_->lay_down();
  }
  InHand(const InHand&) = delete;
  InHand& operator=(const InHand&) = delete;

 private:
  Hand* hand_;
};

/// While it lives, this thread is inside an adapter on the errand of `hand`; nullptr: nobody's. One within
/// another does nothing.
class InsideAdapter {
 public:
  explicit InsideAdapter(Hand* hand);
  ~InsideAdapter();
  InsideAdapter(const InsideAdapter&) = delete;
  InsideAdapter& operator=(const InsideAdapter&) = delete;

 private:
  Hand* hand_;
};

/// The hands of a hub. Threads: any.
class Hands {
 public:
  /// Forgets what an earlier process left. Where the file cannot be written, nothing outlives this process,
  /// and the hub works all the same. Error: file.* of memory that cannot be had.
  /// `given`: for threads of the hub's own; `lent`: for others, from time to time.
  static base::Result<std::unique_ptr<Hands>> open(const std::filesystem::path& home, std::size_t given,
                                                   std::size_t lent = 0);
  ~Hands();
  Hands(const Hands&) = delete;
  Hands& operator=(const Hands&) = delete;

  /// The calling thread's from now on, until it ends. At most `given` threads ask.
  void give_one();
  /// nullptr: all are lent out. Goes back empty.
  Hand* lend();
  void take_back(Hand* hand);

  struct Stuck {
    Task task;
    std::chrono::steady_clock::duration time{};
  };
  /// Inside an adapter for longer than `limit`.
  std::vector<Stuck> stuck(std::chrono::milliseconds limit) const;
  /// Those are to blame if the process ends now.
  void blame_stuck(std::chrono::milliseconds limit);

 private:
  Hands(void* mapped, std::size_t bytes, std::size_t count, std::size_t lent);

  void* mapped_;
  std::size_t bytes_;
  std::vector<std::unique_ptr<Hand>> hands_;
  std::atomic<std::size_t> given_ = 0;
  std::mutex lending_;
  std::vector<Hand*> free_;
};

}  // namespace musubi::pipeline
