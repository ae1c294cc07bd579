// The tables of the ledger and the format they are in.
#pragma once

#include "musubi/base/result.h"
#include "sqlite.h"

namespace musubi::ledger {

inline constexpr std::int64_t kApplication = 0x4D555355;  ///< "MUSU" in the header of the file
inline constexpr std::int64_t kFormat = 5;  ///< user_version; raised with every change of a table

/// Settings of the writing connection, the check that the file is whole, and the tables where it is new or of
/// an older format.
base::Status prepare_to_write(sqlite::Database& database, const std::filesystem::path& file);
/// Settings of a connection that writes beside another process's. Error: ledger.locked where the tables are
/// of an older format, which only the holder of the lock may change.
base::Status prepare_beside(sqlite::Database& database, const std::filesystem::path& file);
/// Settings of a connection that asks: it never writes and never checkpoints.
base::Status prepare_to_read(sqlite::Database& database, const std::filesystem::path& file);

}  // namespace musubi::ledger
