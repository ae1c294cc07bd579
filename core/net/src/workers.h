// The threads that run handlers.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace musubi::net {

/// Threads: any may post.
class Workers {
 public:
  Workers(std::size_t threads, std::size_t most_waiting);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False: too many are waiting, or it is stopped. A job must not throw.
  bool post(std::function<void()> job);
  /// Drops what waits and returns when every thread has come back.
  void stop();

 private:
  void work();
  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_;
  bool stopped_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace musubi::net
