#include "statements.h"

#include <fmt/format.h>

namespace musubi::postgres_sink {
namespace {

using sinks::column_names;
using sinks::FieldColumn;
using sinks::identifier;
using sinks::KindTables;

constexpr std::string_view kBookBeforeAbsent =
    "record, version, as_of, submission, source, layout, received_at";
constexpr std::string_view kBookAfterRecord =
    "version, as_of, submission, source, layout, received_at, absent";

/// kBookBeforeAbsent or kBookAfterRecord less the last, of the table called `alias`.
std::string book_of(char alias, bool with_record) {
  return (with_record ? std::string(1, alias) + ".record, " : std::string()) +
         fmt::format("{0}.version, {0}.as_of, {0}.submission, {0}.source, {0}.layout, {0}.received_at",
                     alias);
}

/// ", h.a, h.b" of all columns.
std::string columns_of(char alias, std::span<const FieldColumn> columns) {
  return column_names(columns, fmt::format(", {}.", alias));
}

}  // namespace

base::Status lock_store(Connection& connection) {
  Parameters schema;
  schema.add(std::string_view(connection.settings().schema));
  MUSUBI_TRY(
      connection.ask("SELECT pg_advisory_xact_lock(hashtextextended('musubi store ' || $1, 0))", schema));
  return {};
}

std::string copy_sql(std::string_view table, std::span<const FieldColumn> columns) {
  return fmt::format("COPY {} ({}{}, absent) FROM STDIN (FORMAT binary)", table, kBookBeforeAbsent,
                     column_names(columns));
}

std::string copy_items_sql(const sinks::GroupTable& group) {
  return fmt::format("COPY {} (record, version, item{}, absent) FROM STDIN (FORMAT binary)",
                     identifier(group.name), column_names(group.columns));
}

std::string staging_table(const KindTables& tables) {
  return "pg_temp." + identifier("staged_" + tables.current);
}

std::string create_staging_sql(const KindTables& tables) {
  return fmt::format("CREATE TEMPORARY TABLE IF NOT EXISTS {} (LIKE {}) ON COMMIT DELETE ROWS",
                     identifier("staged_" + tables.current), identifier(tables.current));
}

std::string update_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  return fmt::format("UPDATE {} AS c SET ({}{}) = ROW({}, s.absent{}) FROM {} AS s WHERE c.record = s.record",
                     identifier(tables.current), kBookAfterRecord, column_names(columns), book_of('s', false),
                     columns_of('s', columns), staging_table(tables));
}

std::string archive_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  return fmt::format(
      "INSERT INTO {} ({}{}) SELECT {}, w.absent{} FROM unnest($1, $2) AS w (record, absent) "
      "JOIN {} AS c ON c.record = w.record",
      identifier(tables.history), sinks::kBook, column_names(columns), book_of('c', true),
      columns_of('c', columns), identifier(tables.current));
}

std::string restart_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  return fmt::format(
      "INSERT INTO {} ({}{}) SELECT {}, w.absent{} FROM unnest($1, $2, $3) AS w (record, version, absent) "
      "JOIN {} AS h ON h.record = w.record AND h.version = w.version",
      identifier(tables.current), sinks::kBook, column_names(columns), book_of('h', true),
      columns_of('h', columns), identifier(tables.history));
}

std::string overlay_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  return fmt::format(
      "UPDATE {} AS c SET ({}{}) = ROW({}, w.absent{}) FROM unnest($1, $2, $3) AS w (record, version, "
      "absent) "
      "JOIN {} AS h ON h.record = w.record AND h.version = w.version WHERE c.record = w.record",
      identifier(tables.current), kBookAfterRecord, column_names(columns), book_of('h', false),
      columns_of('h', columns), identifier(tables.history));
}

}  // namespace musubi::postgres_sink
