// A batch between the stages: what was read and mapped, then where each record goes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
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

// Why a record is held that nobody can be told of, or that cannot be named.
inline constexpr std::string_view kNoRecipient = "pipeline.no_recipient";
inline constexpr std::string_view kNothingReleased = "privacy.nothing_released";
inline constexpr std::string_view kNoLocalId = "linkage.no_local_id";

/// The findings of a record, asked in ascending order of records; `next` remembers where.
inline std::span<const model::Finding> findings_of(const model::RecordBatch& records, std::uint32_t record,
                                                   std::size_t& next) {
  const auto& all = records.findings();
  while (next < all.size() && all[next].record < record) ++next;
  const auto first = next;
  while (next < all.size() && all[next].record == record) ++next;
  return {all.data() + first, next - first};
}

/// The finding that keeps the record from going on, one that sends it back before one that holds it; nullptr
/// when none does.
inline const model::Finding* holding(std::span<const model::Finding> findings) {
  auto found = std::ranges::find(findings, true, &model::Finding::rejects);
  if (found == findings.end())
    found = std::ranges::find(findings, model::Severity::error, &model::Finding::severity);
  return found == findings.end() ? nullptr : &*found;
}

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
