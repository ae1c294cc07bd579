// How values go in and out of the columns that hold them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "field_columns.h"
#include "musubi/model/record_batch.h"
#include "musubi/model/schema.h"

namespace musubi::sqlite_sink {

using sinks::column_names;
using sinks::day_in;
using sinks::day_text;
using sinks::FieldColumn;
using sinks::identifier;
using sinks::Writing;

/// Binds values of a record, or of an item of a group, to a statement. Texts are borrowed from the values and
/// from this object until the statement was run.
class ValueBinder {
 public:
  /// `places`: where the value of each column stands in the values given to bind().
  ValueBinder(std::vector<FieldColumn> columns, std::vector<std::size_t> places);

  const std::vector<FieldColumn>& columns() const noexcept { return columns_; }
  /// Binds from `parameter` on and appends to `absent` the reasons of what is absent ("field=reason;").
  /// Error: defect adapter.value_kind, when a value is not of its field's type.
  base::Status bind(Statement& statement, int parameter, std::span<const model::Value> values,
                    std::string& absent);

 private:
  /// Room for one date, moment or decimal as text, or a list as JSON.
  struct Scratch {
    std::array<char, 16> date;
    std::string text;
  };
  bool bind_value(Statement& statement, int parameter, const FieldColumn& column, const model::Value& value,
                  Scratch& scratch);

  std::vector<FieldColumn> columns_;
  std::vector<std::size_t> places_;
  std::vector<Scratch> scratch_;
};

/// The value in a column of the current row; silent where it is NULL. Text is valid until the next row; lists
/// are made in the arena of `batch`.
model::Value value_in(const Statement& row, int column, const FieldColumn& field, model::RecordBatch& batch);

}  // namespace musubi::sqlite_sink
