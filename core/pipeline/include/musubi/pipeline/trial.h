// What the road would make of a submission, without keeping anything: read, mapped and checked with what is
// in force.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/byte_source.h"
#include "musubi/model/finding.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

struct TriedRecord {
  struct Finding {
    model::Severity severity = model::Severity::information;
    std::string code, field;
    std::uint64_t byte = 0;  ///< where what it is about begins, or the row
  };
  std::uint64_t row = 0, line = 0;
  std::string fields;  ///< canonical JSON (model::to_json): personal data, for who handed it in
  std::vector<Finding> findings;
};

struct TriedPart {
  std::string name, mapping, mapping_version;
  std::string ignored_because;  ///< not empty: deliberately not read
  std::vector<TriedRecord> records;
  std::map<std::string, std::uint64_t> skipped;  ///< rows that are no records, by reason
  std::map<std::string, std::uint64_t> faults;   ///< rows that cannot be read, by code
  bool cut_short = false;                        ///< there are more than kMostTried records
};

inline constexpr std::size_t kMostTried = 200;

/// Errors: those of the source's adapter, told to a sender as the reason of a rejection;
/// pipeline.source_unknown.
base::Result<std::vector<TriedPart>> try_out(const Equipment& equipment, const std::string& source,
                                             const std::string& name,
                                             std::shared_ptr<const document::ByteSource> bytes);

}  // namespace musubi::pipeline
