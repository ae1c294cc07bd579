// The SQL of the store, as text. Every statement about known words takes them all at once, as arrays: $1
// records; then versions where a word of history is meant; then, where a row is written, what it shall say is
// absent.
#pragma once

#include <span>
#include <string>

#include "connection.h"
#include "kind_tables.h"

namespace musubi::postgres_sink {

/// Waits until no other hub writes to this store, and keeps others out until the transaction ends. So a
/// delivery whose outcome nobody learnt has ended, one way or the other, before it comes again.
base::Status lock_store(Connection& connection);

/// Rows into `table`: record, version, as_of, submission, source, layout, received_at, the columns, absent.
std::string copy_sql(std::string_view table, std::span<const sinks::FieldColumn> columns);
inline constexpr int kCopiedBookColumns = sinks::kBookColumns;
/// Items into a group's table: record, version, item, the members, absent.
std::string copy_items_sql(const sinks::GroupTable& group);
inline constexpr int kItemBookColumns = 4;

/// The table in which new words wait that shall overwrite current rows; empty at the end of a transaction.
std::string staging_table(const sinks::KindTables& tables);
std::string create_staging_sql(const sinks::KindTables& tables);

/// The staged words overwrite the given columns of their current rows and no others.
std::string update_sql(const sinks::KindTables& tables, std::span<const sinks::FieldColumn> columns);
/// The newest words of the current rows go to history, the given columns of them ($2: absent).
std::string archive_sql(const sinks::KindTables& tables, std::span<const sinks::FieldColumn> columns);
/// Current rows begin anew as words of history ($2: versions, $3: absent).
std::string restart_sql(const sinks::KindTables& tables, std::span<const sinks::FieldColumn> columns);
/// Words of history are laid over the current rows ($2: versions, $3: absent).
std::string overlay_sql(const sinks::KindTables& tables, std::span<const sinks::FieldColumn> columns);

}  // namespace musubi::postgres_sink
