// Third stage: protects what was accepted, once per recipient, and delivers it. Knows nothing of the ledger;
// its receipts are retired by the stage that writes it.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "acceptor.h"
#include "musubi/base/result.h"
#include "musubi/pipeline/road.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// One per route: what each recipient may see.
std::vector<privacy::Protector> protectors_for(const Equipment& equipment,
                                               std::span<const privacy::Route> routes,
                                               const DeliveryTerms& terms);

/// Threads: one at a time.
class Deliverer {
 public:
  /// Error: pipeline.sink_missing when a route names a sink that is not configured.
  static base::Result<Deliverer> make(const Equipment& equipment, std::span<const privacy::Route> routes,
                                      DeliveryTerms terms);

  /// One receipt per outbox row of the batch. On failure the rows not yet delivered stay open.
  base::Result<std::vector<ledger::Delivered>> deliver(const Outgoing& outgoing);

 private:
  struct Recipient {
    privacy::Protector protector;
    plugin::Sink* sink = nullptr;
  };
  Deliverer(const Equipment& equipment, DeliveryTerms terms);
  base::Result<ledger::Delivered> deliver_to(Recipient& recipient, std::int64_t outbox,
                                             const Outgoing& outgoing);

  const Equipment* equipment_;
  DeliveryTerms terms_;
  std::vector<Recipient> recipients_;  ///< by index of route
};

}  // namespace musubi::pipeline
