#include "couriers.h"

#include "../deliverer.h"
#include "musubi/base/kill_point.h"

namespace musubi::pipeline {
namespace {

base::Error parked_error() { return base::Error(base::ErrorKind::unavailable, "hub.parked"); }

/// Hands the batches of one part to the couriers of its routes.
class ToCouriers final : public Handoff {
 public:
  ToCouriers(const Couriers& couriers, std::shared_ptr<const privacy::Routes> routes,
             std::span<const privacy::Route> of_part, std::vector<privacy::Protector> protectors,
             DeliveryTerms terms)
      : couriers_(couriers), kept_alive_(std::move(routes)), routes_(of_part), terms_(std::move(terms)) {
    for (auto& each : protectors)
      protectors_.push_back(std::make_shared<privacy::Protector>(std::move(each)));
  }

  bool take(Outgoing outgoing) override {
    try {
      offer(std::move(outgoing));
    } catch (...) {  // it is booked, and so it is owed: a courier reads it again, and tells what is wrong
      for (const auto& route : routes_) couriers_.of_sink(route.sink)->owe();
    }
    return true;
  }
  bool goes_on() const override { return !couriers_.parked(); }
  std::vector<ledger::Delivered> receipts() override { return {}; }
  std::optional<base::Error> finish() override {
    if (couriers_.parked()) return parked_error();
    return {};
  }

 private:
  void offer(Outgoing outgoing) {
    const auto load = std::make_shared<const Outgoing>(std::move(outgoing));
    for (const auto& [outbox, index] : load->recipients) {
      const auto& route = routes_[index];
      couriers_.of_sink(route.sink)
          ->offer({outbox, route.recipient, route.id, {load}, protectors_[index], terms_});
    }
  }

  const Couriers& couriers_;
  std::shared_ptr<const privacy::Routes> kept_alive_;
  std::span<const privacy::Route> routes_;
  std::vector<std::shared_ptr<privacy::Protector>> protectors_;
  DeliveryTerms terms_;
};

CourierSettings settings_of(const std::string& sink, const HubSettings& settings) {
  const auto its = settings.pacing_of.find(sink);
  return {.sink = sink,
          .pacing = its == settings.pacing_of.end() ? settings.pacing : its->second,
          .seed = settings.seed ^ std::hash<std::string>{}(sink)};
}

}  // namespace

Couriers::Couriers(const std::shared_ptr<const Equipment>& equipment, const HubSettings& settings,
                   HubObserver& observer, std::function<void(const base::Error&)> broken)
    : broken_(std::move(broken)), clock_(*equipment->clock) {
  for (const auto& [name, sink] : equipment->sinks)
    couriers_.emplace(
        name, std::make_unique<Courier>(equipment, settings.tuning, settings_of(name, settings), observer));
}

Couriers::~Couriers() { stop(); }

void Couriers::start(Hands& hands) {
  for (const auto& [name, courier] : couriers_)
    threads_.emplace_back([this, &hands, its = courier.get()] { run(*its, hands); });
}

void Couriers::stop() {
  stopped_ = true;
  for (const auto& [name, courier] : couriers_) courier->stop();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Couriers::run(Courier& courier, Hands& hands) {
  hands.give_one();
  while (!stopped_ && !courier.stopped()) {
    const auto next = courier.step(clock_.now());
    if (next.has_error()) return broken_(next.error());
    if (const auto now = clock_.now(); *next > now) courier.wait(now, *next);
  }
}

base::Result<std::unique_ptr<Handoff>> Couriers::begin(const Equipment& equipment,
                                                       std::span<const privacy::Route> routes,
                                                       const DeliveryTerms& terms) {
  for (const auto& route : routes) {
    if (of_sink(route.sink) == nullptr)
      return base::Error(base::ErrorKind::bad_configuration, "pipeline.sink_missing",
                         {{"sink", route.sink}, {"route", route.id}});
  }
  return std::unique_ptr<Handoff>(std::make_unique<ToCouriers>(
      *this, equipment.routes, routes, protectors_for(equipment, routes, terms), terms));
}

void Couriers::use(const std::shared_ptr<const Equipment>& equipment) {
  for (const auto& [name, courier] : couriers_) courier->use(equipment);
}

void Couriers::deliver_now() {
  for (const auto& [name, courier] : couriers_) {
    courier->owe();
    courier->ask_now();
  }
}

base::Status Couriers::retire(ledger::Ledger& ledger) {
  for (const auto& [name, courier] : couriers_) {
    auto receipts = courier->receipts();
    if (!receipts.empty()) base::kill_point("pipeline.before_retire");
    if (auto retired = ledger.retire_all(receipts); retired.has_error()) {
      courier->put_back(std::move(receipts));
      return retired;
    }
    courier->retired(receipts);
  }
  return {};
}

bool Couriers::idle() const {
  return std::ranges::all_of(couriers_, [](const auto& each) { return each.second->idle(); });
}

std::vector<CourierState> Couriers::states(base::Instant now) const {
  std::vector<CourierState> states;
  for (const auto& [name, courier] : couriers_) states.push_back(courier->state(now));
  return states;
}

Courier* Couriers::of_sink(const std::string& sink) const {
  const auto found = couriers_.find(sink);
  return found == couriers_.end() ? nullptr : found->second.get();
}

}  // namespace musubi::pipeline
