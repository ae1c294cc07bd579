#include "columns.h"

#include <charconv>

#include "text_forms.h"

namespace musubi::sqlite_sink {
namespace {

using model::FieldType;
using model::Value;
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

/// Whether a value that is present can be written this way.
bool fits(Writing writing, ValueKind kind) {
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

void bind_nothing(Statement& statement, int parameter, const FieldColumn& column) {
  statement.bind_null(parameter);
  if (column.writing == Writing::age) statement.bind_null(parameter + 1);
}

void bind_age(Statement& statement, int parameter, model::Age age) {
  statement.bind(parameter, age.months ? std::int64_t{0} : std::int64_t{age.amount});
  if (age.months)
    statement.bind(parameter + 1, std::int64_t{age.amount});
  else
    statement.bind_null(parameter + 1);
}

Value age_in(const Statement& row, int column) {
  if (!row.is_null(column + 1)) return Value::age({static_cast<std::int32_t>(row.integer(column + 1)), true});
  return Value::age({static_cast<std::int32_t>(row.integer(column)), false});
}

void note_absence(const FieldColumn& column, const Value& value, std::string& absent) {
  absent.append(column.id).append("=").append(name_of(value.absent_reason())).append(";");
}

}  // namespace

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

int parameters(std::span<const FieldColumn> columns) {
  int count = 0;
  for (const auto& column : columns) count += column.width();
  return count;
}

ValueBinder::ValueBinder(std::vector<FieldColumn> columns, std::vector<std::size_t> places)
    : columns_(std::move(columns)), places_(std::move(places)), scratch_(columns_.size()) {}

bool ValueBinder::bind_value(Statement& statement, int parameter, const FieldColumn& column,
                             const Value& value, Scratch& scratch) {
  if (!fits(column.writing, value.kind())) return false;
  switch (column.writing) {
    case Writing::text:
      statement.bind(parameter, value.as_text());
      break;
    case Writing::date:
      statement.bind(parameter, write_date(value.as_date(), scratch.date));
      break;
    case Writing::integer:
    case Writing::boolean:
      statement.bind(parameter, value.as_integer());
      break;
    case Writing::age:
      bind_age(statement, parameter, value.as_age());
      break;
    case Writing::moment:
    case Writing::decimal:
      scratch.text = model::to_text(value);
      statement.bind(parameter, std::string_view(scratch.text));
      break;
    case Writing::list:
      scratch.text.clear();
      append_list(scratch.text, value.as_list());
      statement.bind(parameter, std::string_view(scratch.text));
      break;
  }
  return true;
}

base::Status ValueBinder::bind(Statement& statement, int parameter, std::span<const Value> values,
                               std::string& absent) {
  for (std::size_t index = 0; index < columns_.size(); ++index) {
    const FieldColumn& column = columns_[index];
    const Value& value = values[places_[index]];
    if (value.present()) {
      if (!bind_value(statement, parameter, column, value, scratch_[index]))
        return base::Error(base::ErrorKind::defect, "adapter.value_kind").on_path(column.id);
    } else {
      bind_nothing(statement, parameter, column);
      if (value.is_absent()) note_absence(column, value, absent);
    }
    parameter += column.width();
  }
  return {};
}

Value value_in(const Statement& row, int column, const FieldColumn& field, model::RecordBatch& batch) {
  if (row.is_null(column)) return {};
  switch (field.writing) {
    case Writing::integer:
      return Value::integer(row.integer(column));
    case Writing::boolean:
      return Value::boolean(row.integer(column) != 0);
    case Writing::age:
      return age_in(row, column);
    case Writing::list:
      return read_list(row.text(column), field.type, batch);
    default:
      return read_text(row.text(column), field.type);
  }
}

std::string day_text(std::int32_t day) {
  std::array<char, 16> room{};
  return std::string(write_date(base::partial_date(std::chrono::sys_days(std::chrono::days(day))), room));
}

std::int32_t day_in(std::string_view text) {
  const auto day = base::day_of(read_date(text));
  return day ? static_cast<std::int32_t>(day->time_since_epoch().count()) : 0;
}

}  // namespace musubi::sqlite_sink
