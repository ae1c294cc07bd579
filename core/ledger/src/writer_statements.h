// The statements of the writing connection, prepared once, and the rows of a batch as tables it can read.
#pragma once

#include "batch.h"
#include "sqlite.h"
#include "writer.h"

namespace musubi::ledger {

/// The cases a batch found for the first time or changed.
struct Writer::TouchedCases {
  static constexpr const char* kDeclaration =
      "CREATE TABLE touched_cases(number, source, local_id, high, low, as_of, submission, version, "
      "newest_record)";
  const Batch& batch;

  std::size_t size() const { return batch.touched().size(); }
  void give(std::size_t row, int column, sqlite3_context* result) const;
};

struct Writer::PendingRecords {
  static constexpr const char* kDeclaration =
      "CREATE TABLE pending_records(id, line, byte, length, disposition, case_number, version, reason, "
      "findings,"
      " previous)";
  const Batch& batch;

  std::size_t size() const { return batch.records().size(); }
  void give(std::size_t row, int column, sqlite3_context* result) const;
};

struct Writer::Statements {
  explicit Statements(sqlite::Database& database);
  sqlite::Statement begin, commit, find_part, put_cases, insert_records, insert_held, newest_record,
      set_newest_record, set_previous, open_outbox, find_outbox, retire, covered_later, move_part, move_books,
      find_held, note_decision, change_record, drop_proposal;
};

}  // namespace musubi::ledger
