#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

Value Value::of(const Decimal* value) noexcept {
  Value made(ValueKind::decimal);
  made.decimal_ = value;
  return made;
}

Value Value::of(Date value) noexcept {
  Value made(ValueKind::date);
  made.date_ = value;
  return made;
}

Value Value::of(const DateTime* value) noexcept {
  Value made(ValueKind::date_time);
  made.date_time_ = value;
  return made;
}

Value Value::of(const Time* value) noexcept {
  Value made(ValueKind::time);
  made.time_ = value;
  return made;
}

Value Value::of(const Quantity* value) noexcept {
  Value made(ValueKind::quantity);
  made.quantity_ = value;
  return made;
}

Value Value::of_type(const TypeTable* table, TypeIndex type) noexcept {
  Value made(ValueKind::type);
  made.table_ = table;
  made.size_ = type;
  return made;
}

}  // namespace musubi::fhirpath
