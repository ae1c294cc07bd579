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

#include "musubi/base/label.h"
#include "musubi/base/problems.h"
#include "musubi/base/result.h"
#include "musubi/document/resource_view.h"
#include "musubi/document/row_batch.h"
#include "musubi/document/row_reader.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/record_batch.h"
#include "musubi/model/value_set.h"

namespace musubi::mapping {

struct Context {
  std::shared_ptr<const model::Catalogue> catalogue;
  std::shared_ptr<const model::ValueSets> value_sets;
  std::filesystem::path
      folder{};  ///< of the mappings that `extends` may name; empty: two above a mapping's file
};

/// What an outward mapping makes of records.
enum class Writes : std::uint8_t {
  nothing,  ///< it reads
  csv,
  json
};
std::string_view name_of(Writes writes) noexcept;  ///< "csv", "json"

/// What the head of a mapping file says.
struct Head {
  std::string id;       ///< "tokyo/positive-cases"
  std::string version;  ///< "2020-04-01"
  Writes writes = Writes::nothing;
  document::Shape reads = document::Shape::csv;
  model::RecordKind record = model::RecordKind::case_report;
  std::vector<std::string> columns;           ///< all that the layout is known to have
  std::vector<std::string> optional_columns;  ///< those that some files have: neither missing nor unknown
  std::vector<std::string> required_columns;  ///< without them there is nothing to map; never blank
  std::string sheet, items;
  document::ResourceView view;     ///< of `reads: fhir`
  std::vector<std::string> lists;  ///< the columns that hold lists of objects: those of every for_each
  std::uint32_t header_rows = 1;
  document::Encoding encoding = document::Encoding::detect;
  std::string jurisdiction;      ///< 6-digit code of the body whose data it is: "130001"
  std::string local_id_field;    ///< canonical field that names the case within the source; may be empty
  std::string as_of_column;      ///< the column whose latest date tells the day of the file; may be empty
  std::string event_date_field;  ///< canonical field whose date decides which rules are in force
  /// Not empty: tables of this layout are known and deliberately not read; a message id, or the reason in
  /// words.
  std::string ignored_because;
  /// How a row of the table becomes several records; empty: each is one. Row numbers of two mappings mean the
  /// same where this is the same.
  std::string for_each;
};

/// How tables of the layout are read.
document::TableOptions table_options(const Head& head);

/// Opens bytes as the mapping reads them. Errors: document.*, and those of the shape.
document::RowReaderResult open_rows(const Head& head, std::shared_ptr<const document::ByteSource> bytes);

/// How a real header differs from the declared columns.
struct Drift {
  std::vector<std::string> missing;                          ///< declared, not there
  std::vector<std::string> unknown;                          ///< there, not declared
  std::vector<std::pair<std::string, std::string>> renamed;  ///< declared → probably now called
  bool empty() const noexcept { return missing.empty() && unknown.empty() && renamed.empty(); }
};

/// Why a row is not a record: a rule of skip_rows_where, or all its cells are blank.
struct SkipReason {
  std::string column;      ///< empty: all of them
  std::string because;     ///< in the words of the mapping, or the message id mapping.row_blank
  std::uint32_t line = 0;  ///< in the mapping file
};

struct SkippedRow {
  std::uint32_t row_index = 0;  ///< in the batch of rows
  std::uint16_t reason = 0;     ///< index in BoundMapping::skip_reasons()
};

/// What became of the rows of one batch: rows = faults + records + skipped.
struct Applied {
  std::size_t records = 0;
  std::vector<SkippedRow> skipped;
};

/// A plan bound to the header of one table. Threads: apply() is const and may run on several threads.
class BoundMapping {
 public:
  ~BoundMapping();
  BoundMapping(BoundMapping&&) noexcept;
  const std::shared_ptr<const model::RecordLayout>& layout() const noexcept;
  const Drift& drift() const noexcept;
  /// In order of Applied's numbers; the first is the blank row.
  std::span<const SkipReason> skip_reasons() const noexcept;
  /// Appends one record per row without fault, in order; keeps the rows' owners and itself alive in the
  /// batch. A value that is not understood is absent (unreadable) and has a finding: of severity error where
  /// the rule says review (mapping.value_not_understood) or reject (mapping.value_rejected), a warning where
  /// it says null. A blank where a value must be is an error (mapping.required_missing). Rows that are no
  /// records (totals, blank rows) are skipped and told.
  Applied apply(const document::RowBatch& rows, model::RecordBatch& into) const;
  struct Plan;  ///< for this room

