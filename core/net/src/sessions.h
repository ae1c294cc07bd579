// The connections that are open.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "session.h"

namespace musubi::net {

/// Threads: any.
class Sessions {
 public:
  /// False: there are too many already, of this address or of all, or it is closed.
  bool add(const std::shared_ptr<Session>& session, const Limits& limits);
  void remove(const std::shared_ptr<Session>& session);
  /// None is added any more.
  void close();
  template <class Action>
  void for_each(Action action) {
    const std::lock_guard lock(mutex_);
    for (const auto& session : open_) action(*session);
  }
  /// False: not all have ended in that time.
  bool wait_until_empty(std::chrono::milliseconds time);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  std::unordered_set<std::shared_ptr<Session>> open_;
  std::map<std::string, std::size_t> of_address_;
};

}  // namespace musubi::net
