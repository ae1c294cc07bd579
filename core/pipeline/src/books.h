// Small questions to the ledger that several steps ask.
#pragma once

#include <cstdint>

#include "deliverer.h"
#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

/// A part and the submission it belongs to.
struct Submitted {
  ledger::SubmissionInfo submission;
  ledger::PartInfo part;
};

/// Error: pipeline.part_missing.
inline base::Result<Submitted> submitted_part(const ledger::Ledger& ledger, std::int64_t part) {
  if (const auto its = ledger.part(part)) {
    if (const auto submission = ledger.submission(its->submission)) return Submitted{*submission, *its};
  }
  return base::Error(base::ErrorKind::defect, "pipeline.part_missing", {{"part", std::to_string(part)}});
}

inline DeliveryTerms terms_of(const Equipment& equipment, const ledger::SubmissionInfo& submission,
                              const mapping::Head& head) {
  return {submission.source,
          head.jurisdiction,
          submission.id,
          equipment.catalogue->number_of(head.event_date_field),
          equipment.catalogue->number_of(model::kWithdrawnField),
          base::day_in_japan(submission.received)};
}

}  // namespace musubi::pipeline
