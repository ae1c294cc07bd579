// The tables of one kind of record, and bringing a store up to the catalogue.
#pragma once

#include "columns.h"
#include "database.h"
#include "kind_tables.h"

namespace musubi::sqlite_sink {

using sinks::GroupTable;
using sinks::kBook;
using sinks::kBookColumns;
using sinks::KindTables;

KindTables kind_tables(const model::Catalogue& catalogue, model::RecordKind kind);

/// Whether what is stored can be read with this catalogue. Errors: adapter.store_newer,
/// adapter.store_foreign, adapter.store_older for a store that lacks columns of the catalogue.
base::Status check_readable(const Database& database, const model::Catalogue& catalogue);

/// Creates what is missing: tables, and columns for fields that are new in the catalogue. Nothing is ever
/// dropped. Errors: adapter.store_newer for a store that a later version has written, adapter.store_foreign
/// for the file of another program.
base::Status bring_up_to_date(Database& database, const model::Catalogue& catalogue);

}  // namespace musubi::sqlite_sink
