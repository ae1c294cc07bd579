// Canonical records, many at a time: an array of values indexed by slot, over one arena. The layout says
// which catalogue field is in which slot: fields that no rule of the mapping can fill take no room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/finding.h"
#include "musubi/model/value.h"

namespace musubi::model {

/// Provenance of a slot: the rule of the mapping that fills it, and where that rule reads.
struct RuleOrigin {
  std::string rule;        ///< e.g. "patient.age_band"
  std::uint32_t line = 0;  ///< in the mapping file
  std::string from;        ///< source column or path; empty for constants
  int column_index = -1;   ///< of the row's cells, filled when the header is known; -1: none
  std::string mapping{};   ///< "id@version" of the one the rule is inherited from; empty: the layout's own
};

/// Which fields a batch holds and which mapping made them. Immutable; shared by the batches of one submission
/// part.
struct RecordLayout {
  std::shared_ptr<const Catalogue> catalogue;
  RecordKind kind = RecordKind::case_report;
  std::vector<FieldNumber> slots;           ///< slot → field, ascending
  std::vector<std::int16_t> slot_of_field;  ///< field → slot, -1: not in this layout
  std::vector<RuleOrigin> rules;            ///< rule number (Value::rule) → origin
  std::string mapping;                      ///< "tokyo/positive-cases"
  std::string mapping_version;              ///< "2020-04-01"
  std::string mapping_digest;               ///< SHA-256 of the file, hex

  int slot(FieldNumber field) const noexcept {
    return field < slot_of_field.size() ? slot_of_field[field] : -1;
  }
};

/// Builds slot_of_field for the given fields (sorted and made unique).
MUSUBI_SDK_API RecordLayout make_layout(std::shared_ptr<const Catalogue> catalogue, RecordKind kind,
                                        std::vector<FieldNumber> fields);

/// Where a record came from within its submission.
struct RecordOrigin {
  std::uint64_t row = 0;        ///< record number in its part, from 1 (title and header rows not counted)
  std::uint64_t table_row = 0;  ///< the same before rows were divided into items; 0: they were not
  std::uint64_t line = 0;       ///< line of the file (CSV) or row of the sheet, from 1
  std::uint64_t byte = 0;       ///< offset in the kept bytes (for a workbook: in the sheet's member)
  std::uint32_t length = 0;     ///< bytes
};

/// Movable, not copyable. One thread at a time; ownership may pass between threads.
class MUSUBI_SDK_API RecordBatch {
 public:
  explicit RecordBatch(std::shared_ptr<const RecordLayout> layout);
  RecordBatch(RecordBatch&&) noexcept;
  RecordBatch& operator=(RecordBatch&&) noexcept;
  ~RecordBatch();

  const RecordLayout& layout() const noexcept { return *layout_; }
  const std::shared_ptr<const RecordLayout>& shared_layout() const noexcept { return layout_; }
  std::size_t size() const noexcept { return origins_.size(); }
  void reserve(std::size_t records);

  /// Adds a record whose values are all silent and returns them for filling, one per slot. The span is valid
  /// until the next add.
  std::span<Value> add(const RecordOrigin& origin);
  std::span<Value> values(std::size_t record) noexcept;
  std::span<const Value> values(std::size_t record) const noexcept;
  /// The value of a catalogue field; silent when the layout does not hold it.
  const Value& value(std::size_t record, FieldNumber field) const noexcept;
  const RecordOrigin& origin(std::size_t record) const noexcept { return origins_[record]; }

  /// Copies text into the arena; the view lives as long as the batch.
  std::string_view keep(std::string_view text);
  std::span<Value> keep_list(std::size_t items);
  /// Values may point into `owner`; it lives as long as the batch.
  void keep_alive(std::shared_ptr<const void> owner);

  std::vector<Finding>& findings() noexcept { return findings_; }  ///< ascending by record
  const std::vector<Finding>& findings() const noexcept { return findings_; }

  void clear();  ///< keeps the layout and the reserved memory

 private:
  std::shared_ptr<const RecordLayout> layout_;
  std::vector<Value> values_;
  std::vector<RecordOrigin> origins_;
  std::vector<Finding> findings_;
  std::vector<std::shared_ptr<const void>> owners_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
};

/// One record as canonical JSON: {"patient.sex": "male", "onset.date": {"absent": "under_investigation"},
/// ...}; silent fields are left out, lists are arrays, groups are arrays of objects.
MUSUBI_SDK_API std::string to_json(const RecordLayout& layout, std::span<const Value> values);

}  // namespace musubi::model
