#include "replay.h"

#include "acceptor.h"
#include "books.h"
#include "held_record.h"
#include "part_reader.h"
#include "redelivery.h"

namespace musubi::pipeline {
namespace {

constexpr std::string_view kBy = "quarantine replay";

/// The very row that was held, understood. A mapping that begins its table elsewhere counts other rows.
bool is_the_row(const PreparedBatch& batch, const ledger::QuarantinedRecord& held) {
  return batch.entries.size() == 1 && batch.entries.front().record != Entry::kNoRecord &&
         batch.entries.front().origin.byte == held.byte;
}

/// It stays, for what keeps it today. What a person sent back stays sent back.
base::Status say_why(const Equipment& equipment, const ledger::QuarantinedRecord& held,
                     const PreparedBatch& batch, const model::Finding& holding) {
  if (held.state != ledger::name_of(ledger::Disposition::in_review)) return {};
  std::string findings;
  append_findings_json(findings, batch.records->layout(), batch.records->findings());
  if (holding.code == held.reason && findings == held.findings) return {};
  ledger::RecordRow row{.row = held.row, .line = held.line, .byte = held.byte, .length = held.length};
  row.disposition = holding.rejects ? ledger::Disposition::rejected : ledger::Disposition::in_review;
  row.reason = holding.code;
  row.findings = findings;
  return equipment.ledger->resolve_quarantined(held.id, row, kBy);
}

}  // namespace

base::Result<bool> replay_one(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs,
                              const ledger::QuarantinedRecord& held) {
  auto record = open_held(equipment, held);
  if (record.has_error()) return false;
  const auto& [submitted, opened, corrections] = *record;
  const auto today = base::day_in_japan(equipment.clock->now());
  MUSUBI_ASSIGN(auto reader, PartReader::open(*opened.source, opened.submission, opened.part, opened.mapping,
                                              *equipment.checks, today, tuning));
  reader.lay_over(corrections);
  MUSUBI_TRY(reader.skip_rows(held.row - 1));
  const auto batch = reader.next(1);
  if (!is_the_row(batch, held)) return false;
  if (const auto* keeping = holding(batch.records->findings())) {
    MUSUBI_TRY(say_why(equipment, held, batch, *keeping));
    return false;
  }
  const auto& head = opened.mapping->head();
  const auto routes = equipment.routes->recipients_for(held.source, head.record);
  const auto terms = terms_of(equipment, submitted.submission, head);
  PartReport report;
  Acceptor acceptor(*equipment.ledger, submitted.part, equipment.catalogue->number_of(head.local_id_field),
                    routes, protectors_for(equipment, routes, terms), terms, report);
  const auto& policies = *equipment.policies;
  MUSUBI_TRY(equipment.ledger->keep_configuration(policies.version(), "policies", "", policies.text()));
  MUSUBI_ASSIGN(auto outgoing,
                acceptor.resolve(batch, held.id, kBy, pin_of(*opened.mapping, policies.version())));
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
