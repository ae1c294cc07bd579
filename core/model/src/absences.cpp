// The `absent` column: "onset.date=under_investigation;patient.sex=unknown;".
#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

void append_absence(const Field& field, const Value& value, std::string& out) {
  if (!value.is_absent()) return;
  out += field.id;
  out += '=';
  out += name_of(value.absent_reason());
  out += ';';
}

}  // namespace

void append_absences(const RecordLayout& layout, std::span<const Value> values, std::string& out) {
  for (std::size_t slot = 0; slot < values.size(); ++slot)
    append_absence(layout.catalogue->at(layout.slots[slot]), values[slot], out);
}

void append_absences(const Catalogue& catalogue, std::span<const FieldNumber> members,
                     std::span<const Value> item, std::string& out) {
  for (std::size_t index = 0; index < item.size() && index < members.size(); ++index)
    append_absence(catalogue.at(members[index]), item[index], out);
}

AbsentReason absence_of(std::string_view absent_column, std::string_view field) noexcept {
  while (!absent_column.empty()) {
    const auto end = absent_column.find(';');
    const auto entry = absent_column.substr(0, end);
    const auto equals = entry.find('=');
    if (equals != std::string_view::npos && entry.substr(0, equals) == field)
      return absent_reason_named(entry.substr(equals + 1)).value_or(AbsentReason::none);
    absent_column.remove_prefix(end == std::string_view::npos ? absent_column.size() : end + 1);
  }
  return AbsentReason::none;
}

}  // namespace musubi::model
