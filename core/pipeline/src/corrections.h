// What people put right by hand in records that were held: values laid over what the mapping makes of their
// rows. A correction is a row of canonical columns, read as a mapping with `takes: canonical` reads them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/model/record_batch.h"

namespace musubi::pipeline {

/// The corrections of one part, as `mapping` sees values. Threads: apply() is const.
class Corrections {
 public:
  Corrections() = default;
  /// One that `mapping` no longer understands (a code has left its value set) is an error finding of its
  /// record when it is applied, and holds nothing else. Errors: ledger.*.
  static base::Result<Corrections> of_part(const ledger::Ledger& ledger, std::int64_t part,
                                           const mapping::Mapping& mapping);
  /// Whether `fields` can be laid over a record of `mapping`. Errors: review.value_not_understood with the
  /// field, review.field_not_read for one that the mapping does not fill.
  static base::Status check(std::string_view fields, const mapping::Mapping& mapping,
                            const model::RecordLayout& layout);

  bool empty() const noexcept { return of_row_.empty(); }
  /// The fields that were put right in a row.
  bool touches(std::uint64_t row, model::FieldNumber field) const;
  /// Lays them over the records from `first` on. What the mapping found wrong about those fields goes; a
  /// field the layout does not have, and a value that is not understood, is a finding that holds the record.
  void apply(model::RecordBatch& records, std::size_t first) const;

 private:
  using Given = std::shared_ptr<const model::RecordBatch>;  ///< of one record
  void lay_over(const Given& given, model::RecordBatch& records, std::size_t record) const;

  std::unordered_map<std::uint64_t, std::vector<Given>> of_row_;  ///< oldest first
};

/// The newest correction of a field in a row of a part; without its values.
std::optional<ledger::Correction> newest_correction(const ledger::Ledger& ledger, std::int64_t part,
                                                    std::uint64_t row, const std::string& field);

/// A JSON object of fields as people write it, {"onset.date": "2020-04-01", "patient.sex": {"absent":
/// "unknown"}, "symptom.codes": ["fever"]}, as canonical columns. Errors: review.fields_expected,
/// pipeline.field_unknown with a suggestion, review.value_form.
base::Result<std::string> canonical_columns(std::string_view json, const model::Catalogue& catalogue,
                                            model::RecordKind kind);

}  // namespace musubi::pipeline
