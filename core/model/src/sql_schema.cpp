// SQL of a store: a table of current records, its history, a view of both, and a table per group, for each
// kind.
#include <fmt/format.h>

#include <array>
#include <iterator>

#include "musubi/model/schema.h"
#include "sql_names.h"

namespace musubi::model {
namespace {

constexpr std::array kKinds{RecordKind::case_report, RecordKind::health_observation,
                            RecordKind::facility_report, RecordKind::published_count};

std::string_view integer_type(SqlDialect dialect) {
  return dialect == SqlDialect::sqlite ? "INTEGER" : "BIGINT";
}

std::string_view sql_type(const Field& field, SqlDialect dialect) {
  if (field.repeats) return "TEXT";
  switch (field.type) {
    case FieldType::integer:
    case FieldType::age:
      return integer_type(dialect);
    case FieldType::boolean:
      return dialect == SqlDialect::sqlite ? "INTEGER" : "BOOLEAN";
    case FieldType::decimal:
    case FieldType::quantity:
      return dialect == SqlDialect::sqlite ? "TEXT" : "NUMERIC";
    default:
      return "TEXT";
  }
}

void append_field(const Field& field, SqlDialect dialect, std::vector<SqlColumn>& columns) {
  auto part = SqlPart::value;
  for (auto& name : column_names(field)) {
    columns.push_back({std::move(name), std::string(sql_type(field, dialect)), field.number, part});
    part = SqlPart::months;
  }
}

SqlColumn book(std::string_view name, std::string_view type) {
  return {std::string(name), std::string(type), kNoField, SqlPart::book};
}

std::string table(std::string_view name, const std::vector<SqlColumn>& columns, std::string_view key,
                  SqlDialect dialect, bool by_row_number) {
  std::string sql = fmt::format("CREATE TABLE IF NOT EXISTS {} (\n", name);
  for (const SqlColumn& column : columns)
    fmt::format_to(std::back_inserter(sql), "  {} {}{},\n", column.name, column.type,
                   column.part == SqlPart::book ? " NOT NULL" : "");
  fmt::format_to(std::back_inserter(sql), "  PRIMARY KEY ({})\n)", key);
  if (dialect == SqlDialect::sqlite) sql += by_row_number ? " STRICT" : " STRICT, WITHOUT ROWID";
  return sql + ";\n";
}

std::string versions_view(RecordKind kind) { return fmt::format("{}_versions", sql_table(kind)); }
std::string standing_view(RecordKind kind) { return fmt::format("{}_standing", sql_table(kind)); }

/// Empty: records of this kind are not taken back.
std::string withdrawn_column(const Catalogue& catalogue, RecordKind kind) {
  const auto* field = catalogue.find(kWithdrawnField);
  return field != nullptr && field->kind == kind ? column_names(*field).front() : std::string();
}

std::string views(const Catalogue& catalogue, RecordKind kind, const std::vector<SqlColumn>& columns,
                  SqlDialect dialect) {
  std::string names;
  for (const SqlColumn& column : columns) names += (names.empty() ? "" : ", ") + column.name;
  const std::string create =
      dialect == SqlDialect::sqlite ? "CREATE VIEW IF NOT EXISTS" : "CREATE OR REPLACE VIEW";
  auto sql = fmt::format("{} {} AS\n  SELECT {} FROM {}\n  UNION ALL\n  SELECT {} FROM {};\n", create,
                         versions_view(kind), names, sql_table(kind), names, sql_history_table(kind));
  if (const auto withdrawn = withdrawn_column(catalogue, kind); !withdrawn.empty())
    sql += fmt::format("{} {} AS\n  SELECT {} FROM {} WHERE {} IS NOT TRUE;\n", create, standing_view(kind),
                       names, sql_table(kind), withdrawn);
  return sql;
}

std::string kind_schema(const Catalogue& catalogue, RecordKind kind, SqlDialect dialect) {
  const auto columns = sql_columns(catalogue, kind, dialect);
  auto sql = table(sql_table(kind), columns, "record", dialect, true) +
             table(sql_history_table(kind), columns, "record, version", dialect, false) +
             views(catalogue, kind, columns, dialect);
  for (const auto number : catalogue.fields_of(kind))
    if (const Field& field = catalogue.at(number); field.type == FieldType::group)
      sql += table(sql_group_table(field), sql_group_columns(catalogue, number, dialect),
                   "record, version, item", dialect, false);
  return sql;
}

std::string layout_schema(SqlDialect dialect) {
  const std::vector<SqlColumn> columns{
      book("layout", integer_type(dialect)), book("kind", "TEXT"),           book("mapping", "TEXT"),
      book("mapping_version", "TEXT"),       book("mapping_digest", "TEXT"), book("fields", "TEXT")};
  return "-- fields: ids of the fields the layout holds, joined with commas.\n" +
         table("record_layout", columns, "layout", dialect, true);
}

}  // namespace

std::vector<SqlColumn> sql_columns(const Catalogue& catalogue, RecordKind kind, SqlDialect dialect) {
  const auto integer = integer_type(dialect);
  std::vector<SqlColumn> columns{book("record", integer),     book("version", integer),
                                 book("as_of", "TEXT"),       book("submission", integer),
                                 book("source", "TEXT"),      book("layout", integer),
                                 book("received_at", "TEXT"), book("absent", "TEXT")};
  for (const auto number : catalogue.fields_of(kind))
    if (const Field& field = catalogue.at(number); field.group == kNoField)
      append_field(field, dialect, columns);
  return columns;
}

std::vector<SqlColumn> sql_group_columns(const Catalogue& catalogue, FieldNumber group, SqlDialect dialect) {
  const auto integer = integer_type(dialect);
  std::vector<SqlColumn> columns{book("record", integer), book("version", integer), book("item", integer),
                                 book("absent", "TEXT")};
  for (const auto number : catalogue.members_of(group)) append_field(catalogue.at(number), dialect, columns);
  return columns;
}

std::vector<std::string> sql_views(const Catalogue& catalogue, RecordKind kind) {
  std::vector<std::string> names{versions_view(kind)};
  if (!withdrawn_column(catalogue, kind).empty()) names.push_back(standing_view(kind));
  return names;
}

std::string sql_schema(const Catalogue& catalogue, SqlDialect dialect) {
  auto sql = fmt::format(
                 "-- Generated from the catalogue, version {}. What the tables mean: musubi/model/schema.h\n",
                 catalogue.version()) +
             layout_schema(dialect);
  for (const auto kind : kKinds) sql += kind_schema(catalogue, kind, dialect);
  return sql;
}

}  // namespace musubi::model
