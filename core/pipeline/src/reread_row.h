// One row of kept bytes, read and mapped again as it was.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "corrections.h"
#include "musubi/base/result.h"
#include "musubi/document/row_batch.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/model/record_batch.h"
#include "musubi/pipeline/road.h"
#include "opened_part.h"

namespace musubi::pipeline {

struct RereadRow {
  std::shared_ptr<const mapping::Mapping> mapping;
  std::vector<std::string> columns;
  document::RowBatch rows;
  std::size_t index = 0;       ///< of the row in `rows`
  model::RecordBatch records;  ///< the one record, or none for a row with a fault
};

/// Reads row number `row` (from 1) of a part, as people put it right. Error: pipeline.row_missing.
base::Result<RereadRow> read_row(const OpenedPart& opened, std::uint64_t row, const Corrections& corrections);

/// The row a version of a record came from, with the mapping it was pinned to.
base::Result<RereadRow> reread_row(const Equipment& equipment, const std::string& source,
                                   const ledger::Lineage::Version& version);

}  // namespace musubi::pipeline
