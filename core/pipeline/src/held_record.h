// A held record, found again in the kept bytes, as the mappings in force understand it.
#pragma once

#include "books.h"
#include "corrections.h"
#include "musubi/base/result.h"
#include "musubi/pipeline/road.h"
#include "opened_part.h"

namespace musubi::pipeline {

struct HeldRecord {
  Submitted submitted;
  OpenedPart opened;
  Corrections corrections;
};

/// Errors: pipeline.part_missing, pipeline.rows_counted_otherwise where the mapping of today divides the
/// table into other rows, those of opening.
base::Result<HeldRecord> open_held(const Equipment& equipment, const ledger::QuarantinedRecord& held);

base::Result<HeldValues> held_values(const Equipment& equipment, const ledger::QuarantinedRecord& held);

/// `json` as canonical columns that can be laid over the record. Errors: review.*, those of open_held().
base::Result<std::string> read_correction(const Equipment& equipment, const ledger::QuarantinedRecord& held,
                                          std::string_view json);

}  // namespace musubi::pipeline
