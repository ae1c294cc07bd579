// What is derived from the catalogue: SQL for stores, JSON Schema, the field table of the docs.
#pragma once

#include <string>
#include <vector>

#include "musubi/model/catalogue.h"

namespace musubi::model {

enum class SqlDialect : std::uint8_t { sqlite, postgresql };

/// One column of a stored record. A field that can be absent with a reason has a second column for the
/// reason.
struct SqlColumn {
  std::string name;  ///< "patient_name_kanji"; with "_absent" for the reason
  std::string type;  ///< in the dialect
  FieldNumber field = kNoField;
  bool reason = false;
};

MUSUBI_SDK_API std::vector<SqlColumn> sql_columns(const Catalogue& catalogue, RecordKind kind,
                                                  SqlDialect dialect);
/// CREATE TABLE IF NOT EXISTS statements for current records and history of every kind, with child tables for
/// groups.
MUSUBI_SDK_API std::string sql_schema(const Catalogue& catalogue, SqlDialect dialect);
MUSUBI_SDK_API std::string json_schema(const Catalogue& catalogue, RecordKind kind);
MUSUBI_SDK_API std::string field_table_markdown(const Catalogue& catalogue);
/// constexpr names of the fields the core itself uses, as a C++ header.
MUSUBI_SDK_API std::string field_constants_header(const Catalogue& catalogue);

}  // namespace musubi::model
