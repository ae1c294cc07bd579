// One of the two readings that a shadow run compares: records in order of rows, each with what would hold it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opened_part.h"
#include "part_reader.h"

namespace musubi::pipeline {

/// A record, or a row that could not become one. Valid until its side reads on.
struct ShadowRecord {
  std::span<const model::Value> values;  ///< by slot; none for a row with a fault
  std::string_view held;                 ///< why it does not go on; empty: it does
  model::RecordOrigin origin;
};

/// Threads: one.
class ShadowSide {
 public:
  /// Nothing to read: no part, or one that is deliberately not read.
  ShadowSide() = default;
  /// What goes wrong on opening ends the reading and is told by failure().
  ShadowSide(const Equipment& equipment, const std::string& source, const OpenedPart& opened,
             const quality::Checks& checks);

  /// Number in the table of the row that comes next; nullopt at the end.
  std::optional<std::uint64_t> row();
  /// The records of that row.
  std::vector<ShadowRecord> take_row();

  const std::optional<base::Error>& failure() const noexcept { return failure_; }
  const std::string& mapping() const noexcept { return mapping_; }  ///< id@version; empty: none
  const model::RecordLayout* layout() const noexcept;               ///< nullptr: nothing is read
  model::FieldNumber local_id() const noexcept { return local_id_; }
  /// What names the case of a record; silent: nothing does.
  model::Value key(const ShadowRecord& record) const;
  /// How a row is divided into records; empty: each is one.
  const std::string& for_each() const noexcept { return for_each_; }
  std::uint64_t consumed() const noexcept { return reader_ ? reader_->consumed() : 0; }

 private:
  void read_on();
  std::string_view held(const Entry& entry);

  std::optional<PartReader> reader_;
  std::string mapping_, for_each_;
  model::FieldNumber local_id_ = model::kNoField;
  bool has_recipients_ = false;
  PreparedBatch batch_;
  std::size_t next_ = 0, finding_ = 0;
  std::optional<base::Error> failure_;
};

}  // namespace musubi::pipeline
