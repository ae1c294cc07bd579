// Names of tables and columns, shared by the schema and by the catalogue's own checks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/model/catalogue.h"

namespace musubi::model {

inline constexpr std::size_t kLongestSqlName = 63;  ///< PostgreSQL's limit

/// "patient.name.kanji" → "patient_name_kanji".
std::string column_name(std::string_view field_id);
/// The columns a field takes: two for an age, none for a group of its own.
std::vector<std::string> column_names(const Field& field);
/// record, version, item, … absent.
bool is_book_column(std::string_view name) noexcept;
/// history, versions: a group of this name would take the table of another thing.
bool is_taken_table(std::string_view group_id) noexcept;

}  // namespace musubi::model
