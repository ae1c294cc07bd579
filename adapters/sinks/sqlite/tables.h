// The tables of one kind of record, and bringing a store up to the catalogue.
#pragma once

#include <string>
#include <vector>

#include "columns.h"
#include "database.h"

namespace musubi::sqlite_sink {

struct GroupTable {
  model::FieldNumber field = model::kNoField;
  std::string id;    ///< of the group field
  std::string name;  ///< of the table
  std::vector<FieldColumn> columns;
  std::vector<std::size_t> places;  ///< of each column: its place among the members of the group
  std::size_t members = 0;
};

struct KindTables {
  model::RecordKind kind = model::RecordKind::case_report;
  std::string current, history;
  std::vector<FieldColumn> columns;
  std::vector<GroupTable> groups;

  const FieldColumn* column_of(
      std::string_view field) const noexcept;  ///< nullptr: no scalar field of this kind
};

KindTables kind_tables(const model::Catalogue& catalogue, model::RecordKind kind);

/// record, version, as_of, submission, source, layout, received_at, absent: the columns before those of the
/// fields.
inline constexpr int kBookColumns = 8;
inline constexpr std::string_view kBook =
    "record, version, as_of, submission, source, layout, received_at, absent";

/// Whether what is stored can be read with this catalogue. Errors: adapter.store_newer,
/// adapter.store_foreign, adapter.store_older for a store that lacks columns of the catalogue.
base::Status check_readable(const Database& database, const model::Catalogue& catalogue);

/// Creates what is missing: tables, and columns for fields that are new in the catalogue. Nothing is ever
/// dropped. Errors: adapter.store_newer for a store that a later version has written, adapter.store_foreign
/// for the file of another program.
base::Status bring_up_to_date(Database& database, const model::Catalogue& catalogue);

}  // namespace musubi::sqlite_sink
