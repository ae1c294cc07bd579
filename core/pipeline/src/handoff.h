// Where accepted batches go: to the recipients while the import waits for them, or to the couriers of a hub
// that runs on.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "acceptor.h"
#include "musubi/base/result.h"
#include "musubi/pipeline/road.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// Of one part. Threads: one at a time.
class Handoff {
 public:
  virtual ~Handoff() = default;
  /// False: nothing more can be handed over; finish() says why.
  virtual bool take(Outgoing outgoing) = 0;
  /// False as well where there was nothing to hand over since.
  virtual bool goes_on() const = 0;
  /// Receipts that have come meanwhile and that the caller is to retire.
  virtual std::vector<ledger::Delivered> receipts() = 0;
  /// Waits for what this kind of handoff waits for. Empty: all is well.
  virtual std::optional<base::Error> finish() = 0;
};

/// Makes the handoff of a part. `routes` live as long as the equipment's.
class Handoffs {
 public:
  virtual ~Handoffs() = default;
  virtual base::Result<std::unique_ptr<Handoff>> begin(const Equipment& equipment,
                                                       std::span<const privacy::Route> routes,
                                                       const DeliveryTerms& terms) = 0;
};

/// Delivers on a thread beside the reading, and waits in finish() until everything has arrived.
std::shared_ptr<Handoffs> deliver_at_once(const Tuning& tuning);

}  // namespace musubi::pipeline
