#include "sql_names.h"

#include <algorithm>
#include <array>

#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

constexpr std::array<std::string_view, 4> kTables{"case_report", "health_observation", "facility_report",
                                                  "published_count"};
constexpr std::array<std::string_view, 9> kBookColumns{
    "record", "version", "item", "as_of", "submission", "source", "received_at", "absent", "layout"};

}  // namespace

std::string column_name(std::string_view field_id) {
  std::string name(field_id);
  std::ranges::replace(name, '.', '_');
  return name;
}

std::vector<std::string> column_names(const Field& field) {
  if (field.type == FieldType::group) return {};
  auto name = column_name(field.id);
  if (field.type != FieldType::age || field.repeats) return {std::move(name)};
  return {name, name + "_months"};
}

bool is_book_column(std::string_view name) noexcept {
  return std::ranges::find(kBookColumns, name) != kBookColumns.end();
}

bool is_taken_table(std::string_view group_id) noexcept {
  return group_id == "history" || group_id == "versions";
}

std::string_view sql_table(RecordKind kind) noexcept { return kTables[static_cast<std::size_t>(kind)]; }

std::string sql_history_table(RecordKind kind) { return std::string(sql_table(kind)) + "_history"; }

std::string sql_group_table(const Field& group) {
  return std::string(sql_table(group.kind)) + "_" + column_name(group.id);
}

}  // namespace musubi::model
