// What a candidate would change: submissions kept in the ledger are read once with what is in force and once
// with the candidate, side by side, and compared record by record in canonical terms. Nothing is written.
// What the linking step decides (unchanged, late, contradiction) is not part of it: that depends on the order
// in which submissions came.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

struct ShadowRequest {
  std::shared_ptr<const mapping::Mapping> candidate;
  std::shared_ptr<const quality::Checks> checks;  ///< with the candidate's value sets
  std::optional<std::chrono::sys_days> since;     ///< day of receipt in Japan
};

/// What becomes of a record; the first that is true of it.
enum class ShadowOutcome : std::uint8_t {
  same,
  appeared,     ///< only the candidate makes a record of it
  disappeared,  ///< only what is in force makes a record of it
  newly_held,
  no_longer_held,
  held_otherwise,     ///< for another reason
  keyed_differently,  ///< it would be taken for another case
  changed             ///< in the values of some fields
};
inline constexpr std::size_t kShadowOutcomes = 8;
std::string_view name_of(ShadowOutcome outcome) noexcept;

struct FieldDifference {
  model::FieldNumber field = model::kNoField;
  model::Value before, after;  ///< views of what was read; valid during the call
};

struct RecordDifference {
  ShadowOutcome outcome = ShadowOutcome::changed;
  std::int64_t submission = 0;
  std::string_view file, part;
  std::uint64_t row = 0, line = 0;           ///< of the table
  std::uint32_t item = 0;                    ///< among the records of one row, from 0
  std::string_view held_before, held_after;  ///< codes; empty: it goes on
  std::vector<FieldDifference> fields;       ///< in order of the catalogue; none where only one side has it
};
using DifferenceVisitor = std::function<void(const RecordDifference& difference)>;

/// One table of a submission. A side that does not read it has no mapping, and says why where it failed.
struct ShadowPart {
  std::int64_t submission = 0;
  std::string file, part;
  std::string mapping_before, mapping_after;  ///< "tokyo/positive-cases@2020-01-24"; empty: not read
  std::optional<base::Error> failure_before, failure_after;
  /// The two sides make their records of different items of a row: a record is compared with that of the same
  /// row and the same key; one without a counterpart has appeared or disappeared.
  bool divided_otherwise = false;
  std::uint64_t records = 0, differing = 0;
};

struct ShadowReport {
  std::uint64_t submissions = 0;  ///< with a table that either side reads
  std::array<std::uint64_t, kShadowOutcomes> records{};
  std::map<std::string, std::uint64_t> fields;  ///< id → records that differ in it
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> reasons;  ///< code → held before, after
  std::vector<ShadowPart> parts;                                           ///< those that differ or failed
};

/// Calls `visit` for each record that is not the same, in order of submission and row. Memory does not grow
/// with the number of records. Errors: those of reading the ledger and the kept bytes.
base::Result<ShadowReport> shadow(const Equipment& equipment, const ShadowRequest& request,
                                  const DifferenceVisitor& visit, const ProgressListener& listener);

}  // namespace musubi::pipeline
