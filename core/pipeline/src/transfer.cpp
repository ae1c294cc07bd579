#include "transfer.h"

#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "bounded_queue.h"

namespace musubi::pipeline {
namespace {

/// The delivering stage on its own thread: takes batches, collects receipts until somebody retires them.
class DeliveringStage {
 public:
  DeliveringStage(Deliverer& deliverer, std::size_t capacity)
      : deliverer_(deliverer), waiting_(capacity), thread_([this] { run(); }) {}
  ~DeliveringStage() { stop(); }
  DeliveringStage(const DeliveringStage&) = delete;
  DeliveringStage& operator=(const DeliveringStage&) = delete;

  /// False: delivery has failed; see stop().
  bool take(Outgoing outgoing) { return waiting_.push(std::move(outgoing)); }

  std::vector<Delivered> receipts() {
    const std::lock_guard lock(mutex_);
    return std::exchange(receipts_, {});
  }

  /// Waits until everything taken is delivered, or says why not.
  std::optional<base::Error> stop() {
    waiting_.finish();
    if (thread_.joinable()) thread_.join();
    return failure_;
  }

 private:
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

  Deliverer& deliverer_;
  BoundedQueue<Outgoing> waiting_;
  std::mutex mutex_;
  std::vector<Delivered> receipts_;
  std::optional<base::Error> failure_;  ///< written by the thread, read after it was joined
  std::thread thread_;
};

/// The reading stage on its own thread.
class ReadingStage {
 public:
  ReadingStage(PartReader& reader, const Tuning& tuning)
      : reader_(reader),
        rows_(tuning.batch_rows),
        ready_(tuning.queued_batches),
        thread_([this] { run(); }) {}
  ~ReadingStage() {
    ready_.abandon();
    if (thread_.joinable()) thread_.join();
  }
  ReadingStage(const ReadingStage&) = delete;
  ReadingStage& operator=(const ReadingStage&) = delete;

  std::optional<PreparedBatch> next() { return ready_.pop(); }

 private:
  void run() {
    for (;;) {
      auto batch = reader_.next(rows_);
      if (batch.entries.empty() || !ready_.push(std::move(batch))) break;
    }
    ready_.finish();
  }

  PartReader& reader_;
  const std::size_t rows_;
  BoundedQueue<PreparedBatch> ready_;
  std::thread thread_;
};

base::Status run_stages(ReadingStage& reading, Acceptor& acceptor, DeliveringStage& delivering,
                        const std::function<void(std::uint64_t)>& after_batch) {
  while (auto batch = reading.next()) {
    const auto receipts = delivering.receipts();
    MUSUBI_ASSIGN(auto outgoing, acceptor.accept(*batch, receipts));
    if (!outgoing.recipients.empty() && !delivering.take(std::move(outgoing))) return {};
    after_batch(batch->consumed_bytes);
  }
  return {};
}

}  // namespace

base::Status transfer(PartReader& reader, Acceptor& acceptor, Deliverer& deliverer, ledger::Ledger& ledger,
                      const Tuning& tuning, const std::function<void(std::uint64_t)>& after_batch) {
  DeliveringStage delivering(deliverer, tuning.queued_batches);
  base::Status accepted;
  {
    ReadingStage reading(reader, tuning);
    accepted = run_stages(reading, acceptor, delivering, after_batch);
  }
  const auto undelivered = delivering.stop();
  if (accepted.has_error()) return accepted;
  for (const auto& each : delivering.receipts()) MUSUBI_TRY(ledger.retire_now(each.outbox, each.receipt));
  if (undelivered) return *undelivered;
  return {};
}

}  // namespace musubi::pipeline
