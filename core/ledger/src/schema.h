// The tables of the ledger and the format they are in.
#pragma once

#include "musubi/base/result.h"
#include "sqlite.h"

namespace musubi::ledger {

inline constexpr std::int64_t kApplication = 0x4D555355;  ///< "MUSU" in the header of the file
inline constexpr std::int64_t kFormat = 1;  ///< user_version; raised with every change of a table

/// Settings of the writing connection, the tables where the file is new, and the check that it is whole.
base::Status prepare_to_write(sqlite::Database& database, const std::filesystem::path& file);
/// Settings of a connection that asks: it never writes and never checkpoints.
base::Status prepare_to_read(sqlite::Database& database, const std::filesystem::path& file);

}  // namespace musubi::ledger
