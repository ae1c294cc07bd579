// A batch between the stages: what was read and mapped, then where each record goes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/model/disclosure.h"
#include "musubi/model/record_batch.h"

namespace musubi::pipeline {

/// One row of the source: a record, or a fault that kept it from becoming one. Rows that are no records
/// (totals, blank rows) have no entry.
struct Entry {
  static constexpr std::uint32_t kNoRecord = 0xFFFFFFFF;
  std::uint32_t record = kNoRecord;  ///< index in the batch
  std::string_view fault;            ///< message id
  model::RecordOrigin origin;
};

struct PreparedBatch {
  std::shared_ptr<model::RecordBatch> records;
  std::vector<Entry> entries;
  std::vector<base::ContentHash> hashes;         ///< per record
  std::map<std::string, std::uint64_t> skipped;  ///< rows that are no records, by reason
  std::uint64_t source_bytes = 0;                ///< of the entries
  std::uint64_t consumed_bytes = 0;              ///< by the reader so far
};

/// What the linking stage hands to the delivering stage.
struct Outgoing {
  struct ToRecipient {
    std::int64_t outbox = 0;
    std::size_t route = 0;  ///< index among the part's routes
  };
  std::shared_ptr<const model::RecordBatch> records;
  std::vector<std::uint32_t> chosen;
  std::vector<model::DisclosureKey> keys;
  std::vector<ToRecipient> recipients;
};

}  // namespace musubi::pipeline
