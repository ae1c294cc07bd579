#include "group_reader.h"

#include <fmt/format.h>

#include "absences.h"
#include "stored_values.h"

namespace musubi::postgres_sink {
namespace {

using model::Value;

constexpr int kFirstMember = 3;  // after record, version, absent

}  // namespace

base::Status GroupReader::load(Connection& connection, std::span<const std::int64_t> records) {
  const auto sql = fmt::format(
      "SELECT record, version, absent{} FROM {} WHERE record = ANY ($1) ORDER BY record, version, item",
      sinks::column_names(table_->columns), sinks::identifier(table_->name));
  MUSUBI_ASSIGN(rows_, connection.ask(sql, Parameters().add(records)));
  range_.clear();
  for (int row = 0; row < rows_.size(); ++row) {
    const WordKey word{rows_.integer(row, 0), static_cast<std::uint32_t>(rows_.integer(row, 1))};
    range_.try_emplace(word, row, row).first->second.second = row + 1;
  }
  return {};
}

Value GroupReader::items(const WordKey& word, model::RecordBatch& batch) const {
  const auto found = range_.find(word);
  if (found == range_.end()) return {};
  const auto [first, last] = found->second;
  const auto list = batch.keep_list(static_cast<std::size_t>(last - first));
  for (int row = first; row < last; ++row) list[static_cast<std::size_t>(row - first)] = item(row, batch);
  return Value::list(list);
}

Value GroupReader::item(int row, model::RecordBatch& batch) const {
  const auto members = batch.keep_list(table_->members);
  int column = kFirstMember;
  for (std::size_t index = 0; index < table_->columns.size(); ++index) {
    const auto& field = table_->columns[index];
    members[table_->places[index]] = value_in(rows_, row, column, field, batch);
    column += field.width();
  }
  sinks::set_absences(rows_.text(row, 2), [&](std::string_view id) -> Value* {
    for (std::size_t index = 0; index < table_->columns.size(); ++index)
      if (table_->columns[index].id == id) return &members[table_->places[index]];
    return nullptr;
  });
  return Value::list(members);
}

}  // namespace musubi::postgres_sink
