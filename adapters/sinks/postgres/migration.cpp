#include "migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "kind_tables.h"
#include "statements.h"

namespace musubi::postgres_sink {
namespace {

using model::SqlColumn;
using sinks::identifier;
constexpr auto kDialect = model::SqlDialect::postgresql;

// Raised when the tables change in a way that older programs would misread.
constexpr std::int64_t kFormat = 1;
constexpr std::int64_t kViewsAskAsTheirReader = 150'000;  // server version with security_invoker

// What this sink keeps besides the tables of the catalogue: its format, which versions came late, and a
// receipt per disclosure.
constexpr const char* kOwnTables = R"(
CREATE TABLE IF NOT EXISTS late_version (
  kind TEXT NOT NULL, record BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (kind, record, version)
);
CREATE TABLE IF NOT EXISTS delivery_receipt (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source TEXT NOT NULL, submission BIGINT NOT NULL,
  stored BIGINT NOT NULL, already_there BIGINT NOT NULL, received_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS musubi_store (
  only_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_row), format BIGINT NOT NULL
);
)";

/// What stands in the schema, and what the catalogue wants.
struct Present {
  bool schema = false;
  std::int64_t format = 0;                               ///< 0: not ours, or new
  std::int64_t server = 0;                               ///< version
  std::map<std::string, std::set<std::string>> columns;  ///< by table or view
};

struct Wanted {
  std::string table;
  std::vector<SqlColumn> columns;
};

std::vector<Wanted> wanted_tables(const model::Catalogue& catalogue) {
  std::vector<Wanted> wanted;
  for (const auto kind : sinks::kKinds) {
    const auto columns = model::sql_columns(catalogue, kind, kDialect);
    wanted.push_back({std::string(model::sql_table(kind)), columns});
    wanted.push_back({model::sql_history_table(kind), columns});
    for (const auto number : catalogue.fields_of(kind))
      if (const auto& field = catalogue.at(number); field.type == model::FieldType::group)
        wanted.push_back(
            {model::sql_group_table(field), model::sql_group_columns(catalogue, number, kDialect)});
  }
  for (const auto* own : {"record_layout", "late_version", "delivery_receipt", "musubi_store"})
    wanted.push_back({own, {}});
  return wanted;
}

base::Result<Present> look(Connection& connection) {
  Parameters schema;
  schema.add(std::string_view(connection.settings().schema));
  Present present;
  MUSUBI_ASSIGN(const auto known,
                connection.ask("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1), "
                               "current_setting('server_version_num')",
                               schema));
  present.schema = known.boolean(0, 0);
  present.server = known.integer(0, 1);
  if (!present.schema) return present;
  MUSUBI_ASSIGN(
      const auto rows,
      connection.ask("SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid "
                     "= c.oid WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p', 'v') "
                     "AND a.attnum > 0 AND NOT a.attisdropped",
                     schema));
  for (int row = 0; row < rows.size(); ++row)
    present.columns[std::string(rows.text(row, 0))].emplace(rows.text(row, 1));
  if (!present.columns.contains("musubi_store")) return present;
  MUSUBI_ASSIGN(const auto format, connection.ask("SELECT format FROM musubi_store"));
  present.format = format.size() == 1 ? format.integer(0, 0) : 0;
  return present;
}

base::Error unfit(const Connection& connection, std::string_view code) {
  return base::Error(base::ErrorKind::environment, code, {{"schema", connection.settings().schema}});
}

base::Status check_ours(const Connection& connection, const Present& present) {
  if (present.format > kFormat) return unfit(connection, "postgres.schema_newer");
  if (present.format == 0 && !present.columns.empty()) return unfit(connection, "postgres.schema_foreign");
  return {};
}

/// ALTER TABLE for the columns that a table lacks; empty where it lacks none or is not there at all.
std::string missing_columns(const Wanted& wanted, const Present& present) {
  const auto table = present.columns.find(wanted.table);
  if (table == present.columns.end()) return {};
  std::string sql;
  for (const auto& column : wanted.columns)
    if (!table->second.contains(column.name))
      sql += fmt::format("ALTER TABLE {} ADD COLUMN {} {};\n", identifier(wanted.table),
                         identifier(column.name), column.type);
  return sql;
}

bool complete(const std::vector<Wanted>& tables, const Present& present) {
  return present.format == kFormat && std::ranges::all_of(tables, [&](const Wanted& wanted) {
           return present.columns.contains(wanted.table) && missing_columns(wanted, present).empty();
         });
}

bool has_views(const model::Catalogue& catalogue, const Present& present) {
  return std::ranges::all_of(sinks::kKinds, [&](model::RecordKind kind) {
    return std::ranges::all_of(model::sql_views(catalogue, kind),
                               [&](const std::string& view) { return present.columns.contains(view); });
  });
}

/// Views show what their reader may see, not what their owner may.
std::string views_ask_as_their_reader(const model::Catalogue& catalogue, const Present& present) {
  std::string sql;
  if (present.server < kViewsAskAsTheirReader) return sql;
  for (const auto kind : sinks::kKinds)
    for (const auto& view : model::sql_views(catalogue, kind))
      sql += fmt::format("ALTER VIEW {} SET (security_invoker = true);\n", view);
  return sql;
}

std::string migration_sql(const model::Catalogue& catalogue, const std::vector<Wanted>& tables,
                          const Present& present) {
  std::string sql;
  for (const auto& wanted : tables) sql += missing_columns(wanted, present);
  if (!sql.empty())  // a view's columns cannot be changed
    for (const auto kind : sinks::kKinds)
      for (const auto& view : model::sql_views(catalogue, kind))
        sql += fmt::format("DROP VIEW IF EXISTS {};\n", view);
  sql += model::sql_schema(catalogue, kDialect) + kOwnTables + views_ask_as_their_reader(catalogue, present);
  return sql +
         fmt::format("INSERT INTO musubi_store (format) VALUES ({}) ON CONFLICT DO NOTHING;\n", kFormat);
}

}  // namespace

base::Status check_readable(Connection& connection, const model::Catalogue& catalogue) {
  MUSUBI_ASSIGN(const auto present, look(connection));
  MUSUBI_TRY(check_ours(connection, present));
  if (present.format == 0) return unfit(connection, "adapter.store_missing");
  if (!complete(wanted_tables(catalogue), present)) return unfit(connection, "adapter.store_older");
  return {};
}

base::Status bring_up_to_date(Connection& connection, const model::Catalogue& catalogue) {
  const auto tables = wanted_tables(catalogue);
  MUSUBI_ASSIGN(const auto at_first, look(connection));
  MUSUBI_TRY(check_ours(connection, at_first));
  if (complete(tables, at_first) && has_views(catalogue, at_first)) return {};
  MUSUBI_ASSIGN(auto transaction, Transaction::begin(connection));
  MUSUBI_TRY(lock_store(connection));
  MUSUBI_ASSIGN(const auto present, look(connection));
  MUSUBI_TRY(check_ours(connection, present));
  if (!present.schema)
    MUSUBI_TRY(connection.run("CREATE SCHEMA " + identifier(connection.settings().schema)));
  MUSUBI_TRY(connection.run(migration_sql(catalogue, tables, present)));
  return transaction.commit();
}

}  // namespace musubi::postgres_sink