 private:
  friend class Mapping;
  explicit BoundMapping(std::shared_ptr<const Plan> plan);
  std::shared_ptr<const Plan> plan_;
};

/// Immutable; threads may share it.
class Mapping {
 public:
  /// Errors: mapping.not_loaded, with yaml.* and mapping.* as its causes, each with file, line, column and a
  /// suggestion.
  static base::Result<std::shared_ptr<const Mapping>> load(const std::filesystem::path& file,
                                                           const Context& context);
  /// What `yaml` extends is looked for in the context's folder, or in `yaml` where it is a text() of many.
  static base::Result<std::shared_ptr<const Mapping>> parse(std::string_view yaml,
                                                            const std::string& shown_name,
                                                            const Context& context);

  const Head& head() const noexcept;
  const std::string& digest() const noexcept;  ///< SHA-256 of text(), hex
  /// For pinning: the file itself; where it extends others, all of them in one text that parse() reads.
  const std::string& text() const noexcept;
  const Context& context() const noexcept;  ///< it was compiled with
  /// What a change of its meaning may come from: ids of the value sets that it looks words up in or that its
  /// expressions name, and its concept maps as "conceptmaps/<id>".
  std::vector<std::string> value_sets() const;
  /// What its hold and reject say with a code; nullptr: the code is not theirs.
  const base::Label* reason(std::string_view code) const noexcept;
  /// The rows of a table as this mapping counts them: with for_each one per item, else the reader itself.
  std::unique_ptr<document::RowReader> items_of(std::unique_ptr<document::RowReader> rows) const;
  /// `columns`: those of items_of(). Errors: mapping.column_missing for a column that a rule cannot do
  /// without, all of them, chained as causes; mapping.layout_ignored for a layout that is deliberately not
  /// read, mapping.outward_not_read for a mapping that writes.
  /// The plan for the columns that were bound last is kept: submissions of one kind share it and its layout.
  base::Result<BoundMapping> bind(std::span<const std::string> columns) const;
  ~Mapping();
  struct Parts;
  const Parts& parts() const noexcept { return *parts_; }                        ///< for this room
  static std::shared_ptr<const Mapping> of(std::shared_ptr<const Parts> parts);  ///< for this room

 private:
  class LastBound;
  explicit Mapping(std::shared_ptr<const Parts> parts);
  std::shared_ptr<const Parts> parts_;
  std::unique_ptr<LastBound> last_bound_;
};

/// Every mapping under a folder, by source (the first folder of its id).
class MappingSet {
 public:
  MappingSet() = default;
  /// In order of id and version.
  explicit MappingSet(std::vector<std::shared_ptr<const Mapping>> mappings);
  /// The files that load() reads, in order of name. Error: mapping.folder_not_readable.
  static base::Result<std::vector<std::filesystem::path>> files(const std::filesystem::path& folder);
  /// Reads <source>/*.yaml below the folder; not catalogue, valuesets and *.test.yaml. Errors: those of every
  /// file, chained, and mapping.duplicate_version.
  static base::Result<std::shared_ptr<const MappingSet>> load(const std::filesystem::path& folder,
                                                              const Context& context);
  std::span<const std::shared_ptr<const Mapping>> all() const noexcept { return mappings_; }
  /// Those that read.
  std::vector<std::shared_ptr<const Mapping>> of_source(std::string_view source) const;
  std::shared_ptr<const Mapping> find(std::string_view id,
                                      std::string_view version = {}) const;  ///< newest when no version
  /// The reason that any of them has under a code; nullptr: none has it.
  const base::Label* reason(std::string_view code) const noexcept;

 private:
  std::vector<std::shared_ptr<const Mapping>> mappings_;
};

/// The text that the mapping of a file is pinned by, with what it extends in `folder`. Nothing is compiled:
/// of a mapping that is wrong as well, and as far as its files are found. Errors: file.*.
base::Result<std::string> pinned_text(const std::filesystem::path& file, const std::filesystem::path& folder);

/// What lint found in one file: errors, which Mapping::load gives too; warnings: columns that are neither
/// read nor ignored, words, columns and conditions without effect, required fields that nothing fills;
/// information: free text that may carry personal information, fields that nothing fills. In order of place.
std::vector<base::Problem> lint(const std::filesystem::path& file, const Context& context);
/// The same of a text that was read before: of a file, or what Mapping::text() gave.
std::vector<base::Problem> lint(std::string_view yaml, const std::string& shown_name, const Context& context);

}  // namespace musubi::mapping
