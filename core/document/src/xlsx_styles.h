// The styles of cells, as far as they make numbers dates.
#pragma once

#include <vector>

#include "xlsx_number_format.h"
#include "xlsx_package.h"

namespace musubi::document {

/// The number format of every cell style (the s="…" of a cell), in order.
using CellStyles = std::vector<NumberFormat>;

/// Empty where the workbook has no styles. Errors: those of parse_xlsx_part.
base::Result<CellStyles> read_cell_styles(const XlsxPackage& package, const Limits& limits);

}  // namespace musubi::document
