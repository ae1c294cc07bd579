#include "case_book.h"

#include <fmt/format.h>

#include <array>

#include "columns.h"

namespace musubi::sqlite_sink {
namespace {

/// The first column of the one row, 0 when there is none.
base::Result<std::int64_t> number_of(Statement& statement) {
  MUSUBI_ASSIGN(const bool found, statement.next());
  const auto number = found ? statement.integer(0) : 0;
  statement.reset();
  return number;
}

}  // namespace

base::Result<CaseBook> CaseBook::open(const Database& database, const KindTables& tables) {
  const auto current = identifier(tables.current), history = identifier(tables.history);
  const auto late =
      fmt::format("FROM late_version WHERE kind = '{}' AND record = ?1", model::name_of(tables.kind));
  CaseBook book;
  const std::array statements{
      std::pair{&book.highest_, fmt::format("SELECT max(record) FROM {}", current)},
      std::pair{&book.current_,
                fmt::format("SELECT version, layout, absent FROM {} WHERE record = ?1", current)},
      std::pair{&book.seen_, fmt::format("SELECT 1 FROM {} WHERE record = ?1 AND version = ?2", history)},
      std::pair{
          &book.history_,
          fmt::format(
              "SELECT version, as_of, layout, EXISTS (SELECT 1 {} AND version = h.version) FROM {} AS h "
              "WHERE record = ?1",
              late, history)},
      std::pair{&book.absent_,
                fmt::format("SELECT absent FROM {} WHERE record = ?1 AND version = ?2", history)},
      std::pair{&book.newest_late_, fmt::format("SELECT max(version) {}", late)},
      std::pair{&book.came_late_, fmt::format("SELECT 1 {} AND version = ?2", late)},
      std::pair{
          &book.note_late_,
          fmt::format("INSERT OR IGNORE INTO late_version (kind, record, version) VALUES ('{}', ?1, ?2)",
                      model::name_of(tables.kind))},
      std::pair{&book.remove_current_, fmt::format("DELETE FROM {} WHERE record = ?1", current)},
      std::pair{&book.remove_history_,
                fmt::format("DELETE FROM {} WHERE record = ?1 AND version = ?2", history)}};
  for (const auto& [statement, sql] : statements) {
    MUSUBI_ASSIGN(*statement, database.prepare(sql));
  }
  return book;
}

base::Result<std::int64_t> CaseBook::highest_record() { return number_of(highest_); }

base::Result<bool> CaseBook::find_current(std::int64_t record, CurrentRow& row) {
  current_.bind(1, record);
  MUSUBI_ASSIGN(const bool found, current_.next());
  if (found) {
    row.version = static_cast<std::uint32_t>(current_.integer(0));
    row.layout = current_.integer(1);
    row.absent = current_.text(2);
    current_.reset();
  }
  return found;
}

base::Result<bool> CaseBook::in_history(std::int64_t record, std::uint32_t version) {
  seen_.bind(1, record);
  seen_.bind(2, std::int64_t{version});
  MUSUBI_ASSIGN(const auto found, number_of(seen_));
  return found != 0;
}

base::Result<std::vector<KnownVersion>> CaseBook::history_of(std::int64_t record) {
  history_.bind(1, record);
  std::vector<KnownVersion> versions;
  for (;;) {
    MUSUBI_ASSIGN(const bool more, history_.next());
    if (!more) return versions;
    versions.push_back({static_cast<std::uint32_t>(history_.integer(0)), day_in(history_.text(1)),
                        history_.integer(3) != 0, history_.integer(2)});
  }
}

base::Result<std::string> CaseBook::absent_in_history(std::int64_t record, std::uint32_t version) {
  absent_.bind(1, record);
  absent_.bind(2, std::int64_t{version});
  MUSUBI_ASSIGN(const bool found, absent_.next());
  std::string absent(found ? absent_.text(0) : std::string_view{});
  absent_.reset();
  return absent;
}

base::Result<std::uint32_t> CaseBook::newest_late(std::int64_t record) {
  newest_late_.bind(1, record);
  MUSUBI_ASSIGN(const auto version, number_of(newest_late_));
  return static_cast<std::uint32_t>(version);
}

base::Result<bool> CaseBook::came_late(std::int64_t record, std::uint32_t version) {
  came_late_.bind(1, record);
  came_late_.bind(2, std::int64_t{version});
  MUSUBI_ASSIGN(const auto found, number_of(came_late_));
  return found != 0;
}

base::Status CaseBook::run(Statement& statement, std::int64_t record, std::uint32_t version) {
  statement.bind(1, record);
  statement.bind(2, std::int64_t{version});
  return statement.run();
}

base::Status CaseBook::note_late(std::int64_t record, std::uint32_t version) {
  return run(note_late_, record, version);
}

base::Status CaseBook::remove_current(std::int64_t record) {
  remove_current_.bind(1, record);
  return remove_current_.run();
}

base::Status CaseBook::remove_from_history(std::int64_t record, std::uint32_t version) {
  return run(remove_history_, record, version);
}

}  // namespace musubi::sqlite_sink
