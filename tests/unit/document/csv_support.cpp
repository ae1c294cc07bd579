#include "csv_support.h"

#include <iconv.h>

#include <utility>

namespace musubi::testing {
namespace {

using document::CellKind;

void add_batch(SeenTable& table, const document::RowBatch& batch) {
  for (const auto& fault : batch.faults()) {
    table.faults.push_back({table.rows.size() + fault.row_index, std::string(fault.code), fault.byte});
  }
  for (std::size_t index = 0; index < batch.size(); ++index) {
    SeenRow row;
    for (const auto& cell : batch.row(index)) {
      if (cell.kind != CellKind::missing) row.emplace_back(cell.text());
    }
    table.rows.push_back(std::move(row));
    table.origins.push_back(batch.origin(index));
  }
}

}  // namespace

SeenTable read_table(std::shared_ptr<const document::ByteSource> source,
                     const document::TableOptions& options, std::size_t batch_rows) {
  SeenTable table;
  const auto reader = document::open_csv(std::move(source), options);
  if (reader.has_error()) {
    table.failure = reader.error();
    return table;
  }
  table.columns.assign((*reader)->columns().begin(), (*reader)->columns().end());
  table.titles.assign((*reader)->titles().begin(), (*reader)->titles().end());
  table.encoding = (*reader)->encoding();
  document::RowBatch batch;
  while (true) {
    const auto rows = (*reader)->read(batch, batch_rows);
    if (rows.has_error()) table.failure = rows.error();
    if (rows.has_error() || *rows == 0) return table;
    add_batch(table, batch);
  }
}

SeenTable read_csv(std::string bytes, const document::TableOptions& options, std::size_t batch_rows) {
  return read_table(document::ByteSource::of_text(std::move(bytes), "cases.csv"), options, batch_rows);
}

std::string failure_code(const SeenTable& table) { return table.failure ? table.failure->code() : ""; }

std::optional<std::string> converted(const char* from, const char* to, std::string bytes) {
  const auto handle = ::iconv_open(to, from);
  std::string out(bytes.size() * 8 + 16, '\0');
  char *in = bytes.data(), *next = out.data();
  std::size_t in_left = bytes.size(), out_left = out.size();
  auto result = ::iconv(handle, &in, &in_left, &next, &out_left);
  if (result != static_cast<std::size_t>(-1)) result = ::iconv(handle, nullptr, nullptr, &next, &out_left);
  ::iconv_close(handle);
  if (result == static_cast<std::size_t>(-1)) return std::nullopt;
  out.resize(static_cast<std::size_t>(next - out.data()));
  return out;
}

std::vector<SeenRow> naive_rows(std::string_view text, char separator) {
  std::vector<SeenRow> rows;
  SeenRow row;
  std::string cell;
  bool quoted = false, cell_started = false, line_started = false;
  const auto end_row = [&] {
    if (line_started) row.push_back(std::exchange(cell, {}));
    if (line_started) rows.push_back(std::exchange(row, {}));
    cell_started = line_started = false;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    const char following = at + 1 < text.size() ? text[at + 1] : '\0';
    if (quoted) {
      if (byte != '"')
        cell += byte;
      else if (following == '"')
        cell += text[at++];
      else
        quoted = false;
    } else if (byte == '\n' || byte == '\r') {
      if (byte == '\r' && following == '\n') ++at;
      end_row();
    } else if (byte == separator) {
      row.push_back(std::exchange(cell, {}));
      cell_started = false;
      line_started = true;
    } else {
      quoted = byte == '"' && !cell_started;
      if (!quoted) cell += byte;
      cell_started = line_started = true;
    }
  }
  end_row();
  return rows;
}

}  // namespace musubi::testing
