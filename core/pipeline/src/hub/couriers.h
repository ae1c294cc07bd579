// The couriers of a hub, one a sink, each on a thread of its own, and the handing over of accepted batches.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "../handoff.h"
#include "courier.h"
#include "in_hand.h"

namespace musubi::pipeline {

/// Threads: any.
class Couriers final : public Handoffs {
 public:
  /// `broken` is called once, from a courier's thread, when the ledger cannot be written any more.
  Couriers(const std::shared_ptr<const Equipment>& equipment, const HubSettings& settings,
           HubObserver& observer, std::function<void(const base::Error&)> broken);
  ~Couriers() override;

  /// `hands` has one for each sink, and outlives the couriers.
  void start(Hands& hands);
  /// Waits for the attempt that each has begun.
  void stop();
  /// What was accepted from now on is not handed over, and carrying ends after the batch in hand.
  void park() { parked_ = true; }
  bool parked() const { return parked_; }

  base::Result<std::unique_ptr<Handoff>> begin(const Equipment& equipment,
                                               std::span<const privacy::Route> routes,
                                               const DeliveryTerms& terms) override;
  void use(const std::shared_ptr<const Equipment>& equipment);
  void deliver_now();
  /// Retires in the ledger what has arrived.
  base::Status retire(ledger::Ledger& ledger);
  bool idle() const;
  std::vector<CourierState> states(base::Instant now) const;
  Courier* of_sink(const std::string& sink) const;

 private:
  void run(Courier& courier, Hands& hands);

  std::function<void(const base::Error&)> broken_;
  const base::Clock& clock_;
  std::map<std::string, std::unique_ptr<Courier>> couriers_;  ///< by sink
  std::vector<std::thread> threads_;
  std::atomic<bool> stopped_ = false, parked_ = false;
};

}  // namespace musubi::pipeline
