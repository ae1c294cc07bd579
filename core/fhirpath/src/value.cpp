#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

Value Value::of_boolean(bool value) noexcept {
  Value made;
  made.boolean_ = value;
  return made;
}

Value Value::of_integer(std::int64_t value) noexcept {
  Value made;
  made.integer_ = value;
  made.kind_ = ValueKind::integer;
  return made;
}

Value Value::of_text(std::string_view text) noexcept {
  Value made;
  made.characters_ = text.data();
  made.size_ = static_cast<std::uint32_t>(text.size());
  made.kind_ = ValueKind::string;
  return made;
}

Value Value::of(const Decimal* value) noexcept {
  Value made;
  made.decimal_ = value;
  made.kind_ = ValueKind::decimal;
  return made;
}

Value Value::of(Date value) noexcept {
  Value made;
  made.date_ = value;
  made.kind_ = ValueKind::date;
  return made;
}

Value Value::of(const DateTime* value) noexcept {
  Value made;
  made.date_time_ = value;
  made.kind_ = ValueKind::date_time;
  return made;
}

Value Value::of(const Time* value) noexcept {
  Value made;
  made.time_ = value;
  made.kind_ = ValueKind::time;
  return made;
}

Value Value::of(const Quantity* value) noexcept {
  Value made;
  made.quantity_ = value;
  made.kind_ = ValueKind::quantity;
  return made;
}

Value Value::of(const ResourceNode* node, const Resource* resource) noexcept {
  Value made;
  made.node_ = node;
  made.resource_ = resource;
  made.kind_ = ValueKind::node;
  return made;
}

Value Value::of_row() noexcept {
  Value made;
  made.kind_ = ValueKind::row;
  return made;
}

Value Value::of_type(const TypeTable* table, TypeIndex type) noexcept {
  Value made;
  made.table_ = table;
  made.size_ = type;
  made.kind_ = ValueKind::type;
  return made;
}

}  // namespace musubi::fhirpath
