// What changes between two texts of a mapping or of a value set, entry by entry: rules added, removed and
// changed, columns, synonyms. Works on the YAML itself, so every key of the language is covered; comments and
// layout do not count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::mapping {

enum class ChangeKind : std::uint8_t { added, removed, changed };
std::string_view name_of(ChangeKind kind) noexcept;  ///< "added", "removed", "changed"

struct Change {
  ChangeKind kind = ChangeKind::changed;
  /// Keys from the top: {"fields", "patient.sex", "on_error"}; of a list, the list's.
  std::vector<std::string> path{};
  std::string before{}, after{};  ///< as YAML on one line; of a list, the item
  std::uint32_t line_before = 0, line_after = 0;
  /// "id@version" of the mapping it is inherited from, whose lines these are; empty: the text's own.
  std::string mapping_before{}, mapping_after{};
};

/// In order of the newer text, what was removed at the place of its neighbours. A text that is no YAML counts
/// as empty.
std::vector<Change> differences(std::string_view before, std::string_view after);

/// The same of a table whose lines begin with a key (municipality.csv): the path is the key.
std::vector<Change> table_differences(std::string_view before, std::string_view after);

}  // namespace musubi::mapping
