#include "tables.h"

#include <algorithm>
#include <set>

namespace musubi::sqlite_sink {
namespace {

using model::RecordKind;
using model::SqlColumn;
constexpr auto kDialect = model::SqlDialect::sqlite;
using sinks::kKinds;

// Raised when the tables change in a way that older programs would misread.
constexpr std::int64_t kFormat = 1;

// What this sink keeps besides the tables of the catalogue: which versions came late, and a receipt per
// disclosure.
constexpr const char* kOwnTables = R"(
CREATE TABLE IF NOT EXISTS late_version (
  kind TEXT NOT NULL, record INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (kind, record, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery_receipt (
  number INTEGER PRIMARY KEY, source TEXT NOT NULL, submission INTEGER NOT NULL, stored INTEGER NOT NULL,
  already_there INTEGER NOT NULL, received_at TEXT NOT NULL
) STRICT;
)";

base::Result<std::set<std::string>> columns_in(const Database& database, const std::string& table) {
  MUSUBI_ASSIGN(auto row, database.prepare("SELECT name FROM pragma_table_info(?1)"));
  row.bind(1, std::string_view(table));
  std::set<std::string> names;
  for (;;) {
    MUSUBI_ASSIGN(const bool more, row.next());
    if (!more) return names;
    names.emplace(row.text(0));
  }
}

base::Result<bool> add_columns(Database& database, const std::string& table,
                               std::span<const SqlColumn> wanted) {
  MUSUBI_ASSIGN(const auto present, columns_in(database, table));
  bool added = false;
  for (const auto& column : wanted) {
    if (present.contains(column.name)) continue;
    MUSUBI_TRY(database.run("ALTER TABLE " + identifier(table) + " ADD COLUMN " + identifier(column.name) +
                            " " + column.type));
    added = true;
  }
  return added;
}

base::Result<bool> add_columns_of(Database& database, const model::Catalogue& catalogue, RecordKind kind) {
  const auto columns = model::sql_columns(catalogue, kind, kDialect);
  MUSUBI_ASSIGN(const bool current, add_columns(database, std::string(model::sql_table(kind)), columns));
  MUSUBI_ASSIGN(const bool history, add_columns(database, model::sql_history_table(kind), columns));
  for (const auto number : catalogue.fields_of(kind)) {
    const auto& field = catalogue.at(number);
    if (field.type != model::FieldType::group) continue;
    const auto members = model::sql_group_columns(catalogue, number, kDialect);
    MUSUBI_TRY(add_columns(database, model::sql_group_table(field), members));
  }
  return current || history;
}

base::Status create_and_extend(Database& database, const model::Catalogue& catalogue) {
  const auto schema = model::sql_schema(catalogue, kDialect);
  MUSUBI_TRY(database.run(schema + kOwnTables));
  bool views_outdated = false;
  for (const auto kind : kKinds) {
    MUSUBI_ASSIGN(const bool added, add_columns_of(database, catalogue, kind));
    if (added)
      for (const auto& view : model::sql_views(catalogue, kind))
        MUSUBI_TRY(database.run("DROP VIEW IF EXISTS " + identifier(view)));
    views_outdated = views_outdated || added;
  }
  if (views_outdated) MUSUBI_TRY(database.run(schema));
  return database.run("PRAGMA user_version=" + std::to_string(kFormat));
}

base::Error unfit(const Database& database, std::string_view code) {
  return base::Error(base::ErrorKind::environment, code).at({.file = database.file().string()});
}

/// Format 0 with tables in it is somebody else's; without, it is new.
base::Result<std::int64_t> format_of(const Database& database) {
  MUSUBI_ASSIGN(const auto format, database.number("PRAGMA user_version"));
  if (format.value_or(0) > kFormat) return unfit(database, "adapter.store_newer");
  MUSUBI_ASSIGN(const auto tables, database.number("SELECT count(*) FROM sqlite_schema"));
  if (format.value_or(0) == 0 && tables.value_or(0) != 0) return unfit(database, "adapter.store_foreign");
  return format.value_or(0);
}

base::Result<bool> has_columns(const Database& database, const std::string& table,
                               std::span<const SqlColumn> wanted) {
  MUSUBI_ASSIGN(const auto present, columns_in(database, table));
  return std::ranges::all_of(wanted, [&](const auto& column) { return present.contains(column.name); });
}

base::Result<bool> has_columns_of(const Database& database, const model::Catalogue& catalogue,
                                  RecordKind kind) {
  const auto columns = model::sql_columns(catalogue, kind, kDialect);
  MUSUBI_ASSIGN(bool all, has_columns(database, std::string(model::sql_table(kind)), columns));
  for (const auto number : catalogue.fields_of(kind)) {
    const auto& field = catalogue.at(number);
    if (field.type != model::FieldType::group) continue;
    const auto members = model::sql_group_columns(catalogue, number, kDialect);
    MUSUBI_ASSIGN(const bool here, has_columns(database, model::sql_group_table(field), members));
    all = all && here;
  }
  return all;
}

}  // namespace

KindTables kind_tables(const model::Catalogue& catalogue, RecordKind kind) {
  return sinks::kind_tables(catalogue, kind, kDialect);
}

base::Status check_readable(const Database& database, const model::Catalogue& catalogue) {
  MUSUBI_ASSIGN(const auto format, format_of(database));
  if (format == 0) return unfit(database, "adapter.store_missing");
  for (const auto kind : kKinds) {
    MUSUBI_ASSIGN(const bool complete, has_columns_of(database, catalogue, kind));
    if (!complete) return unfit(database, "adapter.store_older");
  }
  return {};
}

base::Status bring_up_to_date(Database& database, const model::Catalogue& catalogue) {
  MUSUBI_TRY(format_of(database));
  MUSUBI_ASSIGN(auto transaction, Transaction::begin(database));
  MUSUBI_TRY(create_and_extend(database, catalogue));
  return transaction.commit();
}

}  // namespace musubi::sqlite_sink
