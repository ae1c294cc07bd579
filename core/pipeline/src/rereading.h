// What was accepted, read again from the kept bytes with the mapping it is pinned to: the outbox holds
// references, not payloads.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "books.h"
#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"
#include "part_reader.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// The records of an outbox row, and what their delivery needs to know of where they came from.
struct Reread {
  Submitted submitted;
  std::shared_ptr<const mapping::Mapping> mapping;  ///< of the part
  std::vector<Outgoing>
      batches;  ///< without recipients; several where records were read with several mappings
};

/// Reads on from row to row, so that the rows of one part in ascending order are read once. Threads: one at a
/// time.
class Rereading {
 public:
  Rereading(const Equipment& equipment, const Tuning& tuning);
  ~Rereading();
  /// Errors: pipeline.row_missing, pipeline.part_missing, and those of opening and mapping.
  base::Result<Reread> read(const ledger::OutboxRow& row);
  void use(const Equipment& equipment);  ///< of now on

 private:
  struct Open;
  base::Result<Open*> reader_for(const Submitted& submitted,
                                 const std::shared_ptr<const mapping::Mapping>& mapping,
                                 std::uint64_t first_row);

  const Equipment* equipment_;
  Tuning tuning_;
  std::unique_ptr<Open> open_;
};

}  // namespace musubi::pipeline
