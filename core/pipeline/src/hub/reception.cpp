#include "reception.h"

#include "musubi/base/kill_point.h"

namespace musubi::pipeline {
namespace {

/// In one transaction, so that the books are not held up by a flood.
constexpr std::size_t kMostAtOnce = 1'000;

base::Error stopping() { return base::Error(base::ErrorKind::unavailable, "hub.stopping"); }

}  // namespace

Reception::Reception(ledger::Ledger& ledger, const base::Clock& clock, HubObserver& observer, Kept kept)
    : ledger_(ledger), clock_(clock), observer_(observer), kept_(std::move(kept)), thread_([this] {
        run();
      }) {}

void Reception::add(Incoming incoming, Hub::Received done, Hub::Keeper keeper) {
  std::unique_lock lock(mutex_);
  if (stopped_) {
    lock.unlock();
    return done(stopping());
  }
  waiting_.push_back({std::move(incoming), std::move(done), clock_.now()});
  if (keeping_) return;  // whoever keeps looks for more when it has done
  const bool alone = waiting_.size() == 1 && !ledger_.is_being_written();
  if (keeper == Hub::Keeper::here && alone) return keep_all(lock);
  changed_.notify_one();
}

/// From beginning to end one thread keeps, and others may add to what waits.
class Reception::Keeping {
 public:
  Keeping(Reception& reception, std::unique_lock<std::mutex>& lock) : reception_(reception), lock_(lock) {
    reception_.keeping_ = true;
    lock_.unlock();
  }
  Keeping(const Keeping&) = delete;
  Keeping& operator=(const Keeping&) = delete;
  ~Keeping() {
    lock_.lock();
    reception_.keeping_ = false;
    if (reception_.stopped_ || !reception_.waiting_.empty()) reception_.changed_.notify_one();
  }

 private:
  Reception& reception_;
  std::unique_lock<std::mutex>& lock_;
};

void Reception::keep_all(std::unique_lock<std::mutex>& lock) {
  auto all = std::exchange(waiting_, {});
  const Keeping keeping(*this, lock);
  keep(std::move(all));
}

void Reception::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Reception::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !keeping_ && (stopped_ || !waiting_.empty()); });
    if (waiting_.empty()) return;
    keep_all(lock);
  }
}

void Reception::answer(Waiting& waiting, base::Result<ledger::SubmissionInfo> info) {
  if (info.has_error()) {
    observer_.not_kept(waiting.incoming.source, info.error());
  } else {
    observer_.kept(*info, clock_.now() - waiting.came);
    kept_(*info, waiting.incoming);
  }
  base::kill_point("hub.before_acknowledgement");
  waiting.done(std::move(info));
}

void Reception::keep(std::vector<Waiting> all) noexcept {
  for (std::size_t first = 0; first < all.size(); first += kMostAtOnce) {
    const std::span group(all.data() + first, std::min(kMostAtOnce, all.size() - first));
    std::vector<ledger::Arrival> arrivals;
    for (const auto& each : group) {
      const auto& incoming = each.incoming;
      arrivals.push_back(
          {incoming.source, incoming.name, incoming.bytes, incoming.kept, incoming.stated_as_of});
    }
    auto infos = ledger_.keep_all(arrivals);
    for (std::size_t index = 0; index < group.size(); ++index) {
      if (infos.has_error())
        answer(group[index], infos.error());
      else
        answer(group[index], std::move((*infos)[index]));
    }
  }
}

}  // namespace musubi::pipeline
