// What rules may call the cells they read: the columns of the table, and within a repeated part the names of
// its items.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping_spec.h"

namespace musubi::mapping {

/// How the items of a repeated part lie in a row.
struct ItemLayout {
  std::string list{};                ///< the column that holds the list; empty: they are columns side by side
  std::vector<std::string> names{};  ///< of the cells of an item; of a list, their paths within it
  std::vector<std::string> columns{};            ///< of a list: what the mapping's head calls them
  std::vector<std::vector<std::string>> sets{};  ///< per item, the column of each name; empty: it has none
};

struct ScopeColumn {
  std::string name{};    ///< as rules write it
  std::string column{};  ///< of the header
  int item = -1;         ///< number of the item's cell; -1: a cell of the row
};

struct Scope {
  std::vector<ScopeColumn> columns{};
  std::vector<std::string> names{};  ///< of the columns, in the same order

  void add(ScopeColumn column);
  const ScopeColumn* find(std::string_view name) const noexcept;
};

/// All columns that the head declares.
std::vector<std::string> declared_columns(const MappingSpec& spec);
/// The items of `for_each`. Problems: a list none of whose columns is declared; a column that is not.
ItemLayout item_layout(const ItemsSpec& items, const MappingSpec& spec, Problems& problems);
/// What the rules of a record may read; `items` of its for_each.
Scope record_scope(const MappingSpec& spec, const std::optional<ItemLayout>& items);
/// What the rules of a group may read: its items, and around them the record.
Scope group_scope(const ItemLayout& items, const Scope& record);
/// Whether a declared column lies in the list `list`: 検査.結果 or 検査/結果 in 検査.
bool lies_in(std::string_view column, std::string_view list) noexcept;

}  // namespace musubi::mapping
