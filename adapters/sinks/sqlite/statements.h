// The SQL of one layout in one kind of record, as text. Parameters 1 to 8 are the book columns, see tables.h.
#pragma once

#include <span>
#include <string>

#include "tables.h"

namespace musubi::sqlite_sink {

/// A new row of `table` with the given columns; the others stay NULL.
std::string insert_sql(const std::string& table, std::span<const FieldColumn> columns);
/// Overwrites the given columns of the current row ?1 and no others.
std::string update_sql(const KindTables& tables, std::span<const FieldColumn> columns);
/// The newest word of the current row ?1 goes to history: the given columns, with ?2 as what is absent.
std::string archive_sql(const KindTables& tables, std::span<const FieldColumn> columns);
/// The current row ?1 begins anew as version ?2 of history, with ?3 as what is absent.
std::string restart_sql(const KindTables& tables, std::span<const FieldColumn> columns);
/// Version ?2 of history is laid over the current row ?1, with ?3 as what is then absent.
std::string overlay_sql(const KindTables& tables, std::span<const FieldColumn> columns);
/// One item of a group: record ?1, version ?2, item ?3, absent ?4, then the members.
std::string insert_item_sql(const GroupTable& group);

}  // namespace musubi::sqlite_sink
