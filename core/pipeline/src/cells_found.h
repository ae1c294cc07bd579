// Finds cells again in kept bytes.
#pragma once

#include <span>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/document/row_batch.h"
#include "musubi/pipeline/cells.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

/// Where the column of the row at `index` lies; the row where nothing stands in it or there is no such
/// column.
std::uint64_t byte_of_cell(const document::RowBatch& rows, std::size_t index,
                           std::span<const std::string> columns, std::string_view column);

/// `cells` by ascending row, all of one part; as the mapping counts rows that the part is pinned to. Where
/// that one is not in force any more, only the rows are found. Errors: pipeline.part_missing and those of
/// opening and reading.
base::Status find_cells(const Equipment& equipment, std::int64_t part, std::span<CellPlace> cells);

}  // namespace musubi::pipeline
