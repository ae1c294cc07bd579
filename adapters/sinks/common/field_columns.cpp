#include "field_columns.h"

#include "text_forms.h"

namespace musubi::sinks {
namespace {

using model::FieldType;
using model::ValueKind;

Writing writing_of(const model::Field& field) {
  if (field.repeats) return Writing::list;
  switch (field.type) {
    case FieldType::date:
      return Writing::date;
    case FieldType::time:
      return Writing::moment;
    case FieldType::integer:
      return Writing::integer;
    case FieldType::boolean:
      return Writing::boolean;
    case FieldType::decimal:
    case FieldType::quantity:
      return Writing::decimal;
    case FieldType::age:
      return Writing::age;
    default:
      return Writing::text;
  }
}

}  // namespace

bool fits(Writing writing, ValueKind kind) noexcept {
  switch (writing) {
    case Writing::text:
      return kind == ValueKind::text || kind == ValueKind::code;
    case Writing::date:
      return kind == ValueKind::date;
    case Writing::moment:
      return kind == ValueKind::moment;
    case Writing::integer:
      return kind == ValueKind::integer;
    case Writing::boolean:
      return kind == ValueKind::boolean;
    case Writing::decimal:
      return kind == ValueKind::decimal || kind == ValueKind::integer;
    case Writing::age:
      return kind == ValueKind::age;
    case Writing::list:
      return kind == ValueKind::list;
  }
  return false;
}

std::vector<FieldColumn> field_columns(const model::Catalogue& catalogue,
                                       std::span<const model::SqlColumn> columns) {
  std::vector<FieldColumn> fields;
  for (const auto& column : columns) {
    if (column.part != model::SqlPart::value) continue;
    const auto& field = catalogue.at(column.field);
    fields.push_back({field.number, field.id, field.type, writing_of(field), column.name});
  }
  return fields;
}

std::string identifier(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string column_names(std::span<const FieldColumn> columns, std::string_view separator) {
  std::string names;
  for (const auto& column : columns) {
    names.append(separator).append(identifier(column.name));
    if (column.writing == Writing::age) names.append(separator).append(identifier(column.name + "_months"));
  }
  return names;
}

int width_of(std::span<const FieldColumn> columns) {
  int count = 0;
  for (const auto& column : columns) count += column.width();
  return count;
}

std::string day_text(std::int32_t day) {
  std::array<char, 16> room{};
  return std::string(write_date(base::partial_date(std::chrono::sys_days(std::chrono::days(day))), room));
}

std::int32_t day_in(std::string_view text) {
  const auto day = base::day_of(read_date(text));
  return day ? static_cast<std::int32_t>(day->time_since_epoch().count()) : 0;
}

}  // namespace musubi::sinks
