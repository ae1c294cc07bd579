// The tables of one kind of record.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "field_columns.h"
#include "musubi/plugin/sink.h"
#include "stored_layout.h"

namespace musubi::sinks {

inline constexpr std::array kKinds{model::RecordKind::case_report, model::RecordKind::health_observation,
                                   model::RecordKind::facility_report, model::RecordKind::published_count};

struct GroupTable {
  model::FieldNumber field = model::kNoField;
  std::string id;    ///< of the group field
  std::string name;  ///< of the table
  std::vector<FieldColumn> columns;
  std::vector<std::size_t> places;  ///< of each column: its place among the members of the group
  std::size_t members = 0;
};

struct KindTables {
  model::RecordKind kind = model::RecordKind::case_report;
  std::string current, history;
  std::vector<FieldColumn> columns;
  std::vector<GroupTable> groups;

  const FieldColumn* column_of(
      std::string_view field) const noexcept;  ///< nullptr: no scalar field of this kind
};

KindTables kind_tables(const model::Catalogue& catalogue, model::RecordKind kind, model::SqlDialect dialect);

/// The columns of a layout's scalar fields, each at its slot. Fields that the catalogue no longer has are
/// passed over.
PlacedColumns columns_of(const KindTables& tables, const StoredLayout& layout);

/// A group of a layout, and where it stands in the values of its records.
struct PlacedGroup {
  const GroupTable* table = nullptr;
  std::size_t slot = 0;
};
std::vector<PlacedGroup> groups_of(const KindTables& tables, const StoredLayout& layout);

/// The requested fields of this kind, in order of the catalogue, without members of groups.
std::vector<model::FieldNumber> wanted_fields(const model::Catalogue& catalogue,
                                              const plugin::ReadRequest& request);

/// record, version, as_of, submission, source, layout, received_at, absent: the columns before those of the
/// fields.
inline constexpr int kBookColumns = 8;
inline constexpr std::string_view kBook =
    "record, version, as_of, submission, source, layout, received_at, absent";

}  // namespace musubi::sinks
