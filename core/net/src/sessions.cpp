#include "sessions.h"

namespace musubi::net {

bool Sessions::add(const std::shared_ptr<Session>& session, const Limits& limits) {
  const std::lock_guard lock(mutex_);
  const auto of_address = of_address_.find(session->address());
  const auto same = of_address == of_address_.end() ? 0 : of_address->second;
  if (closed_ || open_.size() >= limits.connections || same >= limits.connections_per_address) return false;
  const auto place = open_.insert(session).first;
  try {
    ++of_address_[session->address()];
  } catch (...) {
    open_.erase(place);
    throw;
  }
  return true;
}

void Sessions::remove(const std::shared_ptr<Session>& session) {
  const std::lock_guard lock(mutex_);
  open_.erase(session);
  const auto count = of_address_.find(session->address());
  if (--count->second == 0) of_address_.erase(count);
  changed_.notify_all();
}

void Sessions::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

bool Sessions::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [this] { return open_.empty(); });
}

}  // namespace musubi::net
