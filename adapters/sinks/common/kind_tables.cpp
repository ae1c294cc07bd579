#include "kind_tables.h"

#include <algorithm>

namespace musubi::sinks {
namespace {

GroupTable group_table(const model::Catalogue& catalogue, const model::Field& field,
                       model::SqlDialect dialect) {
  GroupTable group{field.number,
                   field.id,
                   model::sql_group_table(field),
                   field_columns(catalogue, model::sql_group_columns(catalogue, field.number, dialect)),
                   {},
                   0};
  const auto members = catalogue.members_of(field.number);
  group.members = members.size();
  for (const auto& column : group.columns)
    group.places.push_back(
        static_cast<std::size_t>(std::ranges::find(members, column.field) - members.begin()));
  return group;
}

}  // namespace

const FieldColumn* KindTables::column_of(std::string_view field) const noexcept {
  const auto found = std::ranges::find(columns, field, &FieldColumn::id);
  return found == columns.end() ? nullptr : &*found;
}

KindTables kind_tables(const model::Catalogue& catalogue, model::RecordKind kind, model::SqlDialect dialect) {
  KindTables tables{kind,
                    std::string(model::sql_table(kind)),
                    model::sql_history_table(kind),
                    field_columns(catalogue, model::sql_columns(catalogue, kind, dialect)),
                    {}};
  for (const auto number : catalogue.fields_of(kind))
    if (const auto& field = catalogue.at(number); field.type == model::FieldType::group)
      tables.groups.push_back(group_table(catalogue, field, dialect));
  return tables;
}

PlacedColumns columns_of(const KindTables& tables, const StoredLayout& layout) {
  PlacedColumns placed;
  std::size_t slot = 0;
  for (const auto& id : layout.field_ids()) {
    if (const auto* column = tables.column_of(id)) {
      placed.columns.push_back(*column);
      placed.places.push_back(slot);
    }
    ++slot;
  }
  return placed;
}

std::vector<PlacedGroup> groups_of(const KindTables& tables, const StoredLayout& layout) {
  std::vector<PlacedGroup> groups;
  std::size_t slot = 0;
  for (const auto& id : layout.field_ids()) {
    for (const auto& table : tables.groups)
      if (table.id == id) groups.push_back({&table, slot});
    ++slot;
  }
  return groups;
}

std::vector<model::FieldNumber> wanted_fields(const model::Catalogue& catalogue,
                                              const plugin::ReadRequest& request) {
  std::vector<model::FieldNumber> wanted;
  for (const auto number : catalogue.fields_of(request.kind)) {
    if (catalogue.at(number).group != model::kNoField) continue;
    if (request.fields.empty() || std::ranges::find(request.fields, number) != request.fields.end())
      wanted.push_back(number);
  }
  return wanted;
}

}  // namespace musubi::sinks
