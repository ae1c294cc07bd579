#include "statements.h"

#include <fmt/format.h>

namespace musubi::sqlite_sink {
namespace {

constexpr std::string_view kBookBeforeAbsent =
    "record, version, as_of, submission, source, layout, received_at";
// Without the record itself: setting the key of a row, even to what it is, makes SQLite write it anew.
constexpr std::string_view kBookAfterRecord =
    "version, as_of, submission, source, layout, received_at, absent";
constexpr std::string_view kWithinBook = "version, as_of, submission, source, layout, received_at";

std::string numbered(int first, int count) {
  std::string list;
  for (int number = first; number < first + count; ++number)
    list += (list.empty() ? "?" : ", ?") + std::to_string(number);
  return list;
}

}  // namespace

std::string insert_sql(const std::string& table, std::span<const FieldColumn> columns) {
  return fmt::format("INSERT INTO {} ({}{}) VALUES ({})", identifier(table), kBook, column_names(columns),
                     numbered(1, kBookColumns + sinks::width_of(columns)));
}

std::string update_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  return fmt::format("UPDATE {} SET ({}{}) = ({}) WHERE record = ?1", identifier(tables.current),
                     kBookAfterRecord, column_names(columns),
                     numbered(2, kBookColumns - 1 + sinks::width_of(columns)));
}

std::string archive_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  const auto names = column_names(columns);
  return fmt::format("INSERT INTO {} ({}{}) SELECT {}, ?2{} FROM {} WHERE record = ?1",
                     identifier(tables.history), kBook, names, kBookBeforeAbsent, names,
                     identifier(tables.current));
}

std::string restart_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  const auto names = column_names(columns);
  return fmt::format("INSERT INTO {} ({}{}) SELECT {}, ?3{} FROM {} WHERE record = ?1 AND version = ?2",
                     identifier(tables.current), kBook, names, kBookBeforeAbsent, names,
                     identifier(tables.history));
}

std::string overlay_sql(const KindTables& tables, std::span<const FieldColumn> columns) {
  const auto names = column_names(columns);
  return fmt::format(
      "UPDATE {} SET ({}{}) = (SELECT {}, ?3{} FROM {} WHERE record = ?1 AND version = ?2) "
      "WHERE record = ?1",
      identifier(tables.current), kBookAfterRecord, names, kWithinBook, names, identifier(tables.history));
}

std::string insert_item_sql(const GroupTable& group) {
  return fmt::format("INSERT INTO {} (record, version, item, absent{}) VALUES ({})", identifier(group.name),
                     column_names(group.columns), numbered(1, 4 + sinks::width_of(group.columns)));
}

}  // namespace musubi::sqlite_sink
