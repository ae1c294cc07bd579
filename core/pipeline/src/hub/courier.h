// Brings one sink what it is owed: in order, at a pace that suits it, until it has given a receipt or refused
// for good. Nothing is lost when a courier, or the hub, dies: what is owed stands in the ledger's outbox.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "../rereading.h"
#include "consignment.h"
#include "delivery_attempt.h"
#include "musubi/delivery/pace.h"
#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

struct CourierSettings {
  std::string sink;
  delivery::Pacing pacing;
  std::size_t in_hand = 4;  ///< consignments held in memory, many more of a few records; what does not fit is
                            ///< read again from the ledger
  std::uint64_t seed = 0;
};

/// Threads: step() from one thread at a time; the others from any.
class Courier {
 public:
  /// Everything borrowed outlives the courier. The equipment may be exchanged by use().
  Courier(std::shared_ptr<const Equipment> equipment, const Tuning& tuning, CourierSettings settings,
          HubObserver& observer);

  /// Waits for room while the recipient answers. Where it does not, the consignment is left to the ledger.
  void offer(Consignment consignment);
  /// Something is owed that was not offered: after a start, or when dead letters were reopened.
  void owe();
  void use(std::shared_ptr<const Equipment> equipment);
  /// Releases those who wait in offer().
  void stop();
  bool stopped() const;
  /// An operator does not want to wait for the back-off to end.
  void ask_now();

  /// At most one attempt, at one consignment or at a few small ones. When to be called again; Instant::max()
  /// when there is nothing to do until woken. Error: the ledger cannot be written any more.
  base::Result<base::Instant> step(base::Instant now);
  /// Waits until there is something to do, `until` at the latest.
  void wait(base::Instant now, base::Instant until);

  /// Receipts that have come, to be retired in groups; then retired(), or put_back() if that failed.
  std::vector<ledger::Delivered> receipts();
  void retired(const std::vector<ledger::Delivered>& receipts);
  void put_back(std::vector<ledger::Delivered> receipts);
  CourierState state(base::Instant now) const;
  /// Nothing is owed, or the recipient is away.
  bool idle() const;

 private:
  /// Of a consignment that failed.
  struct Trouble {
    std::uint32_t failures = 0;
    std::uint64_t successes_then = 0;
  };
  base::Result<base::Instant> step_once(base::Instant now);
  base::Status look_into_the_ledger();
  std::int64_t next() const;
  bool must_let_pass(std::int64_t outbox) const;
  bool is_suspect(std::int64_t outbox) const;
  std::optional<Consignment> take_in_hand(std::int64_t outbox);
  bool has_room_for(const Consignment& consignment) const;
  std::vector<Consignment> take_few();
  base::Result<Consignment> read_again(const ledger::OutboxRow& row);
  base::Status could_not_read(const ledger::OutboxRow& row, const base::Error& error);
  base::Status attempt(Consignment consignment);
  base::Status attempt_together(std::vector<Consignment> few);
  base::Status settle(const Consignment& consignment, const Handover& handover, base::Instant::duration time);
  base::Status note_failure(Consignment consignment, const base::Error& error);
  void forget(std::int64_t outbox);

  const Tuning tuning_;
  const CourierSettings settings_;
  HubObserver& observer_;

  // Of the thread that steps.
  std::shared_ptr<const Equipment> equipment_;
  std::unique_ptr<Rereading> rereading_;
  std::deque<ledger::OutboxRow> window_;  ///< of what is owed, oldest first
  std::uint64_t successes_ = 0;
  std::map<std::int64_t, Trouble> troubles_;
  std::size_t one_by_one_ = 0;   ///< attempts left that are made alone, after those of a group failed
  bool never_together_ = false;  ///< the sink gains nothing by it

  mutable std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  std::shared_ptr<const Equipment> newer_equipment_;
  std::map<std::int64_t, Consignment> in_hand_;
  std::set<std::int64_t> done_;  ///< delivered; the ledger may not know yet
  std::vector<ledger::Delivered> receipts_;
  delivery::Pace pace_;
  std::uint64_t delivered_ = 0;
  std::string last_error_;
  bool owed_ = true, busy_ = false, stopped_ = false, woken_ = false;
};

}  // namespace musubi::pipeline
