// What the store knows of a case of one kind: its current row, its history, and which versions came late.
#pragma once

#include <string>
#include <vector>

#include "database.h"
#include "tables.h"
#include "version_order.h"

namespace musubi::sqlite_sink {

using sinks::in_order;
using sinks::KnownVersion;

/// What the current row of a case says of itself.
struct CurrentRow {
  std::uint32_t version = 0;
  std::int64_t layout = 0;
  std::string absent;
};

class CaseBook {
 public:
  /// The database outlives the book.
  static base::Result<CaseBook> open(const Database& database, const KindTables& tables);

  base::Result<std::int64_t> highest_record();
  /// False when there is no such case; `row` is then left as it was.
  base::Result<bool> find_current(std::int64_t record, CurrentRow& row);
  base::Result<bool> in_history(std::int64_t record, std::uint32_t version);
  /// The versions in history, in no order.
  base::Result<std::vector<KnownVersion>> history_of(std::int64_t record);
  base::Result<std::string> absent_in_history(std::int64_t record, std::uint32_t version);
  /// 0: none.
  base::Result<std::uint32_t> newest_late(std::int64_t record);
  base::Result<bool> came_late(std::int64_t record, std::uint32_t version);

  base::Status note_late(std::int64_t record, std::uint32_t version);
  base::Status remove_current(std::int64_t record);
  base::Status remove_from_history(std::int64_t record, std::uint32_t version);

 private:
  base::Status run(Statement& statement, std::int64_t record, std::uint32_t version);

  Statement highest_, current_, seen_, history_, absent_, newest_late_, came_late_, note_late_,
      remove_current_, remove_history_;
};

}  // namespace musubi::sqlite_sink
