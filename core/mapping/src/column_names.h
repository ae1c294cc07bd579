// Columns by name, as headers really write them: width, blanks, line breaks and brackets vary.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "musubi/mapping/mapping.h"

namespace musubi::mapping {

/// The name as it is compared: width folded, every blank and line break removed, ASCII in lower case.
std::string column_key(std::string_view name);
/// Whether `other` is probably a new name of the column: 患者_年代 and 年代, 退院 and 退院・解除, one slip of
/// the pen.
bool probably_renamed(std::string_view name, std::string_view other);

/// The declared column that was probably meant; empty when none is near.
std::string nearest_column(std::string_view name, std::span<const std::string> declared);

/// A column of a header that nobody declared.
struct UnknownColumn {
  std::string name;   ///< as it is written; empty where it is not to be compared: repeated or nameless
  std::string shown;  ///< see base::shown_column(); a repetition with its number: "備考 [7]"
};

class Header {
 public:
  explicit Header(std::span<const std::string> columns);
  std::optional<int> find(std::string_view name) const;
  const std::string& name(int index) const { return names_[static_cast<std::size_t>(index)]; }
  int width() const noexcept { return static_cast<int>(names_.size()); }
  /// Marks a column as declared, so that it is not reported as unknown.
  void know(std::string_view name);
  /// Columns that nobody declared, and repeated names.
  std::vector<UnknownColumn> unknown() const;

 private:
  std::vector<std::string> names_;
  std::vector<bool> known_;
  std::unordered_map<std::string, int> by_key_;
};

/// Fills `unknown` and `renamed` of a drift, taking pairs that are probably renames out of `missing`.
void find_renames(Drift& drift, std::vector<UnknownColumn> unknown);

}  // namespace musubi::mapping
