#include "scope.h"

#include <algorithm>
#include <map>
#include <set>

#include "column_names.h"

namespace musubi::mapping {
namespace {

void check_declared(const Located& column, const std::vector<std::string>& declared, Problems& problems) {
  if (std::ranges::find(declared, column.text) == declared.end())
    problems.error_near(column.mark, "mapping.column_unknown", nearest_column(column.text, declared),
                        {{"name", column.text}});
}

ItemLayout list_layout(const Located& path, const MappingSpec& spec, Problems& problems) {
  ItemLayout layout{.list = path.text};
  for (const auto& column : declared_columns(spec)) {
    if (!lies_in(column, path.text)) continue;
    layout.names.push_back(column.substr(path.text.size() + 1));
    layout.columns.push_back(column);
  }
  if (layout.names.empty()) problems.error(path.mark, "mapping.list_without_columns", {{"name", path.text}});
  return layout;
}

ItemLayout set_layout(const ItemsSpec& items, const MappingSpec& spec, Problems& problems) {
  ItemLayout layout;
  std::map<std::string, std::size_t> cells;
  const auto declared = declared_columns(spec);
  for (const auto& set : items.sets)
    for (const auto& [name, column] : set) {
      check_declared(column, declared, problems);
      if (cells.emplace(name.text, layout.names.size()).second) layout.names.push_back(name.text);
    }
  for (const auto& set : items.sets) {
    auto& columns = layout.sets.emplace_back(layout.names.size());
    for (const auto& [name, column] : set) columns[cells.at(name.text)] = column.text;
  }
  return layout;
}

}  // namespace

const ScopeColumn* Scope::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(columns, name, &ScopeColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

void Scope::add(ScopeColumn column) {
  names.push_back(column.name);
  columns.push_back(std::move(column));
}

std::vector<std::string> declared_columns(const MappingSpec& spec) {
  auto all = base::plain(spec.columns);
  for (const auto& each : spec.optional_columns) all.push_back(each.text);
  return all;
}

bool lies_in(std::string_view column, std::string_view list) noexcept {
  return column.size() > list.size() + 1 && column.starts_with(list) &&
         (column[list.size()] == '.' || column[list.size()] == '/');
}

ItemLayout item_layout(const ItemsSpec& items, const MappingSpec& spec, Problems& problems) {
  return items.path ? list_layout(*items.path, spec, problems) : set_layout(items, spec, problems);
}

Scope record_scope(const MappingSpec& spec, const std::optional<ItemLayout>& items) {
  Scope scope;
  for (auto& column : declared_columns(spec)) scope.add({column, column});
  if (!items) return scope;
  const bool is_list = !items->list.empty();
  for (std::size_t cell = 0; cell < items->names.size(); ++cell)
    scope.add({items->names[cell], is_list ? items->columns[cell] : items->names[cell]});
  return scope;
}

Scope group_scope(const ItemLayout& items, const Scope& record) {
  Scope scope;
  const auto add = [&](const std::string& name, std::size_t cell) {
    const auto& column = items.list.empty() ? items.sets.front()[cell] : items.columns[cell];
    scope.add({name, column, static_cast<int>(cell)});
  };
  for (std::size_t cell = 0; cell < items.names.size(); ++cell) add(items.names[cell], cell);
  for (std::size_t cell = 0; cell < items.columns.size(); ++cell) add(items.columns[cell], cell);
  const std::set<std::string> of_items(scope.names.begin(), scope.names.end());
  for (const auto& column : record.columns)
    if (!of_items.contains(column.name)) scope.add(column);
  return scope;
}

}  // namespace musubi::mapping
