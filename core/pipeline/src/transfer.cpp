#include "transfer.h"

#include <optional>
#include <thread>
#include <utility>

#include "bounded_queue.h"
#include "contained.h"

namespace musubi::pipeline {
namespace {

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
  /// Why there is nothing more, when next() was empty.
  const base::Status& outcome() const { return outcome_; }

 private:
  void run() {
    outcome_ = contained([this] { return read_all(); });
    ready_.finish();
  }

  base::Status read_all() {
    for (;;) {
      auto batch = reader_.next(rows_);
      if (batch.entries.empty() || !ready_.push(std::move(batch))) return {};
    }
  }

  PartReader& reader_;
  const std::size_t rows_;
  BoundedQueue<PreparedBatch> ready_;
  base::Status outcome_;  ///< written before the queue is finished
  std::thread thread_;
};

base::Status run_stages(ReadingStage& reading, Acceptor& acceptor, Handoff& handoff,
                        const std::function<void(std::uint64_t)>& after_batch) {
  while (auto batch = reading.next()) {
    const auto receipts = handoff.receipts();
    MUSUBI_ASSIGN(auto outgoing, acceptor.accept(*batch, receipts));
    if (!outgoing.recipients.empty() && !handoff.take(std::move(outgoing))) return {};
    after_batch(batch->consumed_bytes);
    if (!handoff.goes_on()) return {};
  }
  return reading.outcome();
}

}  // namespace

base::Status transfer(PartReader& reader, Acceptor& acceptor, Handoff& handoff, ledger::Ledger& ledger,
                      const Tuning& tuning, const std::function<void(std::uint64_t)>& after_batch) {
  base::Status accepted;
  {
    ReadingStage reading(reader, tuning);
    accepted = run_stages(reading, acceptor, handoff, after_batch);
  }
  const auto undelivered = handoff.finish();
  if (accepted.has_error()) return accepted;
  MUSUBI_TRY(ledger.retire_all(handoff.receipts()));
  if (undelivered) return *undelivered;
  return {};
}

}  // namespace musubi::pipeline
