// Reads the items of one group back.
#pragma once

#include "columns.h"
#include "database.h"
#include "musubi/model/record_batch.h"
#include "tables.h"

namespace musubi::sqlite_sink {

class GroupReader {
 public:
  /// `table` outlives the reader; nothing is read when the table is empty.
  static base::Result<GroupReader> open(const Database& database, const GroupTable& table);

  const GroupTable& table() const noexcept { return *table_; }
  bool empty() const noexcept { return empty_; }
  /// The list of items, in the arena of `batch`; silent when there are none.
  base::Result<model::Value> items(std::int64_t record, std::uint32_t version, model::RecordBatch& batch);

 private:
  model::Value item(model::RecordBatch& batch) const;

  const GroupTable* table_ = nullptr;
  bool empty_ = true;
  Statement select_;
};

}  // namespace musubi::sqlite_sink
