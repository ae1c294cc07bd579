#include "acceptor.h"

#include <algorithm>

#include "completeness.h"
#include "musubi/base/json_text.h"
#include "musubi/base/kill_point.h"

namespace musubi::pipeline {
namespace {

using ledger::Disposition;
using linkage::Outcome;

ledger::RecordRow row_of(const model::RecordOrigin& origin) {
  ledger::RecordRow row;
  row.row = origin.row;
  row.line = origin.line;
  row.byte = origin.byte;
  row.length = origin.length;
  return row;
}

ledger::KnownCase moved_on(const ledger::KnownCase& known, Outcome outcome,
                           const linkage::Incoming& incoming) {
  auto now = known;
  if (outcome != Outcome::unchanged) ++now.version;
  if (outcome == Outcome::late) return now;
  now.content = incoming.content;
  if (outcome != Outcome::new_case &&
      std::pair(incoming.as_of, incoming.submission) < std::pair(known.as_of, known.submission))
    return now;
  now.as_of = incoming.as_of;
  now.submission = incoming.submission;
  return now;
}

Disposition disposition_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::unchanged:
      return Disposition::unchanged;
    case Outcome::late:
      return Disposition::late;
    default:
      return Disposition::deliver;
  }
}

}  // namespace

void append_findings_json(std::string& out, const model::RecordLayout& layout,
                          std::span<const model::Finding> findings) {
  out += '[';
  for (const auto& finding : findings) {
    if (out.back() != '[') out += ',';
    out += "{\"code\":";
    base::append_json_string(out, finding.code);
    out += ",\"severity\":";
    base::append_json_string(out, model::name_of(finding.severity));
    if (finding.field != model::kNoField) {
      out += ",\"field\":";
      base::append_json_string(out, layout.catalogue->at(finding.field).id);
    }
    if (!finding.column.empty()) {
      out += ",\"column\":";
      base::append_json_string(out, finding.column);
    }
    out += '}';
  }
  out += ']';
}

Acceptor::Acceptor(ledger::Ledger& ledger, ledger::PartInfo part, model::FieldNumber local_id,
                   std::span<const privacy::Route> routes, std::vector<privacy::Protector> gates,
                   const DeliveryTerms& terms, PartReport& report)
    : ledger_(ledger),
      part_(std::move(part)),
      local_id_(local_id),
      routes_(routes),
      gates_(std::move(gates)),
      terms_(terms),
      report_(report) {}

bool Acceptor::anybody_may_see(const model::RecordBatch& records, std::uint32_t record) {
  return std::ranges::any_of(gates_, [&](privacy::Protector& gate) {
    return gate.may_see(records, record, terms_.event_date, terms_.received_day);
  });
}

bool Acceptor::takes_back(const model::RecordBatch& records, std::uint32_t record) const {
  const auto& said = records.value(record, terms_.withdrawn);
  return said.kind() == model::ValueKind::boolean && said.as_boolean();
}

void Acceptor::count(Disposition disposition, std::string_view reason) {
  ++report_.rows;
  switch (disposition) {
    case Disposition::deliver:
      ++report_.delivered;
      break;
    case Disposition::unchanged:
      ++report_.unchanged;
      break;
    case Disposition::late:
      ++report_.late;
      break;
    case Disposition::rejected:
      ++report_.rejected;
      break;
    default:
      ++report_.in_review;
  }
  if (!reason.empty()) ++report_.reasons[std::string(reason)];
}

void Acceptor::count_quality(const model::RecordBatch& records) {
  Completeness(records.layout()).count(records, report_.fields);
  for (const auto& finding : records.findings()) {
    const auto known = report_.findings.find(finding.code);
    if (known != report_.findings.end())
      ++known->second;
    else
      report_.findings.emplace(finding.code, 1);
  }
}

void Acceptor::hold(ledger::RecordRow row, Disposition disposition, std::string_view reason) {
  row.disposition = disposition;
  row.reason = reason;
  ledger_.add_record(row);
  count(disposition, reason);
}

