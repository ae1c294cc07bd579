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

/// Sets the reasons of an `absent` column: `place(field id)` gives the value to set, or nullptr.
template <class Place>
void set_absences(std::string_view absent, Place place) {
  while (!absent.empty()) {
    const auto end = absent.find(';');
    const auto entry = absent.substr(0, end);
    const auto equals = entry.find('=');
    if (model::Value* value = place(entry.substr(0, equals)); value != nullptr && equals != entry.npos) {
      const auto reason = model::absent_reason_named(entry.substr(equals + 1));
      *value = model::Value::absent(reason.value_or(model::AbsentReason::unknown));
    }
    absent.remove_prefix(end == absent.npos ? absent.size() : end + 1);
  }
}

}  // namespace musubi::sqlite_sink
