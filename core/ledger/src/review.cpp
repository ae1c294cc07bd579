#include "review.h"

#include "batch.h"
#include "ledger_parts.h"

namespace musubi::ledger {
namespace {

base::Instant instant(std::int64_t at) { return base::Instant(std::chrono::microseconds(at)); }
std::int64_t number(base::Instant at) { return at.time_since_epoch().count(); }

base::Error not_held(std::int64_t held) { return missing("ledger.not_held", "id", std::to_string(held)); }

base::Status check_held(sqlite::Database& database, std::int64_t held) {
  auto find =
      database.prepare("SELECT r.disposition FROM held h JOIN records r ON r.id = h.record WHERE h.id = ?1");
  const bool known = find.with(held).next() && is_held(static_cast<Disposition>(find.integer(0)));
  MUSUBI_TRY(database.status());
  if (known) return {};
  return not_held(held);
}

/// Six columns: held, row, fields, by, why, at.
Correction correction_at(const sqlite::Statement& row) {
  Correction correction;
  correction.held = row.integer(0);
  correction.row = row_of(row.integer(1));
  correction.fields = row.text(2);
  correction.by = row.text(3);
  correction.why = row.text(4);
  correction.at = instant(row.integer(5));
  return correction;
}

constexpr std::string_view kCorrections =
    "SELECT c.held, h.record, c.fields, c.by, c.why, c.at FROM held h JOIN corrections c ON c.held = h.id ";

constexpr std::string_view kProposals = "SELECT held, action, fields, by, why, at FROM proposals";

Proposal proposal_at(const sqlite::Statement& row) {
  Proposal proposal;
  proposal.held = row.integer(0);
  proposal.action = static_cast<Proposed>(row.integer(1));
  proposal.fields = row.text(2);
  proposal.by = row.text(3);
  proposal.why = row.text(4);
  proposal.at = instant(row.integer(5));
  return proposal;
}

std::vector<Look> looks_of(sqlite::Database& database, std::int64_t held) {
  auto find = database.prepare("SELECT by, at FROM looks WHERE held = ?1 ORDER BY id");
  std::vector<Look> found;
  find.with(held);
  while (find.next()) found.push_back({find.text(0), instant(find.integer(1))});
  return found;
}

}  // namespace

std::string_view name_of(Proposed action) noexcept {
  return action == Proposed::correct ? "correct" : "reject";
}

std::vector<Correction> corrections_of(sqlite::Database& database, std::int64_t part) {
  auto find = database.prepare(std::string(kCorrections) + "WHERE h.record BETWEEN ?1 AND ?2 ORDER BY c.id");
  std::vector<Correction> found;
  find.with(record_id(part, 0), record_id(part + 1, 0) - 1);
  while (find.next()) found.push_back(correction_at(find));
  return found;
}

std::optional<Proposal> proposal_of(sqlite::Database& database, std::int64_t held) {
  auto find = database.prepare(std::string(kProposals) + " WHERE held = ?1");
  if (!find.with(held).next()) return {};
  return proposal_at(find);
}

std::map<std::int64_t, Proposal> proposals(sqlite::Database& database) {
  auto find = database.prepare(kProposals);
  std::map<std::int64_t, Proposal> found;
  while (find.next()) found.emplace(find.integer(0), proposal_at(find));
  return found;
}

void add_doings(sqlite::Database& database, QuarantinedRecord& record) {
  auto find = database.prepare(std::string(kCorrections) + "WHERE h.id = ?1 ORDER BY c.id");
  find.with(record.id);
  while (find.next()) record.corrections.push_back(correction_at(find));
  record.looks = looks_of(database, record.id);
  record.proposal = proposal_of(database, record.id);
}

base::Status add_correction(sqlite::Database& database, const Correction& correction) {
  MUSUBI_TRY(check_held(database, correction.held));
  database.prepare("INSERT INTO corrections(held, fields, by, why, at) VALUES(?1, ?2, ?3, ?4, ?5)")
      .with(correction.held, correction.fields, correction.by, correction.why, number(correction.at))
      .run();
  database.prepare("DELETE FROM proposals WHERE held = ?1").with(correction.held).run();
  return database.status();
}

base::Status add_proposal(sqlite::Database& database, const Proposal& proposal) {
  MUSUBI_TRY(check_held(database, proposal.held));
  if (proposal_of(database, proposal.held))
    return base::Error(base::ErrorKind::refused, "ledger.proposal_waits",
                       {{"id", std::to_string(proposal.held)}});
  database.prepare("INSERT INTO proposals(held, action, fields, by, why, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
      .with(proposal.held, static_cast<int>(proposal.action), proposal.fields, proposal.by, proposal.why,
            number(proposal.at))
      .run();
  return database.status();
}

base::Status remove_proposal(sqlite::Database& database, std::int64_t held) {
  if (!proposal_of(database, held)) return missing("ledger.no_proposal", "id", std::to_string(held));
  database.prepare("DELETE FROM proposals WHERE held = ?1").with(held).run();
  return database.status();
}

base::Status add_look(sqlite::Database& database, std::int64_t held, std::string_view by, std::int64_t at) {
  auto find = database.prepare("SELECT 1 FROM held WHERE id = ?1");
  if (!find.with(held).next()) return not_held(held);
  database.prepare("INSERT INTO looks(held, by, at) VALUES(?1, ?2, ?3)").with(held, by, at).run();
  return database.status();
}

}  // namespace musubi::ledger
