// Which element of what came each finding of a held record is about, so that its sender finds it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
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

/// Immutable.
class HeldElements {
 public:
  HeldElements() = default;
  /// Reads the bytes again, where they are FHIR, and not many.
  HeldElements(const ledger::SubmissionInfo& submission, const HeldRecords& held, const Services& services);

  /// "Bundle.entry[0].resource.birthDate"; of the record where nothing stands in the column. Empty: not
  /// known.
  std::string path(const ledger::QuarantinedRecord& record, std::string_view column) const;

 private:
  using Cell = std::tuple<std::int64_t, std::uint64_t, std::string>;  ///< part, row, column
  std::map<Cell, std::uint64_t> bytes_;
  std::map<std::uint64_t, std::string> paths_;  ///< by byte
};

/// Remembers the newest: a Task is asked for often. Threads: any.
class KnownHeldElements {
 public:
  std::shared_ptr<const HeldElements> of(const ledger::SubmissionInfo& submission, const HeldRecords& held,
                                         const Services& services);

 private:
  using Elements = std::shared_ptr<const HeldElements>;
  Elements find(const std::string& key) const;

  std::mutex finding_;  ///< one at a time: who comes for the same meanwhile finds it
  mutable std::mutex mutex_;
  std::deque<std::pair<std::string, Elements>> known_;
};

}  // namespace musubi::console
