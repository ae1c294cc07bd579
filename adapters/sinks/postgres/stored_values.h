// Values out of the rows of an answer.
#pragma once

#include "field_columns.h"
#include "parameters.h"

namespace musubi::postgres_sink {

/// The value that stands in a column (of an age: two); silent where it is NULL. Text is valid as long as
/// `rows`; lists are made in the arena of `batch`.
model::Value value_in(const Rows& rows, int row, int column, const sinks::FieldColumn& field,
                      model::RecordBatch& batch);

}  // namespace musubi::postgres_sink
