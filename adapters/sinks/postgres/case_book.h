// What the store knows of cases of one kind: their current rows, their history, and which versions came late.
// Every question and every change is about many cases at once.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "connection.h"
#include "kind_tables.h"
#include "version_order.h"

namespace musubi::postgres_sink {

/// What the current row of a case says of itself.
struct CurrentRow {
  std::uint32_t version = 0;
  std::int64_t layout = 0;
  std::string absent;
  bool late = false;              ///< its version came late
  std::uint32_t newest_late = 0;  ///< of all versions of the case; 0: none
};

struct HistoryRow {
  sinks::KnownVersion known;
  std::string absent;
};

/// Words of a statement about many: parallel arrays.
struct WordList {
  std::vector<std::int64_t> records, versions;
  std::vector<std::string> absent;  ///< what the written rows shall say

  bool empty() const noexcept { return records.empty(); }
  void add(std::int64_t record, std::uint32_t version, std::string absences = {});
};

class CaseBook {
 public:
  /// The tables outlive the book.
  explicit CaseBook(const sinks::KindTables& tables) : tables_(&tables) {}

  base::Result<std::int64_t> highest_record(Connection& connection) const;
  /// By record; cases that are not there are left out.
  base::Result<std::unordered_map<std::int64_t, CurrentRow>> current_of(
      Connection& connection, std::span<const std::int64_t> records) const;
  /// The versions in history, in no order.
  base::Result<std::unordered_map<std::int64_t, std::vector<HistoryRow>>> history_of(
      Connection& connection, std::span<const std::int64_t> records) const;

  base::Status note_late(Connection& connection, const WordList& words) const;
  base::Status remove_current(Connection& connection, const WordList& words) const;
  base::Status remove_from_history(Connection& connection, const WordList& words) const;

 private:
  const sinks::KindTables* tables_;
};

}  // namespace musubi::postgres_sink
