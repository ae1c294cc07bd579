// What must hold of every reader whatever it reads; for fuzz targets.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "musubi/document/row_reader.h"

namespace musubi::testing {

inline void must(bool holds) {
  if (!holds) std::abort();
}

/// Limits that short inputs can meet.
inline document::Limits narrow_limits() {
  document::Limits limits;
  limits.bytes = 1U << 20;
  limits.expanded_bytes = 4U << 20;
  limits.columns = 40;
  limits.cell_bytes = 200;
  limits.row_bytes = 1000;
  limits.depth = 20;
  limits.members = 20;
  return limits;
}

/// Every text of a table, one after the other, so that each byte is looked at; and its faults.
inline std::string all_texts(document::RowReader& reader, std::size_t batch_rows,
                             const document::Limits& limits) {
  std::string texts;
  must(reader.columns().size() <= limits.columns);
  document::RowBatch batch;
  for (std::uint64_t last_row = 0;;) {
    const auto read = reader.read(batch, batch_rows);
    if (read.has_error()) return texts + read.error().code();
    if (*read == 0) return texts;
    must(*read == batch.size() && *read <= batch_rows && batch.width() == reader.columns().size());
    for (std::size_t index = 0; index < batch.size(); ++index) {
      must(batch.origin(index).row == ++last_row);
      for (const auto& cell : batch.row(index)) {
        must(cell.size <= limits.cell_bytes || !batch.faults().empty());
        texts.append(cell.text()) += '\x1F';
      }
      texts += '\x1E';
    }
    for (const auto& fault : batch.faults()) {
      must(fault.row_index < batch.size() && !fault.code.empty());
      texts += std::to_string(batch.origin(fault.row_index).row) + std::string(fault.code);
    }
  }
}

}  // namespace musubi::testing