bool Acceptor::link(const PreparedBatch& batch, const Entry& entry, ledger::RecordRow& row, Outgoing& out) {
  const auto& id = batch.records->value(entry.record, local_id_);
  row.reason = kNoRecipient;
  if (routes_.empty()) return false;
  row.reason = kNoLocalId;
  if (!id.present()) return false;
  row.reason = kNothingReleased;
  if (!anybody_may_see(*batch.records, entry.record)) return false;
  const auto local_id = model::to_text(id);
  const auto known = ledger_.find_case(terms_.source, local_id);
  const linkage::Incoming incoming{batch.hashes[entry.record], part_.as_of, part_.submission};
  std::optional<linkage::KnownCase> before;
  if (known) before = linkage::KnownCase{known->content, known->as_of, known->submission, known->version};
  const auto outcome = linkage::decide(before, incoming);
  row.reason = "linkage.contradiction";
  if (outcome == Outcome::contradiction) return false;

  auto now = moved_on(known.value_or(ledger::KnownCase{}), outcome, incoming);
  now.number = ledger_.put_case(terms_.source, local_id, now);
  row.case_number = now.number;
  row.version = now.version;
  row.disposition = disposition_of(outcome);
  row.reason = takes_back(*batch.records, entry.record) ? ledger::kWithdrawal : std::string_view();
  if (outcome == Outcome::unchanged) return true;
  out.chosen.push_back(entry.record);
  out.keys.push_back({now.number, now.version,
                      outcome == Outcome::late ? model::Position::historical : model::Position::current,
                      part_.as_of});
  return true;
}

void Acceptor::accept_entry(const PreparedBatch& batch, const Entry& entry, std::size_t& finding,
                            Outgoing& out) {
  auto row = row_of(entry.origin);
  if (entry.record == Entry::kNoRecord) return hold(row, Disposition::in_review, entry.fault);
  const auto findings = findings_of(*batch.records, entry.record, finding);
  findings_json_.clear();
  if (!findings.empty()) append_findings_json(findings_json_, batch.records->layout(), findings);
  row.findings = findings_json_;
  if (const auto* held = holding(findings)) {
    return hold(row, held->rejects ? Disposition::rejected : Disposition::in_review, held->code);
  }
  if (!link(batch, entry, row, out)) return hold(row, Disposition::in_review, row.reason);
  ledger_.add_record(row);
  if (!row.reason.empty()) ++report_.withdrawn;
  count(row.disposition, {});
}

void Acceptor::open_outbox(Outgoing& out, std::uint64_t first_row, std::uint64_t last_row) {
  if (out.chosen.empty()) return;
  for (std::size_t index = 0; index < routes_.size(); ++index) {
    const auto id = ledger_.open_outbox(routes_[index].recipient, routes_[index].id, first_row, last_row);
    out.recipients.push_back({id, index});
  }
}

base::Result<Outgoing> Acceptor::accept(const PreparedBatch& batch,
                                        std::span<const ledger::Delivered> receipts) {
  MUSUBI_TRY(ledger_.begin_batch(part_.id));
  Outgoing out;
  out.records = batch.records;
  for (const auto& receipt : receipts) ledger_.retire(receipt.outbox, receipt.receipt);
  std::size_t finding = 0;
  for (const auto& entry : batch.entries) accept_entry(batch, entry, finding, out);
  open_outbox(out, batch.entries.front().origin.row, batch.entries.back().origin.row);
  base::kill_point("pipeline.accepted");
  const auto done = part_.rows_done + batch.entries.size();
  MUSUBI_TRY(ledger_.commit_batch(done));
  part_.rows_done = done;
  for (const auto& [reason, rows] : batch.skipped) report_.skipped[reason] += rows;
  count_quality(*batch.records);
  return out;
}

base::Result<std::optional<Outgoing>> Acceptor::resolve(const PreparedBatch& batch, std::int64_t held,
                                                        std::string_view by, const ledger::Pin& read_with) {
  MUSUBI_TRY(ledger_.begin_batch(part_.id));
  Outgoing out;
  out.records = batch.records;
  const auto& entry = batch.entries.front();
  auto row = row_of(entry.origin);
  if (!link(batch, entry, row, out)) {
    ledger_.abandon_batch();
    return std::optional<Outgoing>{};
  }
  findings_json_.clear();
  if (!batch.records->findings().empty())
    append_findings_json(findings_json_, batch.records->layout(), batch.records->findings());
  row.findings = findings_json_;
  open_outbox(out, row.row, row.row);
  const auto resolved = ledger_.resolve_quarantined(held, row, by, read_with);
  if (resolved.has_error()) {
    ledger_.abandon_batch();
    return resolved.error();
  }
  MUSUBI_TRY(ledger_.commit_batch(part_.rows_done));
  return std::optional<Outgoing>(std::move(out));
}

base::Status Acceptor::accept_damage(const base::Error& damage, const model::RecordOrigin& rest) {
  MUSUBI_TRY(ledger_.begin_batch(part_.id));
  hold(row_of(rest), Disposition::in_review, damage.code());
  MUSUBI_TRY(ledger_.commit_batch(part_.rows_done + 1));
  ++part_.rows_done;
  return {};
}

}  // namespace musubi::pipeline
