#include "redelivery.h"

#include <algorithm>

#include "deliverer.h"
#include "rereading.h"

namespace musubi::pipeline {
namespace {

base::Error route_missing(const ledger::OutboxRow& row) {
  return base::Error(base::ErrorKind::bad_configuration, "pipeline.route_missing", {{"route", row.route}});
}

base::Result<std::string> deliver_all(const Equipment& equipment, const ledger::OutboxRow& row,
                                      Reread& reread) {
  const auto& submission = reread.submitted.submission;
  const auto& head = reread.mapping->head();
  const auto routes = equipment.routes->recipients_for(submission.source, head.record);
  const auto route = std::ranges::find(routes, row.route, &privacy::Route::id);
  if (route == routes.end()) return route_missing(row);
  MUSUBI_ASSIGN(auto deliverer, Deliverer::make(equipment, routes, terms_of(equipment, submission, head)));
  std::string receipt;
  for (auto& outgoing : reread.batches) {
    outgoing.recipients = {{row.id, static_cast<std::size_t>(route - routes.begin())}};
    MUSUBI_ASSIGN(const auto delivered, deliverer.deliver(outgoing));
    for (const auto& each : delivered) receipt += (receipt.empty() ? "" : " ") + each.receipt;
  }
  return receipt;
}

}  // namespace

base::Status redeliver(const Equipment& equipment, Rereading& rereading, const ledger::OutboxRow& row) {
  MUSUBI_ASSIGN(auto reread, rereading.read(row));
  MUSUBI_ASSIGN(const auto receipt, deliver_all(equipment, row, reread));
  return equipment.ledger->retire_now(row.id, receipt);
}

}  // namespace musubi::pipeline
