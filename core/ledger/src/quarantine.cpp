// What is held, why, and what was decided about it.
#include "questions.h"
#include "review.h"

namespace musubi::ledger {
namespace {

constexpr std::string_view kHeld =
    "SELECT h.id, p.submission, n.name, s.name, p.name, p.mapping, r.disposition, ifnull(t.text, ''),"
    " ifnull(f.text, ''), r.id, r.line, r.byte, r.length, s.day"
    " FROM held h JOIN records r ON r.id = h.record JOIN parts p ON p.id = r.id >> 32"
    " JOIN submissions s ON s.id = p.submission JOIN sources n ON n.id = s.source"
    " LEFT JOIN texts t ON t.id = r.reason LEFT JOIN texts f ON f.id = r.findings ";

QuarantinedRecord record_of(const sqlite::Statement& row) {
  QuarantinedRecord record;
  record.id = row.integer(0);
  record.submission = row.integer(1);
  record.source = row.text(2);
  record.file = row.text(3);
  record.part = row.text(4);
  record.mapping = row.text(5);
  record.state = name_of(static_cast<Disposition>(row.integer(6)));
  record.reason = row.text(7);
  record.findings = row.text(8);
  record.part_id = part_of(row.integer(9));
  record.row = row_of(row.integer(9));
  record.line = row.natural(10);
  record.byte = row.natural(11);
  record.length = static_cast<std::uint32_t>(row.integer(12));
  record.day = day_text(row.integer(13));
  return record;
}

std::vector<QuarantinedRecord::Decision> decisions(sqlite::Database& database, std::int64_t held) {
  auto find = database.prepare(
      "SELECT d.at, d.by, d.disposition_before, ifnull(t.text, ''), d.disposition_after FROM decisions d"
      " LEFT JOIN texts t ON t.id = d.reason_before WHERE d.held = ?1 ORDER BY d.id");
  std::vector<QuarantinedRecord::Decision> found;
  find.with(held);
  while (find.next()) {
    found.push_back({base::to_text(base::Instant(std::chrono::microseconds(find.integer(0)))), find.text(1),
                     std::string(name_of(static_cast<Disposition>(find.integer(2)))), find.text(3),
                     std::string(name_of(static_cast<Disposition>(find.integer(4))))});
  }
  return found;
}

}  // namespace

std::vector<QuarantinedRecord> quarantine(sqlite::Database& database, const HeldFilter& filter) {
  auto find = database.prepare(std::string(kHeld) +
                               "WHERE r.disposition >= 3 AND ?1 IN ('', n.name) AND ?2 IN ('', t.text)"
                               " AND ?3 IN ('', p.mapping) AND s.day BETWEEN ?4 AND ?5"
                               " AND ?6 IN (0, s.id) ORDER BY h.id");
  std::vector<QuarantinedRecord> found;
  constexpr auto kFirst = std::chrono::sys_days::min(), kLast = std::chrono::sys_days::max();
  find.with(filter.source, filter.reason, filter.mapping,
            filter.since.value_or(kFirst).time_since_epoch().count(),
            filter.until.value_or(kLast).time_since_epoch().count(), filter.submission);
  while (find.next()) found.push_back(record_of(find));
  const auto waiting = proposals(database);
  for (auto& record : found) {
    if (const auto its = waiting.find(record.id); its != waiting.end()) record.proposal = its->second;
  }
  return found;
}

std::optional<QuarantinedRecord> quarantined(sqlite::Database& database, std::int64_t id) {
  auto find = database.prepare(std::string(kHeld) + "WHERE h.id = ?1");
  if (!find.with(id).next()) return {};
  auto record = record_of(find);
  record.history = decisions(database, id);
  add_doings(database, record);
  return record;
}

}  // namespace musubi::ledger
