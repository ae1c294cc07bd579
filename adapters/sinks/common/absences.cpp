#include "absences.h"

namespace musubi::sinks {
namespace {

/// The entries ("field=reason;") whose field `layout` speaks of, or those of the others.
std::string entries(std::string_view absent, const StoredLayout& layout, bool spoken_of) {
  std::string kept;
  while (!absent.empty()) {
    const auto end = absent.find(';');
    const auto entry = absent.substr(0, end == absent.npos ? end : end + 1);
    if (layout.speaks_of(entry.substr(0, entry.find('='))) == spoken_of) kept += entry;
    absent.remove_prefix(entry.size());
  }
  return kept;
}

}  // namespace

void append_absence(std::string& absent, std::string_view field, const model::Value& value) {
  absent.append(field).append("=").append(name_of(value.absent_reason())).append(";");
}

std::string absences_of(std::string_view absent, const StoredLayout& layout) {
  return entries(absent, layout, true);
}

std::string overlaid_absences(std::string_view before, const StoredLayout& layout, std::string_view now) {
  return entries(before, layout, false).append(now);
}

}  // namespace musubi::sinks
