// YAML mapping → compiled plan → records. A mapping is what an operator edits without a programmer;
// everything in it that can fail says what then, or it does not load. Compiled once, applied many times.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/row_batch.h"
#include "musubi/document/row_reader.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/record_batch.h"
#include "musubi/model/value_set.h"

namespace musubi::mapping {

struct Context {
  std::shared_ptr<const model::Catalogue> catalogue;
  std::shared_ptr<const model::ValueSets> value_sets;
};

/// What the head of a mapping file says.
struct Head {
  std::string id;       ///< "tokyo/positive-cases"
  std::string version;  ///< "2020-04-01"
  document::Shape reads = document::Shape::csv;
  model::RecordKind record = model::RecordKind::case_report;
  std::vector<std::string> columns;  ///< all that the layout is known to have
  std::vector<std::string> required_columns;
  std::string sheet, items;
  std::uint32_t header_rows = 1;
  document::Encoding encoding = document::Encoding::detect;
  std::string jurisdiction;      ///< 6-digit code of the body whose data it is: "130001"
  std::string local_id_field;    ///< canonical field that names the case within the source; may be empty
  std::string as_of_column;      ///< the column whose latest date tells the day of the file; may be empty
  std::string event_date_field;  ///< canonical field whose date decides which rules are in force
};

/// How a real header differs from the declared columns.
struct Drift {
  std::vector<std::string> missing;                          ///< declared, not there
  std::vector<std::string> unknown;                          ///< there, not declared
  std::vector<std::pair<std::string, std::string>> renamed;  ///< declared → probably now called
  bool empty() const noexcept { return missing.empty() && unknown.empty() && renamed.empty(); }
};

/// A plan bound to the header of one table. Threads: apply() is const and may run on several threads.
class BoundMapping {
 public:
  ~BoundMapping();
  BoundMapping(BoundMapping&&) noexcept;
  const std::shared_ptr<const model::RecordLayout>& layout() const noexcept;
  const Drift& drift() const noexcept;
  /// Appends one record per row without fault, in order; keeps the rows' owners alive. A row that fails
  /// leaves its record with findings of severity error and whatever could be mapped.
  void apply(const document::RowBatch& rows, model::RecordBatch& into) const;

 private:
  friend class Mapping;
  struct Plan;
  explicit BoundMapping(std::unique_ptr<const Plan> plan);
  std::unique_ptr<const Plan> plan_;
};

/// Immutable; threads may share it.
class Mapping {
 public:
  /// Errors: mapping.* with file, line, column and a suggestion; all of them, chained as causes.
  static base::Result<std::shared_ptr<const Mapping>> load(const std::filesystem::path& file,
                                                           const Context& context);
  static base::Result<std::shared_ptr<const Mapping>> parse(std::string_view yaml,
                                                            const std::string& shown_name,
                                                            const Context& context);

  const Head& head() const noexcept;
  const std::string& digest() const noexcept;  ///< SHA-256 of the file, hex
  const std::string& text() const noexcept;    ///< the file itself, for pinning
  /// Errors: mapping.column_missing for a column that a rule cannot do without.
  base::Result<BoundMapping> bind(std::span<const std::string> columns) const;
  ~Mapping();

 private:
  Mapping();
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

/// Every mapping under a folder, by source (the first folder of its id).
class MappingSet {
 public:
  static base::Result<std::shared_ptr<const MappingSet>> load(const std::filesystem::path& folder,
                                                              const Context& context);
  std::span<const std::shared_ptr<const Mapping>> all() const noexcept { return mappings_; }
  std::vector<std::shared_ptr<const Mapping>> of_source(std::string_view source) const;
  std::shared_ptr<const Mapping> find(std::string_view id,
                                      std::string_view version = {}) const;  ///< newest when no version

 private:
  std::vector<std::shared_ptr<const Mapping>> mappings_;
};

/// What lint found in one file: errors and warnings with places, in order.
struct LintFinding {
  base::Error problem;
  model::Severity severity = model::Severity::error;
};
std::vector<LintFinding> lint(const std::filesystem::path& file, const Context& context);

}  // namespace musubi::mapping
