// What is derived from the catalogue: SQL for stores, JSON Schema, the field table of the docs, constants.
//
// How a store keeps records (every SQL sink follows it):
//
//   case_report            one row per case: its newest version. `record` is the primary key.
//   case_report_history    every other version: superseded ones, and ones that came late and never were
//                          newest. Key (record, version). Same columns. A row is in one of the two, never in
//                          both.
//   case_report_versions   a view: both together.
//   case_report_standing   a view: the newest versions without the cases that were taken back (取下げ), what
//                          statistics count. Only of kinds that have the field kWithdrawnField.
//   case_report_test       one table per group (here `test`), key (record, version, item), item from 0;
//                          it keeps the items of all versions, so nothing moves when a version is superseded.
//   record_layout          which mapping made a row: `layout` of a record points here.
//
// and the same for health_observation, facility_report and published_count. Columns of a record, in order:
//   record, version  INTEGER   DisclosureKey
//   as_of            TEXT      ISO day the source speaks of
//   submission       INTEGER   the hub's number of the submission
//   source           TEXT      name of the source
//   layout           INTEGER   row of record_layout
//   received_at      TEXT      base::to_text(Instant)
//   absent           TEXT      why fields have no value:
//   "onset.date=under_investigation;patient.sex=unknown;",
//                              '' when nothing is absent. Absent and silent fields are both NULL in their
//                              column.
//   one column per field       name: dots become underscores, "patient_name_kanji"
// and of a group's item: record, version, item, absent, one column per member.
//
// Values in a column: text, codes, identifiers: TEXT. date: TEXT as to_text(PartialDate), possibly partial.
// time: TEXT in ISO 8601 with its zone. integer: INTEGER. boolean: INTEGER 0/1 (sqlite), BOOLEAN
// (postgresql). decimal and quantity: TEXT, exact (sqlite), NUMERIC (postgresql). age: two INTEGER columns,
// "patient_age" in full years and "patient_age_months" filled only for ages given in months (then the first
// is 0). A scalar field that repeats: a JSON array as TEXT. SQLite tables are STRICT.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/model/catalogue.h"
#include "musubi/model/record_batch.h"

namespace musubi::model {

enum class SqlDialect : std::uint8_t { sqlite, postgresql };

/// What a column holds of its field.
enum class SqlPart : std::uint8_t {
  book,   ///< nothing: record, version, … absent
  value,  ///< the value; of an age, its full years
  months  ///< of an age given in months, the months
};

/// One column of a stored record.
struct SqlColumn {
  std::string name;  ///< "patient_name_kanji"
  std::string type;  ///< in the dialect
  FieldNumber field = kNoField;
  SqlPart part = SqlPart::book;
};

/// "case_report", "health_observation", "facility_report", "published_count".
MUSUBI_SDK_API std::string_view sql_table(RecordKind kind) noexcept;
/// "case_report_history".
MUSUBI_SDK_API std::string sql_history_table(RecordKind kind);
/// "case_report_test".
MUSUBI_SDK_API std::string sql_group_table(const Field& group);
/// "case_report_versions", "case_report_standing".
MUSUBI_SDK_API std::vector<std::string> sql_views(const Catalogue& catalogue, RecordKind kind);

/// All columns of the record table and its history: the book-keeping ones first, then the fields in order of
/// the catalogue, without groups and their members.
MUSUBI_SDK_API std::vector<SqlColumn> sql_columns(const Catalogue& catalogue, RecordKind kind,
                                                  SqlDialect dialect);
/// All columns of a group's table: record, version, item, absent, then the members.
MUSUBI_SDK_API std::vector<SqlColumn> sql_group_columns(const Catalogue& catalogue, FieldNumber group,
                                                        SqlDialect dialect);
/// CREATE TABLE/VIEW IF NOT EXISTS statements for all of the above.
MUSUBI_SDK_API std::string sql_schema(const Catalogue& catalogue, SqlDialect dialect);

/// Appends the `absent` column of a record ("field=reason;…") to `out`; nothing when no field is absent.
MUSUBI_SDK_API void append_absences(const RecordLayout& layout, std::span<const Value> values,
                                    std::string& out);
/// Appends the `absent` column of one item of a group; `item` is in the order of Catalogue::members_of.
MUSUBI_SDK_API void append_absences(const Catalogue& catalogue, std::span<const FieldNumber> members,
                                    std::span<const Value> item, std::string& out);
/// The reason `field` has in the `absent` column; none when it is not named there.
MUSUBI_SDK_API AbsentReason absence_of(std::string_view absent_column, std::string_view field) noexcept;

/// JSON Schema (draft 2020-12) of what to_json() writes.
MUSUBI_SDK_API std::string json_schema(const Catalogue& catalogue, RecordKind kind);
/// docs/fields.md.
MUSUBI_SDK_API std::string field_table_markdown(const Catalogue& catalogue);
/// constexpr ids of the fields, as a C++ header: musubi::fields::patient_name_kanji = "patient.name.kanji".
MUSUBI_SDK_API std::string field_constants_header(const Catalogue& catalogue);

}  // namespace musubi::model
