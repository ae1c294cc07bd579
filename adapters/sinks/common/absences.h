// The `absent` column: why fields have no value, "field=reason;field=reason;".
#pragma once

#include <string>
#include <string_view>

#include "musubi/model/value.h"
#include "stored_layout.h"

namespace musubi::sinks {

/// Appends the entry of one field; `value` is absent.
void append_absence(std::string& absent, std::string_view field, const model::Value& value);

// Of rows that several versions have contributed to:
/// Only the entries of fields that `layout` speaks of.
std::string absences_of(std::string_view absent, const StoredLayout& layout);
/// `before`, with all that `layout` speaks of replaced by `now`.
std::string overlaid_absences(std::string_view before, const StoredLayout& layout, std::string_view now);

/// Sets the reasons of an `absent` column: `place(field id)` gives the value to set, or nullptr.
template <class Place>
void set_absences(std::string_view absent, Place place) {
  while (!absent.empty()) {
    const auto end = absent.find(';');
    const auto entry = absent.substr(0, end);
    const auto equals = entry.find('=');
    if (model::Value* value = place(entry.substr(0, equals)); value != nullptr && equals != entry.npos) {
      const auto reason = model::absent_reason_named(entry.substr(equals + 1));
      *value = model::Value::absent(reason.value_or(model::AbsentReason::unknown));
    }
    absent.remove_prefix(end == absent.npos ? absent.size() : end + 1);
  }
}

}  // namespace musubi::sinks
