// Which columns hold which fields, and how values go in and out of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "musubi/model/record_batch.h"
#include "musubi/model/schema.h"

namespace musubi::sqlite_sink {

/// How a field is written down, see musubi/model/schema.h.
enum class Writing : std::uint8_t { text, date, moment, integer, boolean, decimal, age, list };

struct FieldColumn {
  model::FieldNumber field = model::kNoField;
  std::string id;
  model::FieldType type = model::FieldType::text;
  Writing writing = Writing::text;
  std::string name;  ///< of the column; an age has a second, name + "_months"
  int width() const noexcept { return writing == Writing::age ? 2 : 1; }
};

/// The columns of the fields among the columns of a table, in order.
std::vector<FieldColumn> field_columns(const model::Catalogue& catalogue,
                                       std::span<const model::SqlColumn> columns);

/// ", a, b, c" of all columns, quoted.
std::string column_names(std::span<const FieldColumn> columns, std::string_view separator = ", ");
int parameters(std::span<const FieldColumn> columns);
/// The name as an SQL identifier. Names come from the catalogue and hold nothing but [a-z0-9_].
std::string identifier(std::string_view name);

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

/// Days since 1970-01-01 as "2020-04-01", and back; 0 for what is no day.
std::string day_text(std::int32_t day);
std::int32_t day_in(std::string_view text);

}  // namespace musubi::sqlite_sink
