// Which columns hold which fields, and in which form.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/model/record_batch.h"
#include "musubi/model/schema.h"

namespace musubi::sinks {

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

/// Whether a value that is present can be written this way.
bool fits(Writing writing, model::ValueKind kind) noexcept;

/// ", a, b, c" of all columns, quoted.
std::string column_names(std::span<const FieldColumn> columns, std::string_view separator = ", ");
/// How many columns of the table they are.
int width_of(std::span<const FieldColumn> columns);
/// The name as an SQL identifier. Names come from the catalogue and hold nothing but [a-z0-9_].
std::string identifier(std::string_view name);

/// Some of the columns of a table, and where the value of each stands in the values of a row.
struct PlacedColumns {
  std::vector<FieldColumn> columns;
  std::vector<std::size_t> places;
};

/// Days since 1970-01-01 as "2020-04-01", and back; 0 for what is no day.
std::string day_text(std::int32_t day);
std::int32_t day_in(std::string_view text);

}  // namespace musubi::sinks
