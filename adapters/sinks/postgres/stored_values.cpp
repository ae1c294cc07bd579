#include "stored_values.h"

#include "text_forms.h"

namespace musubi::postgres_sink {

using model::Value;
using sinks::Writing;

model::Value value_in(const Rows& rows, int row, int column, const sinks::FieldColumn& field,
                      model::RecordBatch& batch) {
  if (rows.is_null(row, column)) return {};
  switch (field.writing) {
    case Writing::integer:
      return Value::integer(rows.integer(row, column));
    case Writing::boolean:
      return Value::boolean(rows.boolean(row, column));
    case Writing::age: {
      const bool months = !rows.is_null(row, column + 1);
      return Value::age({static_cast<std::int32_t>(rows.integer(row, months ? column + 1 : column)), months});
    }
    case Writing::list:
      return sinks::read_list(rows.text(row, column), field.type, batch);
    default:
      return sinks::read_text(rows.text(row, column), field.type);
  }
}

}  // namespace musubi::postgres_sink
