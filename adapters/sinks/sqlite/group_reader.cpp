#include "group_reader.h"

#include <fmt/format.h>

#include "absences.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;

/// Beyond the life of the row.
Value kept(const Value& value, model::RecordBatch& batch) {
  if (value.kind() == model::ValueKind::text) return Value::text(batch.keep(value.as_text()));
  if (value.kind() == model::ValueKind::code) return Value::code(batch.keep(value.as_text()));
  return value;
}

}  // namespace

base::Result<GroupReader> GroupReader::open(const Database& database, const GroupTable& table) {
  GroupReader reader;
  reader.table_ = &table;
  MUSUBI_ASSIGN(const auto some, database.number("SELECT 1 FROM " + identifier(table.name) + " LIMIT 1"));
  reader.empty_ = !some;
  MUSUBI_ASSIGN(
      reader.select_,
      database.prepare(fmt::format("SELECT absent{} FROM {} WHERE record = ?1 AND version = ?2 ORDER BY item",
                                   column_names(table.columns), identifier(table.name))));
  return reader;
}

base::Result<Value> GroupReader::items(std::int64_t record, std::uint32_t version,
                                       model::RecordBatch& batch) {
  if (empty_) return Value{};
  select_.bind(1, record);
  select_.bind(2, std::int64_t{version});
  std::vector<Value> found;
  for (;;) {
    MUSUBI_ASSIGN(const bool more, select_.next());
    if (!more) break;
    found.push_back(item(batch));
  }
  if (found.empty()) return Value{};
  const auto list = batch.keep_list(found.size());
  std::copy(found.begin(), found.end(), list.begin());
  return Value::list(list);
}

Value GroupReader::item(model::RecordBatch& batch) const {
  const auto members = batch.keep_list(table_->members);
  int column = 1;
  for (std::size_t index = 0; index < table_->columns.size(); ++index) {
    const auto& field = table_->columns[index];
    members[table_->places[index]] = kept(value_in(select_, column, field, batch), batch);
    column += field.width();
  }
  sinks::set_absences(select_.text(0), [&](std::string_view id) -> Value* {
    for (std::size_t index = 0; index < table_->columns.size(); ++index)
      if (table_->columns[index].id == id) return &members[table_->places[index]];
    return nullptr;
  });
  return Value::list(members);
}

}  // namespace musubi::sqlite_sink
