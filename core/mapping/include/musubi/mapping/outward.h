// Mappings outward: from canonical records to the CSV or JSON that somebody else reads, in the same language.
// What is written is what the caller may see: give it disclosed values.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/mapping/mapping.h"
#include "musubi/model/record_batch.h"

namespace musubi::mapping {

/// What could not be written of one record.
struct OutwardFinding {
  std::string_view code;  ///< mapping.several_values, mapping.expression_failed, mapping.no_equivalent
  std::string target;     ///< column, or path in the template: "entry[1].resource.gender"
  bool holds = true;      ///< the record is not written; otherwise the place is left empty
};

/// Writes one record after the other. Not for several threads.
class RecordWriter {
 public:
  /// Errors: mapping.not_outward.
  static base::Result<RecordWriter> make(std::shared_ptr<const Mapping> mapping);
  RecordWriter(RecordWriter&&) noexcept;
  RecordWriter& operator=(RecordWriter&&) noexcept;
  ~RecordWriter();

  /// The line of column names; empty for JSON.
  std::string heading() const;
  /// Appends the record: a line of CSV, or a document of JSON on a line of its own. False: it is held, for
  /// what the findings say; or the mapping's `when` does not mean it, and there is none.
  base::Result<bool> write(const model::RecordLayout& layout, std::span<const model::Value> values,
                           std::string& into, std::vector<OutwardFinding>& findings);

 private:
  struct State;
  explicit RecordWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A condition of FHIRPath over canonical records: patient.sex = 'female' and onset.date > @2020-04-01. Not
/// for several threads.
class RecordCondition {
 public:
  /// Errors, with the place in `text`: fhirpath.*; mapping.compared_code_unknown* where a field is compared
  /// with a code that its value set does not have, mapping.compared_with_text where it holds no text.
  static base::Result<RecordCondition> compile(std::string_view text, const Context& context,
                                               model::RecordKind kind);
  RecordCondition(RecordCondition&&) noexcept;
  RecordCondition& operator=(RecordCondition&&) noexcept;
  ~RecordCondition();

  /// Whether it yields true. Errors: fhirpath.run.*, fhirpath.limit.*
  base::Result<bool> holds(const model::RecordLayout& layout, std::span<const model::Value> values);

 private:
  struct State;
  explicit RecordCondition(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace musubi::mapping
