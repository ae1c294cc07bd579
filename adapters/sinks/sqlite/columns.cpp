#include "columns.h"

#include "absences.h"
#include "text_forms.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;

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

}  // namespace

ValueBinder::ValueBinder(std::vector<FieldColumn> columns, std::vector<std::size_t> places)
    : columns_(std::move(columns)), places_(std::move(places)), scratch_(columns_.size()) {}

bool ValueBinder::bind_value(Statement& statement, int parameter, const FieldColumn& column,
                             const Value& value, Scratch& scratch) {
  if (!sinks::fits(column.writing, value.kind())) return false;
  switch (column.writing) {
    case Writing::text:
      statement.bind(parameter, value.as_text());
      break;
    case Writing::date:
      statement.bind(parameter, sinks::write_date(value.as_date(), scratch.date));
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
      sinks::append_list(scratch.text, value.as_list());
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
      if (value.is_absent()) sinks::append_absence(absent, column.id, value);
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
      return sinks::read_list(row.text(column), field.type, batch);
    default:
      return sinks::read_text(row.text(column), field.type);
  }
}

}  // namespace musubi::sqlite_sink
