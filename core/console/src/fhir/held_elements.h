// Which element of what came each finding of a held record is about, so that its sender finds it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "../views.h"

namespace musubi::console {

/// What is held of a submission, or was sent back.
using HeldRecords = std::vector<ledger::QuarantinedRecord>;

/// What the hub found in a record, as its books have it.
struct RecordFinding {
  std::string code{}, field{}, column{};
};
/// Those that are more than a remark.
std::vector<RecordFinding> findings_of(const ledger::QuarantinedRecord& record);

/// Not for several threads.
class HeldElements {
 public:
  /// Reads the bytes again, where something is held, they are FHIR, and not many.
  HeldElements(const ledger::SubmissionInfo& submission, const HeldRecords& held, const Services& services);

  /// "Bundle.entry[0].resource.birthDate"; of the record where nothing stands in the column. Empty: not
  /// known.
  std::string path(const ledger::QuarantinedRecord& record, std::string_view column) const;

 private:
  /// The part, the row, the column.
  std::map<std::tuple<std::int64_t, std::uint64_t, std::string>, std::string> paths_;
};

}  // namespace musubi::console
