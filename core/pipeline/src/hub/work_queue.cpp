#include "work_queue.h"

#include <algorithm>

namespace musubi::pipeline {

void WorkQueue::add(const Work& work) {
  const std::lock_guard lock(mutex_);
  if (!known_.insert(work.submission).second) return;
  bytes_ += work.bytes;
  auto& line = lines_[work.source];
  line.waiting.push_back(work);
  const bool is_known_of = line.waiting.size() > 1;  // whoever is free waits for the end of its rest already
  if (!is_known_of || line.rests_until <= std::chrono::steady_clock::now()) changed_.notify_one();
}

/// The line of a source that is free, beginning after the one that had the last turn.
WorkQueue::Line* WorkQueue::take(Deadline now, Deadline& wake_up) {
  const auto start = lines_.upper_bound(last_);
  auto line = start == lines_.end() ? lines_.begin() : start;
  for (std::size_t looked = 0; looked < lines_.size(); ++looked) {
    auto& [source, its] = *line;
    if (!its.busy && !its.waiting.empty()) {
      if (its.rests_until <= now) {
        its.busy = true;
        last_ = source;
        return &its;
      }
      wake_up = std::min(wake_up, its.rests_until);
    }
    if (++line == lines_.end()) line = lines_.begin();
  }
  return nullptr;
}

std::vector<Work> WorkQueue::next(std::size_t most, std::uint64_t small) {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto now = std::chrono::steady_clock::now();
    auto wake_up = now + std::chrono::seconds(1);
    if (const auto* const line = take(now, wake_up)) {
      // Whoever takes it may have been the one that slept until others could be taken.
      if (lines_.size() > 1) changed_.notify_one();
      std::vector<Work> taken{line->waiting.front()};
      const auto is_small = [small](const Work& work) { return work.bytes <= small; };
      if (!is_small(taken.front())) return taken;
      for (auto next = line->waiting.begin() + 1;
           next != line->waiting.end() && taken.size() < most && is_small(*next); ++next)
        taken.push_back(*next);
      return taken;
    }
    changed_.wait_until(lock, wake_up);
  }
  return {};
}

bool WorkQueue::has_full_turn(const std::string& source, std::size_t most, std::uint64_t small) const {
  const std::lock_guard lock(mutex_);
  const auto line = lines_.find(source);
  if (line == lines_.end()) return false;
  const auto& waiting = line->second.waiting;
  return waiting.size() >= most ||
         std::ranges::any_of(waiting, [small](const Work& work) { return work.bytes > small; });
}

void WorkQueue::done(const Work& work) {
  const std::lock_guard lock(mutex_);
  auto& waiting = lines_[work.source].waiting;
  const auto found = std::ranges::find(waiting, work.submission, &Work::submission);
  if (found == waiting.end()) return;
  waiting.erase(found);
  known_.erase(work.submission);
  bytes_ -= work.bytes;
}

void WorkQueue::turn_over(const std::string& source, std::chrono::milliseconds pause) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[source];
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
