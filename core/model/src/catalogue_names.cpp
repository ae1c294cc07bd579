// Names of the catalogue's own words, and the shapes of ids and durations.
#include <algorithm>
#include <array>

#include "catalogue_tables.h"

namespace musubi::model {
namespace {

constexpr std::array<std::string_view, 16> kTypes{
    "text",       "kanji",    "kana", "code",    "date",  "time",        "integer",
    "decimal",    "quantity", "age",  "boolean", "phone", "postal_code", "municipality_code",
    "identifier", "group"};
constexpr std::array<std::string_view, 4> kClasses{"direct_identifier", "quasi_identifier", "sensitive",
                                                   "operational"};
constexpr std::array<std::string_view, 4> kKinds{"case", "health_observation", "facility_report",
                                                 "published_count"};

template <class Enumeration, std::size_t kSize>
std::optional<Enumeration> named(const std::array<std::string_view, kSize>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enumeration>(found - names.begin());
}

bool is_lower(char letter) { return letter >= 'a' && letter <= 'z'; }
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// "<number><one of units>", units in order and each at most once. Consumes `text`; false: something else.
bool take_part(std::string_view& text, std::string_view& units) {
  const auto digits = std::ranges::find_if_not(text, is_digit) - text.begin();
  if (digits == 0 || static_cast<std::size_t>(digits) == text.size()) return false;
  const auto unit = units.find(text[static_cast<std::size_t>(digits)]);
  if (unit == std::string_view::npos) return false;
  text.remove_prefix(static_cast<std::size_t>(digits) + 1);
  units.remove_prefix(unit + 1);
  return true;
}

}  // namespace

std::string_view name_of(FieldType type) noexcept { return kTypes[static_cast<std::size_t>(type)]; }
std::string_view name_of(PersonalClass personal_class) noexcept {
  return kClasses[static_cast<std::size_t>(personal_class)];
}
std::string_view name_of(RecordKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<RecordKind> record_kind_named(std::string_view name) noexcept {
  return named<RecordKind>(kKinds, name);
}
std::optional<FieldType> field_type_named(std::string_view name) noexcept {
  return named<FieldType>(kTypes, name);
}
std::optional<PersonalClass> personal_class_named(std::string_view name) noexcept {
  return named<PersonalClass>(kClasses, name);
}

std::vector<std::string_view> field_type_names() { return {kTypes.begin(), kTypes.end()}; }
std::vector<std::string_view> personal_class_names() { return {kClasses.begin(), kClasses.end()}; }
std::vector<std::string_view> record_kind_names() { return {kKinds.begin(), kKinds.end()}; }

bool is_iso_duration(std::string_view text) noexcept {
  if (text.size() < 3 || text[0] != 'P') return false;
  text.remove_prefix(1);
  for (std::string_view units = "YMD"; !text.empty();)
    if (!take_part(text, units)) return false;
  return true;
}

bool is_field_id(std::string_view text) noexcept {
  bool word_starts = true;
  for (const char letter : text) {
    if (word_starts && !is_lower(letter)) return false;
    if (!word_starts && letter != '.' && letter != '_' && !is_lower(letter) && !is_digit(letter))
      return false;
    word_starts = letter == '.';
  }
  return !word_starts;
}

}  // namespace musubi::model
