#include <mutex>
#include <thread>
#include <utility>

#include "bounded_queue.h"
#include "deliverer.h"
#include "handoff.h"
#include "hub/in_hand.h"

namespace musubi::pipeline {
namespace {

/// The delivering stage on its own thread: takes batches, collects receipts until somebody retires them.
class DeliveringStage final : public Handoff {
 public:
  DeliveringStage(Deliverer deliverer, std::size_t capacity)
      : deliverer_(std::move(deliverer)), waiting_(capacity), thread_([this, hand = Hand::of_this_thread()] {
          Hand::of_this_thread() = hand;  // it is on the same errand
          run();
        }) {}
  ~DeliveringStage() override { join(); }
  DeliveringStage(const DeliveringStage&) = delete;
  DeliveringStage& operator=(const DeliveringStage&) = delete;

  bool take(Outgoing outgoing) override { return waiting_.push(std::move(outgoing)); }
  bool goes_on() const override { return true; }

  std::vector<ledger::Delivered> receipts() override {
    const std::lock_guard lock(mutex_);
    return std::exchange(receipts_, {});
  }

  std::optional<base::Error> finish() override {
    join();
    return failure_;
  }

 private:
  void join() {
    waiting_.finish();
    if (thread_.joinable()) thread_.join();
  }

  void run() {
    while (auto outgoing = waiting_.pop()) {
      auto delivered = deliverer_.deliver(*outgoing);
      if (delivered.has_error()) {
        failure_ = delivered.error();
        return waiting_.abandon();
      }
      const std::lock_guard lock(mutex_);
      for (auto& each : *delivered) receipts_.push_back(std::move(each));
    }
  }

  Deliverer deliverer_;
  BoundedQueue<Outgoing> waiting_;
  std::mutex mutex_;
  std::vector<ledger::Delivered> receipts_;
  std::optional<base::Error> failure_;  ///< written by the thread, read after it was joined
  std::thread thread_;
};

class AtOnce final : public Handoffs {
 public:
  explicit AtOnce(std::size_t capacity) : capacity_(capacity) {}
  base::Result<std::unique_ptr<Handoff>> begin(const Equipment& equipment,
                                               std::span<const privacy::Route> routes,
                                               const DeliveryTerms& terms) override {
    MUSUBI_ASSIGN(auto deliverer, Deliverer::make(equipment, routes, terms));
    return std::unique_ptr<Handoff>(std::make_unique<DeliveringStage>(std::move(deliverer), capacity_));
  }

 private:
  std::size_t capacity_;
};

}  // namespace

std::shared_ptr<Handoffs> deliver_at_once(const Tuning& tuning) {
  return std::make_shared<AtOnce>(tuning.queued_batches);
}

}  // namespace musubi::pipeline
