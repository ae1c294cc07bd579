#include "deliverer.h"

namespace musubi::pipeline {

Deliverer::Deliverer(const Equipment& equipment, DeliveryTerms terms)
    : equipment_(&equipment), terms_(std::move(terms)) {}

std::vector<privacy::Protector> protectors_for(const Equipment& equipment,
                                               std::span<const privacy::Route> routes,
                                               const DeliveryTerms& terms) {
  std::vector<privacy::Protector> protectors;
  for (const auto& route : routes)
    protectors.emplace_back(equipment.policies,
                            privacy::Request{terms.jurisdiction, route.basis, route.purpose, route.recipient},
                            route.recipient);
  return protectors;
}

base::Result<Deliverer> Deliverer::make(const Equipment& equipment, std::span<const privacy::Route> routes,
                                        DeliveryTerms terms) {
  Deliverer deliverer(equipment, std::move(terms));
  auto protectors = protectors_for(equipment, routes, deliverer.terms_);
  for (std::size_t index = 0; index < routes.size(); ++index) {
    const auto& route = routes[index];
    const auto sink = equipment.sinks.find(route.sink);
    if (sink == equipment.sinks.end()) {
      return base::Error(base::ErrorKind::bad_configuration, "pipeline.sink_missing",
                         {{"sink", route.sink}, {"route", route.id}});
    }
    deliverer.recipients_.push_back({std::move(protectors[index]), sink->second});
  }
  return deliverer;
}

base::Result<ledger::Delivered> Deliverer::deliver_to(Recipient& recipient, std::int64_t outbox,
                                                      const Outgoing& outgoing) {
  const auto disclosures =
      recipient.protector.protect(outgoing.records, outgoing.chosen, outgoing.keys, terms_.source,
                                  terms_.submission, terms_.event_date, terms_.received_day);
  ledger::Delivered delivered{outbox, {}};
  for (const auto& disclosure : disclosures) {
    MUSUBI_ASSIGN(const auto receipt,
                  delivery::deliver(*recipient.sink, disclosure, equipment_->retry, equipment_->wait));
    if (!delivered.receipt.empty()) delivered.receipt += ' ';
    delivered.receipt += receipt.recipient_reference;
  }
  return delivered;
}

base::Result<std::vector<ledger::Delivered>> Deliverer::deliver(const Outgoing& outgoing) {
  std::vector<ledger::Delivered> receipts;
  for (const auto& [outbox, route] : outgoing.recipients) {
    MUSUBI_ASSIGN(auto delivered, deliver_to(recipients_[route], outbox, outgoing));
    receipts.push_back(std::move(delivered));
  }
  return receipts;
}

}  // namespace musubi::pipeline
