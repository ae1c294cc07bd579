// Where one coroutine waits for a value that any thread brings.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "asio.h"

namespace musubi::net {

/// Threads: any may settle it, once; further calls do nothing. One coroutine waits, on its strand.
/// A settled slot holds nothing of the event loop, so it may outlive it.
class SlotBase {
 public:
  virtual ~SlotBase() = default;
  /// Nobody will bring a value any more, or it is not wanted.
  void abandon() {
    settle([] {});
  }

 protected:
  /// `fill` runs under the lock unless the slot is settled already.
  void settle(const std::function<void()>& fill);
  Task<void> settled();
  bool is_settled();
  std::mutex mutex_;

 private:
  bool settled_ = false;
  std::function<void()> wake_;
};

template <class T>
class Slot final : public SlotBase {
 public:
  void put(T value) {
    settle([&] { value_ = std::move(value); });
  }
  /// nullopt: abandoned.
  Task<std::optional<T>> take() {
    co_await settled();
    const std::lock_guard lock(mutex_);
    co_return std::move(value_);
  }

 private:
  std::optional<T> value_;
};

}  // namespace musubi::net
