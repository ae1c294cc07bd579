#include "field_encoder.h"

#include "absences.h"
#include "text_forms.h"

namespace musubi::postgres_sink {
namespace {

using model::Value;
using model::ValueKind;
using sinks::FieldColumn;
using sinks::Writing;

/// PostgreSQL's text cannot; in a list, which is JSON, a NUL is written as an escape.
bool holds_nul(const FieldColumn& column, const Value& value) {
  return column.writing == Writing::text && value.as_text().find('\0') != std::string_view::npos;
}

void encode_age(model::Age age, CopyRows& rows) {
  rows.integer(age.months ? 0 : age.amount);
  if (age.months)
    rows.integer(age.amount);
  else
    rows.null();
}

void encode_nothing(const FieldColumn& column, CopyRows& rows) {
  for (int part = 0; part < column.width(); ++part) rows.null();
}

void encode_decimal(const Value& value, CopyRows& rows) {
  rows.decimal(value.kind() == ValueKind::integer ? model::Decimal{value.as_integer(), 0}
                                                  : value.as_decimal());
}

void encode_moment(const Value& value, CopyRows& rows) {
  std::array<char, 48> room;
  rows.text(sinks::write_moment(value.as_moment(), room));
}

void encode_date(const Value& value, CopyRows& rows) {
  std::array<char, 16> room;
  rows.text(sinks::write_date(value.as_date(), room));
}

void encode_present(const FieldColumn& column, const Value& value, CopyRows& rows) {
  switch (column.writing) {
    case Writing::text:
      return rows.text(value.as_text());
    case Writing::date:
      return encode_date(value, rows);
    case Writing::moment:
      return encode_moment(value, rows);
    case Writing::integer:
      return rows.integer(value.as_integer());
    case Writing::boolean:
      return rows.boolean(value.as_boolean());
    case Writing::decimal:
      return encode_decimal(value, rows);
    case Writing::age:
      return encode_age(value.as_age(), rows);
    case Writing::list:
      return rows.written_text([&](std::string& out) { sinks::append_list(out, value.as_list()); });
  }
}

base::Status check(const FieldColumn& column, const Value& value) {
  if (!sinks::fits(column.writing, value.kind()))
    return base::Error(base::ErrorKind::defect, "adapter.value_kind", {{"field", column.id}})
        .on_path(column.id);
  if (holds_nul(column, value))
    return base::Error(base::ErrorKind::refused, "postgres.text_with_nul", {{"field", column.id}})
        .on_path(column.id);
  return {};
}

}  // namespace

FieldEncoder::FieldEncoder(sinks::PlacedColumns columns)
    : placed_(std::move(columns)), width_(sinks::width_of(placed_.columns)) {}

base::Status FieldEncoder::encode(std::span<const Value> values, CopyRows& rows, std::string& absent) const {
  for (std::size_t index = 0; index < placed_.columns.size(); ++index) {
    const FieldColumn& column = placed_.columns[index];
    const Value& value = values[placed_.places[index]];
    if (value.present()) {
      MUSUBI_TRY(check(column, value));
      encode_present(column, value, rows);
    } else {
      encode_nothing(column, rows);
      if (value.is_absent()) sinks::append_absence(absent, column.id, value);
    }
  }
  return {};
}

}  // namespace musubi::postgres_sink
