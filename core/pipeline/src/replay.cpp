#include "replay.h"

#include <algorithm>

#include "acceptor.h"
#include "books.h"
#include "opened_part.h"
#include "part_reader.h"
#include "redelivery.h"

namespace musubi::pipeline {
namespace {

constexpr std::string_view kBy = "quarantine replay";

/// The very row that was held, understood. A mapping that begins its table elsewhere counts other rows.
bool clean(const PreparedBatch& batch, const ledger::QuarantinedRecord& held) {
  return batch.entries.size() == 1 && batch.entries.front().record != Entry::kNoRecord &&
         batch.entries.front().origin.byte == held.byte &&
         std::ranges::none_of(batch.records->findings(), [](const model::Finding& finding) {
           return finding.severity == model::Severity::error;
         });
}

}  // namespace

base::Result<bool> replay_one(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs,
                              const ledger::QuarantinedRecord& held) {
  MUSUBI_ASSIGN(const auto submitted, submitted_part(*equipment.ledger, held.part_id));
  const auto opened = reopen(equipment, submitted.submission, held.part,
                             equipment.in_force->mappings->of_source(held.source));
  if (opened.has_error()) return false;
  MUSUBI_ASSIGN(const auto pinned, equipment.active->pinned(submitted.part.pin));
  if (pinned->head().for_each != opened->mapping->head().for_each)
    return false;  // rows are numbered otherwise
  const auto today = base::day_in_japan(equipment.clock->now());
  MUSUBI_ASSIGN(auto reader, PartReader::open(*opened->source, opened->submission, opened->part,
                                              opened->mapping, *equipment.checks, today, tuning));
  MUSUBI_TRY(reader.skip_rows(held.row - 1));
  const auto batch = reader.next(1);
  if (!clean(batch, held)) return false;
  const auto& head = opened->mapping->head();
  const auto routes = equipment.routes->recipients_for(held.source, head.record);
  const auto terms = terms_of(equipment, submitted.submission, head);
  PartReport report;
  Acceptor acceptor(*equipment.ledger, submitted.part, equipment.catalogue->number_of(head.local_id_field),
                    routes, protectors_for(equipment, routes, terms), terms, report);
  const auto& policies = *equipment.policies;
  MUSUBI_TRY(equipment.ledger->keep_configuration(policies.version(), "policies", "", policies.text()));
  MUSUBI_ASSIGN(auto outgoing,
                acceptor.resolve(batch, held.id, kBy, pin_of(*opened->mapping, policies.version())));
  if (!outgoing) return false;
  if (outgoing->recipients.empty()) return true;
  MUSUBI_ASSIGN(const auto handoff, handoffs.begin(equipment, routes, terms));
  handoff->take(std::move(*outgoing));
  const auto failed = handoff->finish();
  MUSUBI_TRY(equipment.ledger->retire_all(handoff->receipts()));
  if (failed) return *failed;
  return true;
}

}  // namespace musubi::pipeline
