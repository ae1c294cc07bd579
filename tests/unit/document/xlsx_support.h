// Reads whole tables from any reader into plain values; finds the published data.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/document/row_reader.h"

namespace musubi::testing {

/// A table as plain values; cells as texts, missing ones as "".
struct WholeTable {
  std::vector<std::string> columns, titles;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::vector<document::Cell>> cells;  ///< their kinds and places; not their texts
  std::vector<document::RowOrigin> origins;
  std::vector<std::pair<std::size_t, std::string>> faults;  ///< row index and message id
  std::vector<std::uint64_t> fault_bytes;
  std::optional<base::Error> failure;  ///< of opening or reading
  std::string code() const { return failure ? failure->code() : ""; }
};

inline void add_batch(WholeTable& table, const document::RowBatch& batch) {
  const auto first = table.rows.size();
  for (std::size_t index = 0; index < batch.size(); ++index) {
    const auto row = batch.row(index);
    auto& texts = table.rows.emplace_back();
    for (const auto& cell : row) texts.emplace_back(cell.text());
    table.cells.emplace_back(row.begin(), row.end());
    table.origins.push_back(batch.origin(index));
  }
  for (const auto& fault : batch.faults()) {
    table.faults.emplace_back(first + fault.row_index, fault.code);
    table.fault_bytes.push_back(fault.byte);
  }
}

inline WholeTable whole_table(document::RowReaderResult reader, std::size_t batch_rows = 2) {
  WholeTable table;
  if (reader.has_error()) {
    table.failure = reader.error();
    return table;
  }
  const auto columns = (*reader)->columns();
  const auto titles = (*reader)->titles();
  table.columns.assign(columns.begin(), columns.end());
  table.titles.assign(titles.begin(), titles.end());
  document::RowBatch batch;
  for (;;) {
    const auto read = (*reader)->read(batch, batch_rows);
    if (read.has_error()) table.failure = read.error();
    if (read.has_error() || *read == 0) return table;
    add_batch(table, batch);
  }
}

inline WholeTable xlsx_table(std::string bytes, const document::TableOptions& options = {}) {
  return whole_table(
      document::open_xlsx(document::ByteSource::of_text(std::move(bytes), "表.xlsx"), options));
}
inline WholeTable json_table(std::string bytes, const std::string& items = "") {
  document::TableOptions options;
  options.items = items;
  return whole_table(
      document::open_json_rows(document::ByteSource::of_text(std::move(bytes), "表.json"), options));
}
inline WholeTable xml_table(std::string bytes, const document::TableOptions& options) {
  return whole_table(
      document::open_xml_rows(document::ByteSource::of_text(std::move(bytes), "表.xml"), options));
}
inline WholeTable xml_table(std::string bytes, const std::string& items) {
  document::TableOptions options;
  options.items = items;
  return xml_table(std::move(bytes), options);
}

inline std::filesystem::path published_data() {
  const char* const named = std::getenv("MUSUBI_SHARED_DATA");
  return named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "../shared/data";
}

}  // namespace musubi::testing
