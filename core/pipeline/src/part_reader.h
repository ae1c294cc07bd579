// First stage: reads rows, maps them, checks the records, hashes their content.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "corrections.h"
#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"
#include "musubi/mapping/mapping.h"
#include "musubi/pipeline/road.h"
#include "prepared_batch.h"

namespace musubi::pipeline {

/// Pulls prepared batches out of one part. Threads: one at a time.
class PartReader {
 public:
  /// Errors: whatever opening the table or binding the mapping to its header says.
  static base::Result<PartReader> open(plugin::Source& source, const plugin::Submission& submission,
                                       const plugin::Part& part,
                                       std::shared_ptr<const mapping::Mapping> mapping,
                                       const quality::Checks& checks, std::chrono::sys_days today,
                                       const Tuning& tuning);

  const mapping::BoundMapping& bound() const noexcept { return bound_; }
  /// What people put right is laid over the records read from now on.
  void lay_over(Corrections corrections) { corrections_ = std::move(corrections); }
  /// Leaves out the first entries, which an earlier run has accepted.
  base::Status skip_accepted(std::uint64_t entries);
  /// Leaves out the first rows, whatever they are.
  base::Status skip_rows(std::uint64_t rows);
  /// The next batch of up to `rows` rows, fewer where they are long; empty entries at the end. Damage that
  /// ends the reading is reported by damage() after the rows before it have been handed out.
  PreparedBatch next(std::size_t rows);
  const std::optional<base::Error>& damage() const noexcept { return damage_; }
  std::uint64_t consumed() const noexcept { return rows_->consumed(); }
  std::uint64_t last_row() const noexcept { return last_row_; }  ///< number of the last row read

 private:
  PartReader(std::shared_ptr<const mapping::Mapping> mapping, mapping::BoundMapping bound,
             std::unique_ptr<document::RowReader> rows, const quality::Checks& checks,
             std::chrono::sys_days today, std::size_t read_rows, std::size_t batch_bytes);
  PreparedBatch empty_batch(std::size_t rows) const;
  void append(PreparedBatch& batch);

  std::shared_ptr<const mapping::Mapping> mapping_;
  mapping::BoundMapping bound_;
  std::unique_ptr<document::RowReader> rows_;
  const quality::Checks* checks_;
  std::chrono::sys_days today_;
  std::size_t read_rows_;
  std::size_t batch_bytes_;
  Corrections corrections_;
  document::RowBatch buffer_;
  std::uint64_t last_row_ = 0;
  std::optional<base::Error> damage_;
};

/// The latest date up to `not_after` in the mapping's as_of column; empty where the mapping names none or no
/// cell holds such a date.
std::optional<std::chrono::sys_days> latest_day(plugin::Source& source, const plugin::Submission& submission,
                                                const plugin::Part& part, const mapping::Head& head,
                                                std::chrono::sys_days not_after);

}  // namespace musubi::pipeline
