// How much of what a source could say it says. Counts only: which field of which record is empty is not told.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "musubi/model/record_batch.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

/// For the records of one layout. Threads: any.
class Completeness {
 public:
  explicit Completeness(const model::RecordLayout& layout);
  void count(const model::RecordBatch& records, FieldCounts& counts) const;

 private:
  std::array<std::uint64_t, kImportances> fields_{};  ///< of the kind of record, in the catalogue
  std::vector<Importance> of_slot_;
};

}  // namespace musubi::pipeline
