// Reads the items of one group back, those of many records together.
#pragma once

#include <map>

#include "connection.h"
#include "kind_tables.h"
#include "musubi/model/record_batch.h"

namespace musubi::postgres_sink {

/// (record, version).
using WordKey = std::pair<std::int64_t, std::uint32_t>;

class GroupReader {
 public:
  /// The table outlives the reader.
  explicit GroupReader(const sinks::GroupTable& table) : table_(&table) {}

  const sinks::GroupTable& table() const noexcept { return *table_; }
  /// Fetches the items of these records, all versions; forgets those before.
  base::Status load(Connection& connection, std::span<const std::int64_t> records);
  /// The list of items, in the arena of `batch`, valid until the next load(); silent when there are none.
  model::Value items(const WordKey& word, model::RecordBatch& batch) const;

 private:
  model::Value item(int row, model::RecordBatch& batch) const;

  const sinks::GroupTable* table_;
  Rows rows_;
  std::map<WordKey, std::pair<int, int>> range_;  ///< rows of a word: first, and one past the last
};

}  // namespace musubi::postgres_sink
