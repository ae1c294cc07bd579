#include "writer_statements.h"

namespace musubi::ledger {
namespace {

void give_local_id(std::string_view local_id, sqlite3_context* result) {
  if (const auto number = plain_number(local_id)) {
    sqlite3_result_int64(result, *number);
  } else {
    sqlite3_result_text64(result, local_id.data() == nullptr ? "" : local_id.data(), local_id.size(),
                          SQLITE_STATIC, SQLITE_UTF8);
  }
}

std::int64_t stored(std::uint64_t half) { return static_cast<std::int64_t>(half); }

std::int64_t number_in(const CaseKey& key, const CaseEntry& entry, int column) {
  switch (column) {
    case 0:
      return entry.now.number;
    case 1:
      return key.source;
    case 3:
      return stored(entry.now.content.high);
    case 4:
      return stored(entry.now.content.low);
    case 5:
      return entry.now.as_of;
    case 6:
      return entry.now.submission;
    case 7:
      return entry.now.version;
    default:
      return entry.newest_record;
  }
}

std::int64_t number_in(const PendingRecord& record, int column) {
  switch (column) {
    case 0:
      return record.id;
    case 1:
      return record.line;
    case 2:
      return record.byte;
    case 3:
      return record.length;
    case 4:
      return static_cast<std::int64_t>(record.disposition);
    case 5:
      return record.case_number;
    case 6:
      return record.version;
    case 7:
      return record.reason;
    case 8:
      return record.findings;
    default:
      return record.previous;
  }
}

}  // namespace

void Writer::TouchedCases::give(std::size_t row, int column, sqlite3_context* result) const {
  constexpr int kLocalId = 2, kNewestRecord = 8;
  const auto& [key, entry] = *batch.touched()[row];
  if (column == kLocalId) return give_local_id(key.local_id, result);
  if (column == kNewestRecord && entry.newest_record == 0) return sqlite3_result_null(result);
  sqlite3_result_int64(result, number_in(key, entry, column));
}

void Writer::PendingRecords::give(std::size_t row, int column, sqlite3_context* result) const {
  const auto number = number_in(batch.records()[row], column);
  const bool optional = column == 5 || column >= 7;
  if (optional && number == 0) return sqlite3_result_null(result);
  sqlite3_result_int64(result, number);
}

Writer::Statements::Statements(sqlite::Database& database)
    : begin(database.prepare("BEGIN IMMEDIATE")),
      commit(database.prepare("COMMIT")),
      find_part(database.prepare("SELECT p.received, s.source, s.day FROM parts p"
                                 " JOIN submissions s ON s.id = p.submission WHERE p.id = ?1")),
      put_cases(database.prepare(
          "INSERT INTO cases(number, source, local_id, high, low, as_of, submission, version, newest_record)"
          " SELECT * FROM touched_cases WHERE true ON CONFLICT(number) DO UPDATE SET high = excluded.high,"
          " low = excluded.low, as_of = excluded.as_of, submission = excluded.submission,"
          " version = excluded.version, newest_record = excluded.newest_record")),
      insert_records(database.prepare(
          "INSERT INTO records(id, line, byte, length, disposition, case_number, version, reason, findings,"
          " previous) SELECT * FROM pending_records")),
      insert_held(database.prepare("INSERT INTO held(record, outbox_then)"
                                   " VALUES(?1, (SELECT ifnull(max(id), 0) FROM outbox))")),
      newest_record(database.prepare("SELECT newest_record FROM cases WHERE number = ?1")),
      set_newest_record(database.prepare("UPDATE cases SET newest_record = ?2 WHERE number = ?1")),
      set_previous(database.prepare("UPDATE records SET previous = nullif(?2, 0) WHERE id = ?1")),
      open_outbox(database.prepare(
          "INSERT INTO outbox(part, first_row, last_row, recipient, route, opened) VALUES(?1, ?2, ?3, ?4, ?5,"
          " ?6)")),
      find_outbox(database.prepare("SELECT 1 FROM outbox WHERE id = ?1")),
      retire(
          database.prepare("UPDATE outbox SET retired = ?2, receipt = ?3 WHERE id = ?1 AND retired IS NULL")),
      covered_later(
          database.prepare("SELECT 1 FROM outbox WHERE part = ?1 AND first_row <= ?2 AND last_row >= ?2"
                           " AND id > ifnull((SELECT outbox_then FROM held WHERE record = ?3), 0)")),
      move_part(database.prepare(
          "UPDATE parts SET received = received + ?2, deliver = deliver + ?3, unchanged = unchanged + ?4,"
          " late = late + ?5, in_review = in_review + ?6, rejected = rejected + ?7,"
          " dead_letter = dead_letter + ?8 WHERE id = ?1")),
      move_books(database.prepare(
          "INSERT INTO books VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
          " received = received + excluded.received, deliver = deliver + excluded.deliver,"
          " unchanged = unchanged + excluded.unchanged, late = late + excluded.late,"
          " in_review = in_review + excluded.in_review, rejected = rejected + excluded.rejected,"
          " dead_letter = dead_letter + excluded.dead_letter")),
      find_held(database.prepare("SELECT r.id, r.disposition, r.reason FROM held h"
                                 " JOIN records r ON r.id = h.record WHERE h.id = ?1")),
      note_decision(database.prepare(
          "INSERT INTO decisions(held, at, by, disposition_before, reason_before, disposition_after,"
          " reason_after) VALUES(?1, ?2, ?3, ?4, nullif(?5, 0), ?6, nullif(?7, 0))")),
      change_record(
          database.prepare("UPDATE records SET disposition = ?2, case_number = nullif(?3, 0), version = ?4,"
                           " reason = nullif(?5, 0), findings = nullif(?6, 0) WHERE id = ?1")),
      drop_proposal(database.prepare("DELETE FROM proposals WHERE held = ?1")) {}

}  // namespace musubi::ledger
