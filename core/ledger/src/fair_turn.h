// A lock that goes round in the order in which threads came, so that a thread that writes batch after batch
// does not keep out the one that has a receipt to commit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace musubi::ledger {

/// The thread that has the turn may take it again; it gives it back as often.
class FairTurn {
 public:
  void take() {
    std::unique_lock lock(mutex_);
    const auto self = std::this_thread::get_id();
    if (holder_.load() != self) {
      const auto mine = last_++;
      changed_.wait(lock, [&] { return mine == next_; });
      holder_ = self;
    }
    ++depth_;
  }
  void give_back() {
    const std::lock_guard lock(mutex_);
    if (--depth_ != 0) return;
    holder_ = std::thread::id();
    ++next_;
    changed_.notify_all();
  }
  /// How often the thread that has the turn took it.
  int depth() {
    const std::lock_guard lock(mutex_);
    return depth_;
  }
  bool is_taken() const noexcept { return holder_.load() != std::thread::id(); }
  bool mine() const { return holder_.load() == std::this_thread::get_id(); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0, last_ = 0;  ///< the ticket whose turn it is, and the next to be given out
  std::atomic<std::thread::id> holder_;
  int depth_ = 0;
};

}  // namespace musubi::ledger
