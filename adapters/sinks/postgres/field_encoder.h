// The fields of a record, or of an item of a group, as columns of a COPY row.
#pragma once

#include <span>
#include <string>

#include "copy_rows.h"
#include "field_columns.h"
#include "musubi/base/result.h"

namespace musubi::postgres_sink {

class FieldEncoder {
 public:
  explicit FieldEncoder(sinks::PlacedColumns columns);

  std::span<const sinks::FieldColumn> columns() const noexcept { return placed_.columns; }
  int width() const noexcept { return width_; }
  /// Writes all columns and appends to `absent` the reasons of what is absent ("field=reason;"). Errors, with
  /// the field as path: defect adapter.value_kind when a value is not of its field's type; refused
  /// postgres.text_with_nul.
  base::Status encode(std::span<const model::Value> values, CopyRows& rows, std::string& absent) const;

 private:
  sinks::PlacedColumns placed_;
  int width_;
};

}  // namespace musubi::postgres_sink
