#include "work_queue.h"

#include <algorithm>

namespace musubi::pipeline {

void WorkQueue::add(const Work& work) {
  const std::lock_guard lock(mutex_);
  if (!known_.insert(work.submission).second) return;
  bytes_ += work.bytes;
  lines_[work.source].waiting.push_back(work);
  changed_.notify_one();
}

/// The first of a source that is free, beginning after the one that had the last turn.
std::optional<Work> WorkQueue::take(Deadline now, Deadline& wake_up) {
  const auto start = lines_.upper_bound(last_);
  auto line = start == lines_.end() ? lines_.begin() : start;
  for (std::size_t looked = 0; looked < lines_.size(); ++looked) {
    auto& [source, its] = *line;
    if (!its.busy && !its.waiting.empty()) {
      if (its.rests_until <= now) {
        its.busy = true;
        last_ = source;
        return its.waiting.front();
      }
      wake_up = std::min(wake_up, its.rests_until);
    }
    if (++line == lines_.end()) line = lines_.begin();
  }
  return {};
}

std::optional<Work> WorkQueue::next() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto now = std::chrono::steady_clock::now();
    auto wake_up = now + std::chrono::seconds(1);
    if (auto work = take(now, wake_up)) return work;
    changed_.wait_until(lock, wake_up);
  }
  return {};
}

void WorkQueue::done(const Work& work) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[work.source];
  line.busy = false;
  line.waiting.pop_front();
  known_.erase(work.submission);
  bytes_ -= work.bytes;
  changed_.notify_all();
}

void WorkQueue::again(const Work& work, std::chrono::milliseconds pause) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[work.source];
  line.busy = false;
  line.rests_until = std::chrono::steady_clock::now() + pause;
  changed_.notify_all();
}

void WorkQueue::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::uint64_t WorkQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return known_.size();
}

std::uint64_t WorkQueue::waiting_bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace musubi::pipeline
