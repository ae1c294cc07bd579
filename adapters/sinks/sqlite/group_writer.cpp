#include "group_writer.h"

#include "absences.h"
#include "statements.h"

namespace musubi::sqlite_sink {

using model::Value;

GroupWriter::GroupWriter(const Database& database, const GroupTable& table, std::size_t slot)
    : database_(&database), table_(&table), slot_(slot), binder_(table.columns, table.places) {}

void GroupWriter::note_absence(std::span<const Value> record, std::string& absent) const {
  const Value& group = record[slot_];
  if (group.is_absent()) sinks::append_absence(absent, table_->id, group);
}

base::Status GroupWriter::write(const model::DisclosureKey& key, std::span<const Value> record) {
  if (record[slot_].kind() != model::ValueKind::list) return {};
  if (!insert_) {
    MUSUBI_ASSIGN(insert_, database_->prepare(insert_item_sql(*table_)));
  }
  insert_->bind(1, key.record);
  insert_->bind(2, std::int64_t{key.version});
  std::int64_t number = 0;
  for (const Value& item : record[slot_].as_list()) {
    if (item.kind() != model::ValueKind::list)
      return base::Error(base::ErrorKind::defect, "adapter.value_kind").on_path(table_->id);
    MUSUBI_TRY(write_item(number++, item.as_list()));
  }
  return {};
}

base::Status GroupWriter::write_item(std::int64_t number, std::span<const Value> members) {
  padded_.assign(members.begin(), members.end());
  padded_.resize(std::max(members.size(), table_->members));
  absent_.clear();
  MUSUBI_TRY(binder_.bind(*insert_, 5, padded_, absent_));
  insert_->bind(3, number);
  insert_->bind(4, std::string_view(absent_));
  return insert_->run();
}

}  // namespace musubi::sqlite_sink
