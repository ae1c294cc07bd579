#include "case_book.h"

#include <fmt/format.h>

namespace musubi::postgres_sink {
namespace {

using sinks::identifier;

std::uint32_t version_in(const Rows& rows, int row, int column) {
  return static_cast<std::uint32_t>(rows.integer(row, column));
}

}  // namespace

void WordList::add(std::int64_t record, std::uint32_t version, std::string absences) {
  records.push_back(record);
  versions.push_back(version);
  absent.push_back(std::move(absences));
}

base::Result<std::int64_t> CaseBook::highest_record(Connection& connection) const {
  MUSUBI_ASSIGN(const auto rows,
                connection.ask(fmt::format("SELECT max(record) FROM {}", identifier(tables_->current))));
  return rows.integer(0, 0);
}

base::Result<std::unordered_map<std::int64_t, CurrentRow>> CaseBook::current_of(
    Connection& connection, std::span<const std::int64_t> records) const {
  std::unordered_map<std::int64_t, CurrentRow> found;
  if (records.empty()) return found;
  const auto sql = fmt::format(
      "SELECT c.record, c.version, c.layout, c.absent, l.newest IS NOT NULL AND l.came, COALESCE(l.newest, "
      "0) "
      "FROM {} AS c LEFT JOIN (SELECT l.record, max(l.version) AS newest, bool_or(l.version = r.version) AS "
      "came "
      "FROM late_version AS l JOIN {} AS r ON r.record = l.record WHERE l.kind = '{}' AND l.record = ANY "
      "($1) "
      "GROUP BY l.record) AS l ON l.record = c.record WHERE c.record = ANY ($1)",
      identifier(tables_->current), identifier(tables_->current), model::name_of(tables_->kind));
  MUSUBI_ASSIGN(const auto rows, connection.ask(sql, Parameters().add(records)));
  for (int row = 0; row < rows.size(); ++row)
    found[rows.integer(row, 0)] = {version_in(rows, row, 1), rows.integer(row, 2),
                                   std::string(rows.text(row, 3)), rows.boolean(row, 4),
                                   version_in(rows, row, 5)};
  return found;
}

base::Result<std::unordered_map<std::int64_t, std::vector<HistoryRow>>> CaseBook::history_of(
    Connection& connection, std::span<const std::int64_t> records) const {
  std::unordered_map<std::int64_t, std::vector<HistoryRow>> found;
  if (records.empty()) return found;
  const auto sql = fmt::format(
      "SELECT h.record, h.version, h.as_of, h.layout, h.absent, EXISTS (SELECT FROM late_version AS l WHERE "
      "l.kind = '{}' AND l.record = h.record AND l.version = h.version) FROM {} AS h WHERE h.record = ANY "
      "($1)",
      model::name_of(tables_->kind), identifier(tables_->history));
  MUSUBI_ASSIGN(const auto rows, connection.ask(sql, Parameters().add(records)));
  for (int row = 0; row < rows.size(); ++row)
    found[rows.integer(row, 0)].push_back({{version_in(rows, row, 1), sinks::day_in(rows.text(row, 2)),
                                            rows.boolean(row, 5), rows.integer(row, 3)},
                                           std::string(rows.text(row, 4))});
  return found;
}

base::Status CaseBook::note_late(Connection& connection, const WordList& words) const {
  if (words.empty()) return {};
  const auto sql = fmt::format(
      "INSERT INTO late_version (kind, record, version) SELECT '{}', w.record, w.version "
      "FROM unnest($1, $2) AS w (record, version) ON CONFLICT DO NOTHING",
      model::name_of(tables_->kind));
  MUSUBI_TRY(connection.ask(sql, Parameters().add(words.records).add(words.versions)));
  return {};
}

base::Status CaseBook::remove_current(Connection& connection, const WordList& words) const {
  const auto sql = fmt::format("DELETE FROM {} WHERE record = ANY ($1)", identifier(tables_->current));
  MUSUBI_TRY(connection.ask(sql, Parameters().add(words.records)));
  return {};
}

base::Status CaseBook::remove_from_history(Connection& connection, const WordList& words) const {
  const auto sql = fmt::format(
      "DELETE FROM {} AS h USING unnest($1, $2) AS w (record, version) "
      "WHERE h.record = w.record AND h.version = w.version",
      identifier(tables_->history));
  MUSUBI_TRY(connection.ask(sql, Parameters().add(words.records).add(words.versions)));
  return {};
}

}  // namespace musubi::postgres_sink
