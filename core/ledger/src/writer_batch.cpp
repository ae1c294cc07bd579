// Writing a batch down: its cases, its records, what covers them, and the books.
#include "writer.h"
#include "writer_statements.h"

namespace musubi::ledger {

base::Status Writer::write_batch(std::uint64_t rows_done) {
  MUSUBI_TRY(database_->status());
  if (rows_done < part_.received) return base::Error(base::ErrorKind::defect, "ledger.rows_went_back");
  batch_.movement.received = static_cast<std::int64_t>(rows_done - part_.received);
  batch_.chain();
  if (!batch_.touched().empty()) statements_->put_cases.with().run();
  write_records();
  link_strays();
  write_movement();
  MUSUBI_TRY(database_->status());
  return check_covered();
}

void Writer::write_records() {
  if (!batch_.records().empty()) statements_->insert_records.with().run();
  for (const auto& record : batch_.records()) {
    if (is_held(record.disposition)) statements_->insert_held.with(record.id).run();
  }
}

void Writer::link_strays() {
  for (const auto& [record, case_number] : batch_.strays) {
    if (case_number == 0) continue;
    auto& find = statements_->newest_record.with(case_number);
    if (!find.next()) return database_->fail(base::Error(base::ErrorKind::defect, "ledger.case_unknown"));
    const auto previous = find.integer(0);
    find.rewind();
    statements_->set_previous.with(record, previous).run();
    statements_->set_newest_record.with(case_number, record).run();
  }
}

bool Writer::covered_later(std::int64_t record) {
  auto& find = statements_->covered_later.with(part_of(record), row_of(record), record);
  const bool covered = find.next();
  find.rewind();
  return covered;
}

/// A record that goes out and that no recipient is owed would count as delivered to nobody.
base::Status Writer::check_covered() {
  const auto ranges = merged(batch_.outbox);
  for (const auto& record : batch_.records()) {
    if (!goes_out(record.disposition) || covers(ranges, record.id) || covered_later(record.id)) continue;
    MUSUBI_TRY(database_->status());
    return base::Error(base::ErrorKind::defect, "ledger.no_recipient");
  }
  for (const auto& [record, case_number] : batch_.strays) {
    if (!covered_later(record)) return base::Error(base::ErrorKind::defect, "ledger.no_recipient");
  }
  return database_->status();
}

void Writer::write_movement() {
  const auto& [received, records] = batch_.movement;
  const auto [deliver, unchanged, late, in_review, rejected, dead_letter] = records;
  statements_->move_part
      .with(batch_.part(), received, deliver, unchanged, late, in_review, rejected, dead_letter)
      .run();
  statements_->move_books
      .with(part_.source, part_.day, received, deliver, unchanged, late, in_review, rejected, dead_letter)
      .run();
}

// --- records that leave quarantine

void Writer::change_row(std::int64_t record, const RecordRow& now) {
  const auto findings = now.findings.empty() ? 0 : texts_->id_of(now.findings);
  const auto reason = now.reason.empty() ? 0 : texts_->id_of(now.reason);
  statements_->change_record
      .with(record, static_cast<int>(now.disposition), now.case_number, now.version, reason, findings)
      .run();
}

void Writer::pin_held(std::int64_t held, const Pin& pin) {
  const auto with = [&](sqlite::Statement statement) -> sqlite::Statement {
    statement.with(pin.mapping, pin.mapping_version, pin.mapping_digest, pin.value_sets_digest,
                   pin.policy_digest);
    return statement;
  };
  with(database_->prepare("INSERT INTO pins(mapping, mapping_version, mapping_digest, value_sets_digest,"
                          " policy_digest) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"))
      .run();
  auto find =
      with(database_->prepare("SELECT id FROM pins WHERE mapping = ?1 AND mapping_version = ?2"
                              " AND mapping_digest = ?3 AND value_sets_digest = ?4"
                              " AND policy_digest = ?5"));
  if (!find.next()) return;
  const auto id = find.integer(0);
  find.rewind();
  database_->prepare("UPDATE held SET pin = ?2 WHERE id = ?1").with(held, id).run();
}

base::Status Writer::resolve_row(std::int64_t held, const RecordRow& now, std::string_view by,
                                 const std::optional<Pin>& read_with) {
  auto& find = statements_->find_held.with(held);
  const bool known = find.next();
  const auto record = known ? find.integer(0) : 0;
  const auto before = static_cast<Disposition>(known ? find.integer(1) : 0);
  const auto reason_before = known ? find.integer(2) : 0;
  find.rewind();
  MUSUBI_TRY(database_->status());
  if (!known || !is_held(before)) {
    return base::Error(base::ErrorKind::not_found, "ledger.not_held", {{"id", std::to_string(held)}});
  }
  if (part_of(record) != batch_.part()) return base::Error(base::ErrorKind::defect, "ledger.other_part");
  change_row(record, now);
  statements_->note_decision
      .with(held, this->now(), by, static_cast<int>(before), reason_before, static_cast<int>(now.disposition),
            now.reason.empty() ? 0 : texts_->id_of(now.reason))
      .run();
  statements_->drop_proposal.with(held).run();
  if (read_with) pin_held(held, *read_with);
  --batch_.movement.records[index_of(before)];
  ++batch_.movement.records[index_of(now.disposition)];
  if (goes_out(now.disposition)) batch_.strays.push_back({record, now.case_number});
  return database_->status();
}

base::Status Writer::resolve(std::int64_t held, const RecordRow& now, std::string_view by,
                             const std::optional<Pin>& read_with) {
  if (in_batch()) return resolve_row(held, now, by, read_with);
  if (!together_) MUSUBI_TRY(begin());
  auto& find = statements_->find_held.with(held);
  const auto record = find.next() ? find.integer(0) : 0;
  find.rewind();
  if (record == 0) {
    return end_batch(
        base::Error(base::ErrorKind::not_found, "ledger.not_held", {{"id", std::to_string(held)}}));
  }
  if (auto loaded = load_part(part_of(record)); loaded.has_error()) return end_batch(loaded);
  batch_.begin(part_of(record));
  if (auto resolved = resolve_row(held, now, by, read_with); resolved.has_error()) return end_batch(resolved);
  return end_batch(write_batch(part_.received));
}

}  // namespace musubi::ledger
