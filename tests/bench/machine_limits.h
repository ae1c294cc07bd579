// The limits: a scan of memory, an fsync, and SQLite's bare prepared inserts of the rows a store holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace musubi::bench {

/// Counts line ends, which touches every byte once.
std::uint64_t scan(std::string_view bytes);

/// Microseconds of one fdatasync after a small write, median of many.
double fsync_microseconds(const std::filesystem::path& folder);

using Cell = std::variant<std::monostate, std::int64_t, std::string>;

/// The rows of case_report in a store, with the columns that hold anything, and the schema they stood in.
struct StoredRows {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  std::string schema;
};
StoredRows read_store(const std::filesystem::path& store);

/// Writes them into a fresh database: WAL, synchronous FULL, one prepared INSERT, 10,000 rows a transaction.
void insert_bare(const StoredRows& stored, const std::filesystem::path& database);

}  // namespace musubi::bench
